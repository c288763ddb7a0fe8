"""Giving by card: Stripe's hosted checkout. Card numbers never reach us.

`stripe` is an optional package, imported where it is first needed: it takes most of a second. What
it answers is turned into plain dicts here; none of its objects goes any further.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from fundraising.models import Campaign, Donation, ProviderObject
from fundraising.providers import stripe_amounts, stripe_reports
from fundraising.providers.interface import (
    BadSignature,
    Capabilities,
    ProviderFailed,
    ProviderRefused,
    Redirect,
    Report,
)

TOLERANCE = 300  # seconds that a signature is good for
TIMEOUT = 5  # seconds for Stripe to answer
RETRIES = 1  # of a question without an answer: a thread waits for no more than twice that long
PAGE = 100  # as many things as Stripe lists at once
KINDS = ("refund", "dispute")  # by which what was paid goes back
LOCALES = {"en", "de", "tr", "ru"}  # of its page; in others it asks the browser


class Stripe:
    name = "stripe"

    def label(self) -> str:
        return _("Card")

    def is_offered(self, campaign: Campaign) -> bool:
        return is_ready()

    def capabilities(self, currency: str) -> Capabilities:
        least, most = stripe_amounts.limits(currency)
        return Capabilities(
            least_minor=least,
            most_minor=most,
            step_minor=stripe_amounts.step(currency),
            takes_refunds=is_ready(),
            is_online=True,
            is_test=is_test(),
        )

    def start(self, donation: Donation, *, back_to: str) -> Redirect:
        """A checkout of its own for the donation; the same one when asked again."""
        session = _asked(
            lambda client: client.v1.checkout.sessions.create(
                params=_checkout(donation, back_to),
                options={"idempotency_key": f"{donation.public_id}:start"},
            )
        )
        known = (session["id"], session.get("payment_intent"))
        ProviderObject.objects.remember(donation, self.name, *known)
        return Redirect(session["url"])

    def parse(self, body: bytes, headers: Mapping[str, str]) -> Report:
        if not is_ready():
            raise BadSignature("nobody gives by card here")
        signature = headers.get("Stripe-Signature")
        try:
            _library().WebhookSignature.verify_header(
                body, signature, settings.STRIPE["webhook_secret"], TOLERANCE
            )
            payload = json.loads(body)
            if b"\\u0000" in body:
                raise ValueError("a sign that no text in the database has")
        except (_library().SignatureVerificationError, ValueError, TypeError) as error:
            raise BadSignature(str(error).partition("\n")[0]) from error
        report = self.read(payload)
        if report.is_live == is_test():
            raise BadSignature("an event of the other mode")
        if report.api_version != _library().api_version:
            raise BadSignature(f"an event of API version {report.api_version!r}")
        return report

    def read(self, payload: Mapping[str, Any]) -> Report:
        try:
            return stripe_reports.of_event(payload)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadSignature(f"no event: {error!r}") from error

    def refund(self, donation: Donation, amount_minor: int, *, key: str) -> Report:
        payment = _object(donation, "pi_")
        answer = _refund_of(payment, key)  # Stripe forgets keys after a day
        if answer is None:
            params = {
                "payment_intent": payment,
                "amount": stripe_amounts.to_stripe(amount_minor, donation.currency),
                "reason": "requested_by_customer",
                "metadata": {"refund_request": key},
            }
            options = {"idempotency_key": key}
            answer = _asked(lambda client: client.v1.refunds.create(params=params, options=options))
        return stripe_reports.of_answer("refund", answer, is_live=not is_test())

    def status(self, donation: Donation) -> list[Report]:
        session = _object(donation, "cs_")
        if not session or not is_ready() or donation.is_test != is_test():  # a key sees its own
            return []
        found = [("session", _asked(lambda c: c.v1.checkout.sessions.retrieve(session)))]
        if payment := found[0][1].get("payment_intent"):
            for kind in KINDS:
                found += [(kind, one) for one in _listed(kind, payment_intent=payment)]
        return [stripe_reports.of_answer(*one, is_live=not is_test()) for one in found]

    def taken_back(self, since: datetime) -> Iterator[Report]:
        for kind in KINDS if is_ready() else ():
            for one in _listed(kind, created={"gte": int(since.timestamp())}):
                yield stripe_reports.of_answer(kind, one, is_live=not is_test())


def is_ready() -> bool:
    """Whether there is all that giving by card takes."""
    return bool(settings.STRIPE["key"] and settings.STRIPE["webhook_secret"] and is_installed())


def is_installed() -> bool:
    return find_spec("stripe") is not None


def is_test() -> bool:
    """Whether the key is of the test mode, in which no money moves."""
    return settings.STRIPE["key"].startswith(("sk_test_", "rk_test_"))


def _checkout(donation: Donation, back_to: str) -> dict[str, Any]:
    with override(donation.language):
        name = donation.campaign.name
    price = {
        "currency": donation.currency.lower(),
        "unit_amount": stripe_amounts.to_stripe(donation.amount_minor, donation.currency),
        "product_data": {"name": name},
    }
    ours = {"donation": str(donation.public_id), "reference": donation.reference}
    about = {"customer_email": donation.email} if donation.email else {}
    return about | {
        "mode": "payment",
        "submit_type": "donate",
        "line_items": [{"quantity": 1, "price_data": price}],
        "client_reference_id": str(donation.public_id),
        "metadata": ours,
        "payment_intent_data": {"metadata": ours},
        "locale": donation.language if donation.language in LOCALES else "auto",
        "success_url": back_to,
        "cancel_url": back_to,
    }


def _refund_of(payment: str, key: str) -> dict[str, Any] | None:
    """The one that was made for this key before. Raises ProviderFailed where that is not known."""
    try:
        for refund in _listed("refund", payment_intent=payment):
            if (refund.get("metadata") or {}).get("refund_request") == key:
                return refund
    except ProviderRefused as error:
        raise ProviderFailed(str(error)) from error
    return None


def _listed(kind: str, **about: Any) -> Iterator[dict[str, Any]]:
    """All refunds or disputes of which that is true, page by page, the newest first."""
    about["limit"] = PAGE
    has_more = True
    while has_more:
        question = partial(_list, things=f"{kind}s", about=dict(about))
        page = _asked(question)
        yield from page["data"]
        has_more = page["has_more"]
        if has_more:
            about["starting_after"] = page["data"][-1]["id"]


def _list(client: Any, *, things: str, about: dict[str, Any]) -> Any:
    return getattr(client.v1, things).list(about)


def _asked(question: Any) -> dict[str, Any]:
    """The answer as a plain dict. Raises ProviderRefused or, where it is not known, Failed."""
    library = _library()
    try:
        return question(_client()).to_dict()
    except (library.InvalidRequestError, library.CardError, library.AuthenticationError,
            library.PermissionError) as error:  # fmt: skip
        raise ProviderRefused(error.user_message or str(error)) from error
    except library.StripeError as error:
        raise ProviderFailed(str(error)) from error


def _object(donation: Donation, prefix: str) -> str:
    """What Stripe calls the donation's checkout ("cs_") or payment ("pi_"); '' where unknown."""
    objects = ProviderObject.objects.filter(donation=donation, reference__startswith=prefix)
    return objects.values_list("reference", flat=True).first() or ""


def _client() -> Any:
    return _client_for(settings.STRIPE["key"], settings.STRIPE["api_base"])


@lru_cache(maxsize=4)
def _client_for(key: str, api_base: str) -> Any:
    library = _library()
    return library.StripeClient(
        key,
        base_addresses={"api": api_base} if api_base else {},
        max_network_retries=RETRIES,
        http_client=library.RequestsClient(timeout=TIMEOUT),
    )


def _library() -> Any:
    return import_module("stripe")
