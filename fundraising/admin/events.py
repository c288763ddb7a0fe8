"""What payment services have said, to be read, settled again or set aside."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fundraising.admin.event_views import set_aside_events, settle_event
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
    actions = ["replay_selected", "set_aside_selected"]
    change_form_template = "admin/fundraising/providerevent/change_form.html"
    fields = [
        ("provider", "type", "event_id"),
        ("state", "problem", "donation"),
        ("dismissed_by", "dismissed_at", "reason"),
        ("occurred_at", "received_at", "processed_at"),
        ("api_version", "is_live"),
        "content",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        events = super().get_queryset(request)
        is_one = request.resolver_match and "object_id" in request.resolver_match.kwargs
        return events if is_one else events.defer("payload")

    def get_urls(self) -> list[URLPattern]:
        view, told = self.admin_site.admin_view, {"model_admin": self}
        return [
            path("set-aside/", view(set_aside_events), told, name="fundraising_event_set_aside"),
            path("<int:pk>/settle/", view(settle_event), told, name="fundraising_event_settle"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:  # type: ignore[override]  # always called by names
        """With what may be done about it."""
        event = options["obj"]
        if event.state not in SETTLED and request.user.has_perm(REPLAY):
            context["settle_address"] = reverse("admin:fundraising_event_settle", args=[event.pk])
            context["set_aside_address"] = _set_aside_address([event.pk])
        return super().render_change_form(request, context, **options)

    @admin.display(description=_("content"))
    def content(self, event: ProviderEvent) -> str:
        if event.payload is None:
            return str(_("Emptied: it is kept for thirty days at most."))
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
                if error.code == "later":  # nor does it answer about the others
                    break
        message = ngettext(
            "%(count)d event has been settled.", "%(count)d events have been settled.", settled
        )
        self.message_user(request, message % {"count": settled})

    @admin.action(description=_("Set aside"), permissions=["replay"])
    def set_aside_selected(
        self, request: HttpRequest, events: QuerySet[ProviderEvent]
    ) -> HttpResponse:
        return redirect(_set_aside_address(list(events.values_list("pk", flat=True))))


def _set_aside_address(keys: list[int]) -> str:
    named = urlencode({"event": keys}, doseq=True)
    return f"{reverse('admin:fundraising_event_set_aside')}?{named}"
