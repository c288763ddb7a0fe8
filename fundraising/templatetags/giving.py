"""The first step of giving, for pages that are the same for everybody."""

from django import template

from fundraising.giving_forms import GivingForm
from fundraising.models import Campaign

register = template.Library()


@register.simple_tag
def giving_form(campaign: Campaign) -> GivingForm:
    """An empty form, of which such a page shows the amounts: they are the campaign's own."""
    return GivingForm(campaign=campaign)
