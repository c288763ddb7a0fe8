"""A ledger to which one can only add."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from fundraising.admin.report_views import checked
from fundraising.forms import LedgerEntryForm
from fundraising.goals import GoalBar
from fundraising.models import OFFLINE, Campaign, Kind, LedgerEntry
from fundraising.ways import way_label

SHORT = 40  # characters of a note in the list


@admin.register(LedgerEntry)
class LedgerEntryAdmin(DeskAdmin):
    list_display = ["id", "occurred_on", "kind", "signed_amount", "counter_entry", "campaign",
                    "came_by", "short_note", "recorded_by"]  # fmt: skip
    list_filter = ["campaign", "kind", "occurred_on"]
    list_select_related = ["campaign", "recorded_by", "reverses__reverses__reverses"]
    search_fields = ["=id", "note"]
    date_hierarchy = "occurred_on"
    show_full_result_count = False
    form = LedgerEntryForm
    autocomplete_fields = ["campaign", "reverses"]
    actions = None
    fieldsets = [
        (None, {"fields": ["campaign", "kind", "amount", "way", "supporters", "occurred_on", "note",
                           "is_sure", "token"]}),
        (_("Refund or correction"), {
            "fields": ["reverses"],
            "description": _(
                "Nothing in the ledger is ever changed or deleted. To undo an entry, record a "
                "counter-entry: choose the entry that it reverses and say why in the note. Then "
                "record the right entry anew. A correction that reverses no entry may start "
                "with a minus sign."
            ),
        }),
    ]  # fmt: skip
    view_fieldsets = [
        (None, {"fields": ["campaign", "kind", "signed_amount", "currency", "came_by", "supporters",
                           "donation_link", "occurred_on", "note", "reverses", "recorded_by",
                           "recorded_at", "counter_entry"]})
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        entries: Any = super().get_queryset(request)
        return entries.with_left().prefetch_related("reversed_by")

    def get_urls(self) -> list[URLPattern]:
        check = path(
            "check/",
            self.admin_site.admin_view(checked),
            {"model_admin": self},
            name="fundraising_ledgerentry_check",
        )
        return [check, *super().get_urls()]

    def tags_of(self, obj: LedgerEntry) -> tuple[str, ...]:
        return ()  # recording says so itself

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.view_fieldsets if obj else self.fieldsets

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = form.record(by=request.user).pk

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, below the sum of each campaign."""
        bars = [GoalBar(campaign) for campaign in Campaign.objects.with_raised()]
        return super().changelist_view(request, {"bars": bars, **(extra_context or {})})

    @admin.display(description=_("amount"), ordering="amount_minor")
    def signed_amount(self, entry: LedgerEntry) -> str:
        return entry.amount

    @admin.display(description=_("note"))
    def short_note(self, entry: LedgerEntry) -> str:
        return Truncator(entry.note).chars(SHORT)

    @admin.display(description=_("by way of"))
    def came_by(self, entry: LedgerEntry) -> str:
        return way_label(entry.way)

    @admin.display(description=_("donation"))
    def donation_link(self, entry: LedgerEntry) -> str:
        if entry.donation is None:
            return "–"
        url = reverse("admin:fundraising_donation_change", args=[entry.donation_id])
        return format_html('<a href="{}">{}</a>', url, entry.donation)

    @admin.display(description=_("counter-entry"))
    def counter_entry(self, entry: LedgerEntry) -> str:
        """What reverses this entry, and while something is left of it the ways to do so."""
        counters = entry.reversed_by.all()
        links = format_html_join(
            " · ", '<a href="{}">#{}</a>', ((entry_url(one), one.pk) for one in counters)
        )
        if not entry.rest_minor:
            return links
        is_ours = entry.kind == Kind.GIFT and entry.provider in OFFLINE
        kinds = [Kind.REFUND, Kind.CORRECTION] if is_ours else [Kind.CORRECTION]
        url = reverse("admin:fundraising_ledgerentry_add")
        ways = format_html_join(
            " · ",
            '<a href="{}">{}</a>',
            ((_counter_url(url, entry, kind), kind.label) for kind in kinds),
        )
        return format_html("{} · {}", links, ways) if links else ways


def entry_url(entry: LedgerEntry) -> str:
    return reverse("admin:fundraising_ledgerentry_change", args=[entry.pk])


def _counter_url(url: str, entry: LedgerEntry, kind: Kind) -> str:
    prefilled: dict[str, Any] = {
        "campaign": entry.campaign_id,
        "kind": kind.value,
        "reverses": entry.pk,
    }
    return f"{url}?{urlencode(prefilled)}"
