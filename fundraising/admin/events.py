"""What payment services have said, to be read and settled again."""

import json

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fundraising.events import REPLAY, replay
from fundraising.models import SETTLED, ProviderEvent
from operations.admin import ReadOnlyAdmin


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    list_display = ["type", "state", "problem", "donation", "received_at"]
    list_filter = ["state", "provider", "type"]
    list_select_related = ["donation"]
    search_fields = ["=event_id", "=donation__reference"]
    show_full_result_count = False
    actions = ["replay_selected"]
    fields = [
        ("provider", "type", "event_id"),
        ("state", "problem", "donation"),
        ("occurred_at", "received_at", "processed_at"),
        ("api_version", "is_live"),
        "content",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        events = super().get_queryset(request)
        is_one = request.resolver_match and "object_id" in request.resolver_match.kwargs
        return events if is_one else events.defer("payload")

    @admin.display(description=_("content"))
    def content(self, event: ProviderEvent) -> str:
        if event.payload is None:
            return str(_("Emptied: it is kept for thirty days."))
        text = json.dumps(event.payload, indent=2, ensure_ascii=False)
        shown = '<pre tabindex="0" role="region" aria-label="{}">{}</pre>'
        return format_html(shown, _("content"), text)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REPLAY)

    @admin.action(description=_("Settle again"), permissions=["replay"])
    def replay_selected(self, request: HttpRequest, events: QuerySet[ProviderEvent]) -> None:
        settled = 0
        for event in events.exclude(state__in=SETTLED).order_by("pk"):
            try:
                settled += replay(event, by=request.user) in SETTLED  # type: ignore[arg-type]
            except ValidationError as error:
                self.message_user(request, f"{event}: {error.messages[0]}", messages.ERROR)
        message = ngettext(
            "%(count)d event has been settled.", "%(count)d events have been settled.", settled
        )
        self.message_user(request, message % {"count": settled})
