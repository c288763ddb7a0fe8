"""Donations at the desk: found, read, and said of each whether its money came."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from fundraising.admin.donation_views import act_on_donation
from fundraising.admin.ledger import entry_url
from fundraising.admin.report_views import origins, origins_csv
from fundraising.donation_forms import ACTS
from fundraising.finding import matching
from fundraising.models import Donation, Kind
from fundraising.money import format_amount
from fundraising.recording import PERMISSION
from fundraising.references import in_groups
from fundraising.ways import way_label

SHORT = 24  # characters of a name in the list


class WayFilter(admin.SimpleListFilter):
    title = _("way")
    parameter_name = "way"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = Donation.objects.order_by("provider").values_list("provider", flat=True).distinct()
        return [(name, way_label(name)) for name in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        known = {str(name) for name, _label in self.lookup_choices}
        return queryset.filter(provider=self.value()) if self.value() in known else None


@admin.register(Donation)
class DonationAdmin(DeskAdmin):
    list_display = ["grouped_reference", "promised", "came", "state", "way", "promised_on",
                    "short_origin"]  # fmt: skip
    list_display_links = ["grouped_reference"]
    list_filter = ["state", "campaign", WayFilter, "placement", "is_test"]
    list_select_related = ["article"]
    search_fields = ["reference"]  # and what matching() finds
    search_help_text = _(
        "A reference as it was written, an amount or a name. By an e-mail address gifts are found "
        "on the page “What is held about a giver”."
    )
    date_hierarchy = "created_at"
    show_full_result_count = False
    list_per_page = 50
    actions = None
    view_on_site = False
    change_form_template = "admin/fundraising/donation/change_form.html"
    fieldsets = [
        (None, {"fields": ["grouped_reference", "campaign", "promised", "came", "way", "state",
                           "is_test", "created_at", "origin", "entries",
                           "refunds"]}),
        (_("Giver"), {"fields": ["email", "public_name", "is_public", "message", "moderation",
                                 "language", "erased_at"]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        donations: Any = super().get_queryset(request)
        return donations.with_left().with_come().prefetch_related("entries").defer("article__body")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return (queryset.filter(matching(search_term)) if search_term else queryset), False

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path(
                f"<int:pk>/{form.address}/",
                self.admin_site.admin_view(act_on_donation),
                {"form_class": form, "model_admin": self},
                name=f"fundraising_donation_{form.address}",
            )
            for form in ACTS
        ]
        told = {"model_admin": self}
        view = self.admin_site.admin_view
        return [
            *acts,
            path("origins/", view(origins), told, name="fundraising_donation_origins"),
            path(
                "origins/<slug:dimension>.csv",
                view(origins_csv),
                told,
                name="fundraising_donation_origins_csv",
            ),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:  # type: ignore[override]  # always called by names
        """With what may be said of it."""
        donation = options["obj"]
        offered = ACTS if request.user.has_perm(PERMISSION) else []
        context["acts"] = [
            (reverse(f"admin:fundraising_donation_{form.address}", args=[donation.pk]), form.title)
            for form in offered
            if form.is_for(donation)
        ]
        return super().render_change_form(request, context, **options)

    @admin.display(description=_("reference"), ordering="reference")
    def grouped_reference(self, donation: Donation) -> str:
        return format_html('<span class="reference">{}</span>', in_groups(donation.reference))

    @admin.display(description=_("amount"), ordering="amount_minor")
    def promised(self, donation: Donation) -> str:
        return donation.amount

    @admin.display(description=_("came"))
    def came(self, donation: Donation) -> str:
        """What came, and beside it what is left after what was given back or taken."""
        entries = donation.entries.all()
        if not entries:
            return "–"
        gifts = sum(one.amount_minor for one in entries if one.kind == Kind.GIFT)
        left, shown = donation.left_minor, format_amount(gifts, donation.currency)
        if left == gifts:
            return shown
        told = _("%(left)s of %(came)s")
        return told % {"came": shown, "left": format_amount(left, donation.currency)}

    @admin.display(description=_("by way of"), ordering="provider")
    def way(self, donation: Donation) -> str:
        return way_label(donation.provider)

    @admin.display(description=_("promised"), ordering="created_at")
    def promised_on(self, donation: Donation) -> str:
        return date_format(timezone.localtime(donation.created_at), "j M Y")

    @admin.display(description=_("origin"), ordering="placement")
    def short_origin(self, donation: Donation) -> str:
        return self._origin(donation, SHORT)

    @admin.display(description=_("origin"))
    def origin(self, donation: Donation) -> str:
        return self._origin(donation)

    def _origin(self, donation: Donation, most: int = 1000) -> str:
        place = donation.get_placement_display()
        if donation.article is None:
            return place
        return format_html('{}: <bdi lang="{}">{}</bdi>', place, donation.article.language,
                           Truncator(donation.article).chars(most))  # fmt: skip

    @admin.display(description=_("ledger"))
    def entries(self, donation: Donation) -> str:
        rows = ((entry_url(one), one) for one in donation.entries.all())
        return format_html_join("", '<div><a href="{}">{}</a></div>', rows) or "–"

    @admin.display(description=_("refunds asked for"))
    def refunds(self, donation: Donation) -> str:
        """Of payments by a service: how each stands, and why it was refused."""
        asked = (
            (format_amount(one.amount_minor, donation.currency), one.get_state_display(),
             " – ".join(filter(None, [one.reason, one.problem])))
            for one in donation.refunds.all()
        )  # fmt: skip
        return format_html_join("", "<div>{}, {}: {}</div>", asked) or "–"
