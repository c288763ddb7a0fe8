"""What the ways by which money comes are called at the desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fundraising.models import BANK, DESK, IMPORT
from fundraising.providers import provider_named

OFFLINE_WAYS: dict[str, Promise] = {
    DESK: _("cash, at the desk"),
    BANK: _("bank transfer"),
    IMPORT: _("taken over from another book"),
}


def way_label(provider: str) -> str:
    """In the active language; of a payment service that is not set up any more its name."""
    if provider in OFFLINE_WAYS:
        return str(OFFLINE_WAYS[provider])
    try:
        return provider_named(provider).label()
    except LookupError:
        return provider
