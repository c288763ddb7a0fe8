"""An author's wish for the conversations below all of their stories, at the desk."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from comments.models import Protection
from comments.protecting import pages_of, protections_for, unprotected
from pagecache.admin import DropsPages


@admin.register(Protection)
class ProtectionAdmin(DropsPages, admin.ModelAdmin):
    """Authors set and take back their own, moderators everybody's."""

    list_display = ["contributor", "policy"]
    list_display_links = ["contributor"]
    list_filter = ["policy"]
    list_select_related = ["contributor"]
    list_per_page = 50
    search_fields = ["contributor__slug"]
    ordering = ["-id"]
    fields = ["contributor", "policy"]

    def tags_of(self, obj: Any) -> tuple[str, ...]:
        return pages_of(obj.contributor)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["contributor"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Protection]:
        return protections_for(cast(User, request.user)).select_related("contributor")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kwargs["queryset"] = unprotected(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
