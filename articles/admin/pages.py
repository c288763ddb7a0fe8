"""Standing pages at the desk."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import SluggedForm
from articles.admin.desk import DeskAdmin, LocksWhatIsSent
from articles.models import Page
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
    form = PageForm
    list_display = ["title", "language", "slug", "position", "updated_at"]
    list_filter = ["language"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "language", "slug", "position", "seen"]
