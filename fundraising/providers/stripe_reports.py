"""What Stripe's events and answers say, in our words.

Only what hardly ever changes is read: of what kind a thing is, how it stands, how much it is and
which payment it belongs to. Every event tells how the thing stands now, so that none needs the one
before it. Source: Stripe's API reference of checkout sessions, refunds and disputes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from fundraising.models import Said
from fundraising.providers.interface import Report
from fundraising.providers.stripe_amounts import from_stripe

REFUNDS = {
    "pending": Said.REFUND,  # the money has left us
    "succeeded": Said.REFUND,
    "failed": Said.REFUND_RETURNED,
    "canceled": Said.REFUND_RETURNED,
}
DISPUTES = {  # "warning_…" is a question to us: no money moves
    "needs_response": Said.DISPUTE,
    "under_review": Said.DISPUTE,
    "won": Said.DISPUTE_WON,
    "lost": Said.DISPUTE_LOST,
}
KINDS = {"checkout.session": "session", "refund": "refund", "dispute": "dispute"}


def of_event(event: Mapping[str, Any]) -> Report:
    """Raises KeyError, TypeError, ValueError or AttributeError for what is no event."""
    if event["object"] != "event":
        raise ValueError("no event")
    thing = event["data"]["object"]
    kind = KINDS.get(thing["object"], "")
    said, amount = _said(event["type"], kind, thing)
    return Report(
        provider="stripe",
        event_id=_short(event["id"]),
        type=_short(event["type"], 100),
        said=said,
        occurred_at=datetime.fromtimestamp(event["created"], UTC),
        api_version=event["api_version"] or "",
        is_live=event["livemode"] is True,
        payload=event,
        **_about(kind, thing, amount),
    )


def of_answer(kind: str, thing: Mapping[str, Any], *, is_live: bool) -> Report:
    """What was answered to our own question, as if it had been an event of its state.

    A refund goes back when it begins. A checkout that was begun may be paid days later, and a
    dispute be decided after months: neither says when, so it is now.
    """
    said, amount = _said(f"asked.{kind}", kind, thing)
    state = thing.get("payment_status") or ""
    return Report(
        provider="stripe",
        event_id=f"asked:{thing['id']}:{state}:{thing.get('status')}"[:255],
        type=f"asked.{kind}",
        said=said,
        occurred_at=(
            datetime.fromtimestamp(thing["created"], UTC) if kind == "refund" else timezone.now()
        ),
        is_live=is_live,
        **_about(kind, thing, amount),
    )


def _said(type_: str, kind: str, thing: Mapping[str, Any]) -> tuple[Said, int]:
    """What it says, and the amount that it is about as Stripe writes it."""
    if kind == "refund":
        return REFUNDS.get(thing["status"], Said.NOTHING), thing["amount"]
    if kind == "dispute":
        return DISPUTES.get(thing["status"], Said.NOTHING), thing["amount"]
    if kind == "session":
        return _of_session(type_, thing), thing["amount_total"] or 0
    return Said.NOTHING, 0


def _of_session(type_: str, session: Mapping[str, Any]) -> Said:
    if session["payment_status"] == "paid":
        return Said.PAID
    if type_.endswith("async_payment_failed"):
        return Said.FAILED
    if session["status"] == "expired":
        return Said.EXPIRED
    return Said.PENDING if session["status"] == "complete" else Said.NOTHING


def _about(kind: str, thing: Mapping[str, Any], amount: int) -> dict[str, Any]:
    if not kind:
        return {}
    payment = thing.get("payment_intent")
    names = [payment, thing["id"] if kind == "session" else thing.get("charge")]
    reference = payment or thing["id"] if kind == "session" else thing["id"]
    currency = str(thing["currency"] or "").upper()
    try:
        minor = from_stripe(int(amount), currency)
    except (ValueError, LookupError):
        minor = 0  # of an unknown currency, or less than its smallest unit: fits no donation
    return {
        "objects": tuple(_short(name) for name in names if name),
        "public_id": str(thing.get("client_reference_id") or ""),
        "reference": _short(reference),
        "amount_minor": minor,
        "currency": currency[:3],
    }


def _short(name: Any, most: int = 255) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= most or "\0" in name:
        raise ValueError("a name that cannot be one")
    return name
