"""Ending a campaign before its time."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.models import Campaign
from operations.clock import database_now
from pagecache.drops import drop

PERMISSION = "fundraising.change_campaign"


@transaction.atomic
def end(campaign: Campaign, by: User) -> Campaign:
    """The campaign, which runs no more: no page asks for it from the commit on.

    One that has ended already stays as it is. Raises PermissionDenied, and ValidationError for
    one that has not begun. Locks the campaign.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    now = database_now()
    if campaign.has_ended(now):
        return campaign
    if not campaign.is_running(now):
        raise ValidationError(_("This campaign has not begun."), code="begun")
    campaign.ends_at = now
    campaign.save(update_fields=["ends_at"])
    drop("site")  # its bar stands on articles
    return campaign
