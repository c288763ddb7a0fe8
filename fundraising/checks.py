"""System checks of the ways to give."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from fundraising.providers.card import is_installed


@register
def check_stripe(**kwargs: Any) -> list[CheckMessage]:
    """With a key everything must be there that giving by card takes."""
    if not settings.STRIPE["key"]:
        return []
    found: list[CheckMessage] = []
    if not settings.STRIPE["webhook_secret"]:
        found.append(
            Error(
                "STRIPE_SECRET_KEY is set without STRIPE_WEBHOOK_SECRET: no gift would be counted.",
                hint="Stripe shows the secret of the webhook at its desk: whsec_…",
                id="fundraising.E001",
            )
        )
    if not is_installed():
        found.append(
            Error(
                "STRIPE_SECRET_KEY is set, but the package stripe is missing.",
                hint="pip install --require-hashes -r requirements/stripe.txt",
                id="fundraising.E002",
            )
        )
    return found
