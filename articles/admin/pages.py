"""Standing pages at the desk."""

from django.contrib import admin

from articles.admin.addresses import SluggedForm
from articles.admin.desk import DeskAdmin
from articles.models import Page


@admin.register(Page)
class PageAdmin(DeskAdmin):
    form = SluggedForm
    list_display = ["title", "language", "slug", "position", "updated_at"]
    list_filter = ["language"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "language", "slug", "position"]
