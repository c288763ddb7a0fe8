"""Sections, topics and series at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.addresses import SluggedForm
from articles.admin.desk import NamedAdmin
from articles.models import Section, Series, Status, Topic


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    form = SluggedForm
    list_display = ["__str__", "slug", "position"]
    list_editable = ["position"]
    fields = ["names", "slug", "position", "requires_approval"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who may publish only with somebody else does not lift that alone."""
        return [] if request.user.has_perm("articles.change_remit") else ["requires_approval"]


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    is_shown_when_new = False
    form = SluggedForm
    fields = ["names", "slug"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What published articles are about stays."""
        if obj is not None and obj.articles.exclude(status=Status.DRAFT).exists():
            return False
        return super().has_delete_permission(request, obj)


@admin.register(Series)
class SeriesAdmin(NamedAdmin):
    is_shown_when_new = False
    form = SluggedForm
    fields = ["names", "slug", "standfirsts"]
