"""Standing pages at the desk."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import SluggedForm
from articles.admin.desk import DeskAdmin, LocksWhatIsSent
from articles.models import Page
from articles.remits import holds_at
from richtext.comparing import compare_html, compare_line


class PageForm(SluggedForm):
    """Refuses to save over what somebody saved since it was opened, and shows the difference."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    differences: list[tuple[str, SafeString]] = []  # from theirs to what was typed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self._version

    @property
    def _version(self) -> str:
        return self.instance.updated_at.isoformat() if self.instance.pk else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("seen") != self._version:
            self.differences = self._compared(data)
            again = cast(QueryDict, self.data).copy()
            again[self.add_prefix("seen")] = self._version  # sent again, it is a decision
            self.data = again
            self.add_error(None, _("Somebody saved this page after you had begun. Compare both."))
        return data

    def _compared(self, data: dict[str, Any]) -> list[tuple[str, SafeString]]:
        """The fields that differ from what is stored, of those that can be read."""
        changes = []
        for name in (name for name in data if name != "seen"):
            stored = getattr(self.instance, name)
            if stored != data[name]:
                compare = compare_html if name == "body" else compare_line
                label = capfirst(str(self.fields[name].label))
                changes.append((label, compare(str(stored), str(data[name]))))
        return changes


@admin.register(Page)
class PageAdmin(LocksWhatIsSent, DeskAdmin):
    """Written and deleted by who works in their language."""

    form = PageForm
    list_display = ["title", "language", "slug", "position", "updated_at"]
    list_filter = ["language"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "language", "slug", "position", "seen"]

    def formfield_for_dbfield(self, db_field: Field, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "language":
            field.choices = [pair for pair in field.choices if _works_in(request, pair[0])]
        return field

    def has_change_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        is_theirs = obj is None or _works_in(request, obj.language)
        return is_theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        is_theirs = obj is None or _works_in(request, obj.language)
        return is_theirs and super().has_delete_permission(request, obj)


def _works_in(request: HttpRequest, language: str) -> bool:
    return holds_at(request.user, section_id=None, language=language)
