"""Stripe, as far as giving by card needs it: a server that keeps what it took.

It answers the API over HTTP, shows the page on which one pays, and tells of everything by signed
events. What of ours speaks to it is Stripe's own library and cannot know the difference.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fundraising import stripe_words as words
from tests.fundraising.fake_courier import Courier

PRICE = "line_items[0][price_data]"
PAGE = """<!DOCTYPE html><html lang="en"><title>Checkout</title>
<link rel="icon" href="data:,"><main><h1>{name}</h1>
<p id="amount">{amount} {currency}</p><form method="post">
<button name="how" value="paid">Pay</button> <button name="how" value="later">Pay later</button>
</form><a href="{back}">Back</a></main>"""
type Thing = dict[str, Any]
type Answer = tuple[int, Thing | str, dict[str, str]]


class Refused(Exception):  # noqa: N818 - what has happened
    """The API's 400; what it says stands in the error."""


class FakeStripe:
    """One account. `taken` is what it took, less what it gave back, in Stripe's own units."""

    def __init__(self, *, times: int = 1, delay: float = 0.0) -> None:
        self.courier = Courier(times=times, delay=delay)
        self.sessions: dict[str, Thing] = {}
        self.taken: dict[str, int] = {}  # by payment
        self.refunds: list[Thing] = []
        self.disputes: list[Thing] = []
        self.asked: list[tuple[str, str]] = []  # (way, key) of everything that was to be changed
        self.is_down, self.loses_answers = False, 0
        self.refuses = ""  # why no refund is made
        self.refunds_are = "succeeded"
        self.hangs = 0.0  # seconds before it answers anything
        self._kept: dict[str, tuple[Thing, Answer]] = {}
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def settings(self) -> dict[str, str]:
        return words.STRIPE | {"api_base": self.address}

    def stop(self) -> None:
        self.courier.stop()
        self._server.shutdown()
        self._server.server_close()

    # What people do

    def pay(self, name: str, *, later: bool = False) -> str:
        """The giver pays a checkout, or says that the bank will; where they are sent back to."""
        with self._lock:
            session = self.sessions[name]
            if session["status"] == "open":
                session["status"], session["payment_intent"] = "complete", f"pi_{token_hex(8)}"
                if not later:
                    self._take(session)
                self._tell("checkout.session.completed", session)
            return session["success_url"]

    def arrive(self, name: str) -> None:
        """What a bank was to pay has come."""
        with self._lock:
            self._take(self.sessions[name])
            self._tell("checkout.session.async_payment_succeeded", self.sessions[name])

    def forget_keys(self) -> None:
        """As after a day."""
        self._kept.clear()

    def give_back(
        self, payment: str, amount: int, status: str = "succeeded", **metadata: str
    ) -> Thing:
        """At Stripe's own desk, or by the API."""
        with self._lock:
            if amount > self.taken[payment]:
                raise Refused("Refund amount is greater than unrefunded amount on charge")
            self.taken[payment] -= amount if status != "failed" else 0
            refund = words.refund(token_hex(8), amount=amount, payment=payment, status=status,
                                  metadata=metadata)  # fmt: skip
            refund["currency"] = self._currency(payment)
            self.refunds.append(refund)
            self._tell("refund.created", refund)
            return refund

    def dispute(self, payment: str, amount: int) -> Thing:
        with self._lock:
            self.taken[payment] -= amount
            dispute = words.dispute(amount=amount, payment=payment, id=f"dp_{token_hex(8)}")
            dispute["currency"] = self._currency(payment)
            self.disputes.append(dispute)
            self._tell("charge.dispute.created", dispute)
            return dispute

    def decide(self, dispute: Thing, status: str) -> None:
        with self._lock:
            dispute["status"] = status
            if status == "won":
                self.taken[dispute["payment_intent"]] += dispute["amount"]
            self._tell("charge.dispute.closed", dispute)

    def _take(self, session: Thing) -> None:
        session["payment_status"] = "paid"
        self.taken[session["payment_intent"]] = session["amount_total"]

    def _currency(self, payment: str) -> str:
        paid = (each for each in self.sessions.values() if each["payment_intent"] == payment)
        return next(paid)["currency"]

    def _tell(self, type_: str, thing: Thing) -> None:
        told = words.event(type_, dict(thing), id=f"evt_{token_hex(8)}")
        self.courier.send(told)

    # What the API answers

    def answer(self, way: str, form: Thing, headers: Any) -> Answer:
        page = re.fullmatch(r"(GET|POST) /pay/(\w+)", way)
        if page:
            return self._checkout(page[1], page[2], form)
        time.sleep(self.hangs)
        if headers["Authorization"] != f"Bearer {words.STRIPE['key']}":
            return _error(401, "Invalid API Key provided")
        if self.is_down:
            return _error(500, "down", {"Stripe-Should-Retry": "false"})
        if way.startswith("GET "):
            found = self._read(way, form)
            return (200, found, {}) if found else _error(404, "No such thing")
        return self._write(way, form, headers["Idempotency-Key"])

    def _checkout(self, method: str, name: str, form: Thing) -> Answer:
        if method == "POST":
            return 303, "", {"Location": self.pay(name, later=form.get("how") == "later")}
        session = self.sessions[name]
        shown = {"amount": session["amount_total"], "currency": session["currency"].upper()}
        return 200, PAGE.format(name=session["name"], back=session["cancel_url"], **shown), {}

    def _read(self, way: str, form: Thing) -> Thing | None:
        if way.startswith("GET /v1/checkout/sessions/"):
            return self.sessions.get(way.rpartition("/")[2])
        things = self.refunds if way == "GET /v1/refunds" else self.disputes
        payment, since = form.get("payment_intent"), int(form.get("created[gte]", 0))
        mine = [
            each for each in reversed(things)
            if payment in (None, each["payment_intent"]) and each["created"] >= since
        ]  # fmt: skip
        after = form.get("starting_after")
        begin = 1 + [each["id"] for each in mine].index(after) if after else 0
        page = mine[begin : begin + int(form["limit"])]
        has_more = begin + len(page) < len(mine)
        return {"object": "list", "data": page, "has_more": has_more, "url": way[4:]}

    def _write(self, way: str, form: Thing, key: str) -> Answer:
        """Once for each key, with the same answer ever after; another form with it is refused."""
        with self._lock:
            self.asked.append((way, key))
            earlier, answer = self._kept.get(key, (form, None))
            if earlier != form:
                return _error(400, "Keys for idempotent requests", type_="idempotency_error")
            self._kept[key] = form, answer or self._make(way, form)
            return self._kept[key][1]

    def _make(self, way: str, form: Thing) -> Answer:
        if way == "POST /v1/checkout/sessions":
            return 200, self._begin(form), {}
        try:
            if self.refuses:
                raise Refused(self.refuses)
            ours = {"refund_request": form["metadata[refund_request]"]}
            amount = int(form["amount"])
            made = self.give_back(form["payment_intent"], amount, self.refunds_are, **ours)
            return 200, dict(made), {}
        except Refused as error:
            return _error(400, str(error))

    def _begin(self, form: Thing) -> Thing:
        name = f"cs_{token_hex(8)}"
        self.sessions[name] = {
            "object": "checkout.session",
            "id": name,
            "url": f"{self.address}/pay/{name}",
            "amount_total": int(form[f"{PRICE}[unit_amount]"]),
            "currency": form[f"{PRICE}[currency]"],
            "name": form[f"{PRICE}[product_data][name]"],
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "created": int(time.time()),
            **{name: form[name] for name in ("client_reference_id", "success_url", "cancel_url")},
        }
        return dict(self.sessions[name])


def _error(
    status: int, said: str, headers: dict[str, str] | None = None, type_: str = "api_error"
) -> Answer:
    return status, {"error": {"type": type_, "message": said}}, headers or {}


def _handler(stripe: FakeStripe) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            self._say(stripe.answer(f"GET {address.path}", dict(parse_qsl(address.query)),
                                    self.headers))  # fmt: skip

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            answer = stripe.answer(f"POST {self.path}", dict(parse_qsl(body)), self.headers)
            if self.path.startswith("/v1/") and stripe.loses_answers:
                stripe.loses_answers -= 1
                self.close_connection = True  # it was done, and nobody is told
                return
            self._say(answer)

        def _say(self, answer: Answer) -> None:
            status, said, headers = answer
            text = said if isinstance(said, str) else json.dumps(said)
            kind = "text/html" if isinstance(said, str) else "application/json"
            self.send_response(status)
            headers = headers | {"Content-Type": kind, "Content-Length": str(len(text.encode()))}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: Any) -> None:
            """Says nothing: what was asked stands in `asked`."""

    return Handler


@contextmanager
def fake_stripe(**options: Any) -> Iterator[FakeStripe]:
    stripe = FakeStripe(**options)
    try:
        yield stripe
    finally:
        stripe.stop()
