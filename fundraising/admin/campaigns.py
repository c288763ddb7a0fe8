"""Campaigns at the desk."""

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from fundraising.forms import CampaignForm
from fundraising.goals import GoalBar
from fundraising.models import Campaign
from fundraising.money import format_amount, format_percent


@admin.register(Campaign)
class CampaignAdmin(DeskAdmin):
    list_display = ["name", "raised", "goal", "percent", "supporters", "starts_at", "ends_at",
                    "is_featured"]  # fmt: skip
    list_filter = ["is_featured", "currency", "starts_at"]
    search_fields = ["slug", *(f"names__{code}" for code, _name in settings.LANGUAGES)]
    form = CampaignForm
    fieldsets = [
        (None, {"fields": ["names", "slug", "descriptions", "how_to_give"]}),
        (_("Goal"), {"fields": ["currency", "goal"]}),
        (_("Time"), {"fields": ["state", "starts_at", "ends_at", "is_featured"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Campaign.objects.with_raised().with_supporters()

    @admin.display(description=_("name"))
    def name(self, campaign: Campaign) -> str:
        return campaign.name

    @admin.display(description=_("raised"))
    def raised(self, campaign: Campaign) -> str:
        """Below zero too, so that the desk sees what readers do not."""
        return GoalBar(campaign).balance

    @admin.display(description=_("goal"), ordering="goal_minor")
    def goal(self, campaign: Campaign) -> str:
        goal = campaign.goal_minor
        return "" if goal is None else format_amount(goal, campaign.currency)

    @admin.display(description="%")
    def percent(self, campaign: Campaign) -> str:
        return format_percent(GoalBar(campaign).percent)

    @admin.display(description=_("supporters"))
    def supporters(self, campaign: Campaign) -> int:
        return campaign.supporter_count
