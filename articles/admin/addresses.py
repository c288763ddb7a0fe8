"""Slugs at the desk: what once led readers somewhere is given to nothing else."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import DeskAdmin
from articles.models import Redirect, RedirectKind


class SluggedForm(forms.ModelForm):
    """Refuses a slug that leads readers to another row of its kind, and says to which."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if slug := data.get("slug"):
            language = data.get("language") or getattr(self.instance, "language", "") or ""
            reserved = Redirect.objects.reserved_from(self.instance, slug, language=language)
            if found := reserved.first():
                self.add_error("slug", _("This address leads to “%s” for readers.") % found.target)
        return data


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    """Written by the database itself; deleting one frees its slug."""

    list_display = ["slug", "kind", "language", "leads_to", "created_at"]
    list_select_related = [kind.value for kind in RedirectKind]
    list_filter = ["kind", "language"]
    search_fields = ["slug"]
    ordering = ["-created_at", "-id"]
    readonly_fields = ["kind", "language", "slug", "leads_to", "created_at"]
    fields = (*readonly_fields,)

    @admin.display(description=gettext_lazy("leads to"))
    def leads_to(self, redirect: Redirect) -> str:
        return _("nothing: it is gone") if redirect.target is None else str(redirect.target)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
