"""What Stripe says, in its own form: its things, its events, and its signature."""

import json
import time
from itertools import count
from typing import Any

from stripe import WebhookSignature, api_version

SECRET = "whsec_of_the_tests"
STRIPE = {"key": "sk_live_of_the_tests", "webhook_secret": SECRET, "api_base": ""}
ADDRESS = "/payments/stripe/webhook/"
_numbers = count(1)


def session(donation: Any, *, payment: str = "pi_1", **fields: Any) -> dict[str, Any]:
    """A checkout that is paid."""
    return {
        "object": "checkout.session",
        "id": f"cs_{payment}",
        "amount_total": donation.amount_minor,
        "currency": donation.currency.lower(),
        "client_reference_id": str(donation.public_id),
        "payment_intent": payment,
        "payment_status": "paid",
        "status": "complete",
        "created": int(time.time()),
        **fields,
    }


def refund(number: int = 1, *, amount: int = 500, payment: str = "pi_1", **fields: Any) -> Any:
    return _thing("refund", f"re_{number}", amount, payment, status="succeeded") | fields


def dispute(status: str = "needs_response", *, amount: int = 500, **fields: Any) -> Any:
    return _thing("dispute", "dp_1", amount, fields.pop("payment", "pi_1"), status=status) | fields


def _thing(kind: str, name: str, amount: int, payment: str, *, status: str) -> dict[str, Any]:
    return {
        "object": kind,
        "id": name,
        "amount": amount,
        "currency": "usd",
        "payment_intent": payment,
        "charge": payment.replace("pi_", "ch_"),
        "status": status,
        "created": int(time.time()),
    }


def event(type_: str, thing: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "object": "event",
        "id": f"evt_{next(_numbers)}",
        "type": type_,
        "api_version": api_version,
        "created": int(time.time()),
        "livemode": True,
        "data": {"object": thing},
        **fields,
    }


def completed(donation: Any, **fields: Any) -> dict[str, Any]:
    return event("checkout.session.completed", session(donation, **fields))


def signed(body: str, *, secret: str = SECRET, timestamp: int | None = None) -> dict[str, str]:
    header = WebhookSignature.generate_signature_header(body, secret, timestamp)
    return {"Stripe-Signature": header}


def deliver(client: Any, told: dict[str, Any]) -> Any:
    """Posts an event to the webhook as Stripe does."""
    body = json.dumps(told)
    return client.post(ADDRESS, body, content_type="application/json", headers=signed(body))
