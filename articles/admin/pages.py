"""Standing pages at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest

from articles.admin.addresses import SluggedForm
from articles.admin.desk import DeskAdmin
from articles.models import Page
from articles.remits import holds_at


@admin.register(Page)
class PageAdmin(DeskAdmin):
    """Written and deleted by who works in their language."""

    form = SluggedForm
    list_display = ["title", "language", "slug", "position", "updated_at"]
    list_filter = ["language"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "language", "slug", "position"]

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
