"""What was saved and published when: to read, not to change."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Revision


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    list_display = ["article", "number", "kind", "created_at", "created_by", "is_minor"]
    list_display_links = ["number"]
    list_select_related = ["article", "created_by"]
    list_filter = ["kind", "created_at", "is_minor"]
    search_fields = ["article__headline", "created_by__username"]
    ordering = ["-id"]
    readonly_fields = [
        "article", "number", "kind", "based_on", "created_at", "created_by", "is_minor",
        "overridden", "warnings_reason", "content",
    ]  # fmt: skip
    fields = (*readonly_fields,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("snapshot", "article__body")

    @admin.display(description=_("published in spite of"))
    def overridden(self, revision: Revision) -> SafeString | str:
        lines = ((each["message"],) for each in revision.warnings)
        return format_html_join("", '<p dir="auto">{}</p>', lines) or self.get_empty_value_display()

    @admin.display(description=_("as saved"))
    def content(self, revision: Revision) -> SafeString:
        text = json.dumps(revision.snapshot, ensure_ascii=False, indent=2)
        return format_html('<pre class="snapshot" dir="auto">{}</pre>', text)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
