"""Campaigns at the desk, and on which articles they stand."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from articles.admin.desk import DeskAdmin, DeskFields, LocksWhatIsSent
from fundraising.ending import end
from fundraising.forms import CampaignForm
from fundraising.goals import GoalBar
from fundraising.models import BANK, Campaign, CampaignChoice
from fundraising.money import format_amount, format_percent
from operations.clock import Clock, database_now


class ChoiceRow(forms.ModelForm):
    """A row of a table: each field says itself what it is, because the heading does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget: Any = getattr(field.widget, "widget", field.widget)  # it may be wrapped
            widget.attrs["aria-label"] = capfirst(field.label or "")


class ChoiceInline(DeskFields, admin.TabularInline):
    """The sections and stories for which this campaign is chosen."""

    model = CampaignChoice
    form = ChoiceRow
    fields = ["section", "story"]
    autocomplete_fields = ["section", "story"]
    verbose_name = _("section or story")
    verbose_name_plural = _("shown on these sections and stories instead of another")
    extra = 1  # for who has no script to add a row

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        choices = super().get_queryset(request).select_related("section")
        return choices.prefetch_related("story__articles")


@admin.register(Campaign)
class CampaignAdmin(LocksWhatIsSent, DeskAdmin):
    list_display = ["name", "standing", "raised", "goal", "percent", "supporters", "ends_at",
                    "is_featured"]  # fmt: skip
    list_filter = ["state", "is_featured", "currency", "starts_at"]
    search_fields = ["slug", *(f"names__{code}" for code, _name in settings.LANGUAGES)]
    form = CampaignForm
    change_form_template = "admin/fundraising/campaign/change_form.html"
    actions = ["end_now"]
    inlines = [ChoiceInline]
    fieldsets = [
        (None, {"fields": ["names", "slug", "descriptions", "how_to_give"]}),
        (_("Goal"), {"fields": ["currency", "goal", "marks"]}),
        (_("Gifts"), {"fields": ["suggested", "minimum"]}),
        (_("Time"), {"fields": ["state", "starts_at", "ends_at", "is_featured", "seen"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Campaign.objects.with_raised().with_supporters().annotate(read_at=Clock())

    def save_model(self, request: HttpRequest, obj: Campaign, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if "ends_at" in form.changed_data and obj.has_ended(database_now()):
            _warn_of_awaited(request, obj)

    @admin.display(description=_("name"))
    def name(self, campaign: Campaign) -> str:
        return campaign.name

    @admin.display(description=_("state"))
    def standing(self, campaign: Any) -> Any:
        return campaign.standing(campaign.read_at).label

    @admin.display(description=_("raised"))
    def raised(self, campaign: Campaign) -> str:
        """Below zero too, so that the desk sees what readers do not."""
        bar = GoalBar(campaign)
        if campaign.balance_minor >= 0:
            return bar.balance
        return _("%(balance)s – readers see %(raised)s: look through the ledger") % {
            "balance": bar.balance,
            "raised": bar.raised,
        }

    @admin.display(description=_("goal"), ordering="goal_minor")
    def goal(self, campaign: Campaign) -> str:
        goal = campaign.goal_minor
        return "" if goal is None else format_amount(goal, campaign.currency)

    @admin.display(description="%")
    def percent(self, campaign: Campaign) -> str:
        bar = GoalBar(campaign)
        return format_percent(bar.percent) if bar.has_goal else ""

    @admin.display(description=_("supporters"))
    def supporters(self, campaign: Campaign) -> int:
        return campaign.supporter_count

    @admin.action(description=_("End now"), permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> None:
        for campaign in queryset:
            try:
                end(campaign, by=cast(User, request.user))
            except ValidationError as error:
                messages.error(request, f"{campaign}: {' '.join(error.messages)}")
            else:
                self.log_change(request, campaign, _("Ended"))
                messages.success(request, _("%(campaign)s has ended.") % {"campaign": campaign})
                _warn_of_awaited(request, campaign)


def _warn_of_awaited(request: HttpRequest, campaign: Campaign) -> None:
    """Says of how many gifts the transfer may still come."""
    if awaited := campaign.donations.awaited().filter(provider=BANK).count():
        told = ngettext(
            "%(count)d promised transfer to %(campaign)s has not come yet. Should it come, it "
            "still counts: mark it as received.",
            "%(count)d promised transfers to %(campaign)s have not come yet. Should they come, "
            "they still count: mark them as received.",
            awaited,
        )
        messages.warning(request, told % {"count": awaited, "campaign": campaign})


@admin.register(CampaignChoice)
class CampaignChoiceAdmin(DeskAdmin):
    """All choices, those of no campaign too."""

    list_display = ["__str__", "campaign"]
    list_select_related = ["section", "story", "campaign"]
    autocomplete_fields = ["section", "story", "campaign"]
