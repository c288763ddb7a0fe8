"""Standing pages at the desk."""

from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.models import Page


@admin.register(Page)
class PageAdmin(DeskAdmin):
    list_display = ["title", "language", "slug", "position", "updated_at"]
    list_filter = ["language"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "language", "slug", "position"]
