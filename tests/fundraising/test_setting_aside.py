"""What was dealt with elsewhere is set aside by hand; till then its giver is told no untruth."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from fundraising.admin import event_views
from fundraising.checking import check_ledger
from fundraising.events import replay, set_aside
from fundraising.models import EventState, LedgerEntry, ProviderEvent
from tests.builders import make_colleague, make_site, make_user
from tests.fundraising.builders import make_donation
from tests.fundraising.stripe_words import STRIPE, completed, deliver, event, refund

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/providerevent/"
REASON = "Given back at Stripe's desk"


@pytest.fixture(autouse=True)
def with_stripe(settings):
    make_site()
    settings.STRIPE = STRIPE


@pytest.fixture
def leila(client):
    leila = make_colleague("fundraiser", username="leila")
    client.force_login(leila)
    return leila


@pytest.fixture
def donation():
    address = "https://pay.example/1"
    return make_donation(provider="stripe", state="created", payment_url=address)


@pytest.fixture
def flagged(client, donation):
    told = deliver(client, completed(donation, amount_total=100))
    assert told.text == "flagged"
    return ProviderEvent.objects.get()


def address_of(*events):
    return f"{LIST}set-aside/?" + "&".join(f"event={one.pk}" for one in events)


def test_who_when_and_why_are_kept_and_nothing_is_found_any_more(leila, flagged):
    late = timezone.now() + timedelta(days=2)
    assert [finding.kind for finding in check_ledger(late)] == ["event_waits"]
    set_aside(flagged, by=leila, reason=REASON)
    flagged.refresh_from_db()
    assert (flagged.state, flagged.reason) == (EventState.DISMISSED, REASON)
    assert flagged.dismissed_by == leila and flagged.dismissed_at
    assert check_ledger(late) == [] and not LedgerEntry.objects.exists()


def test_it_is_for_good(client, leila, flagged, donation):
    set_aside(flagged, by=leila, reason=REASON)
    set_aside(flagged, by=make_colleague("chief"), reason="Another reason")
    flagged.refresh_from_db()
    assert (flagged.dismissed_by, flagged.reason) == (leila, REASON)
    assert replay(flagged, by=leila) == EventState.DISMISSED
    assert deliver(client, flagged.payload).text == "dismissed"
    for fields in ({"state": "flagged"}, {"reason": "Another"}, {"dismissed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProviderEvent.objects.update(**fields)
    assert ProviderEvent.objects.update(payload=None) == 1


@pytest.mark.parametrize("reason", ["", REASON])
def test_the_database_wants_a_reason_and_who(leila, flagged, reason):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderEvent.objects.update(state=EventState.DISMISSED, reason=reason)
    with pytest.raises(IntegrityError), transaction.atomic():
        set_aside(flagged, by=leila, reason="")


def test_what_is_settled_is_not_set_aside(client, leila, donation):
    deliver(client, completed(donation))
    with pytest.raises(ValidationError) as refused:
        set_aside(ProviderEvent.objects.get(), by=leila, reason=REASON)
    assert refused.value.code == "settled"


@pytest.mark.parametrize("role", ["editor", "moderator", ""])
def test_others_may_not(client, flagged, role):
    by = make_colleague(role) if role else make_user()
    with pytest.raises(PermissionDenied):
        set_aside(flagged, by=by, reason=REASON)
    flagged.payload["data"]["object"]["amount_total"] = 2500  # settling it would succeed
    flagged.save(update_fields=["payload"])
    client.force_login(by)
    for address in (address_of(flagged), f"{LIST}{flagged.pk}/settle/"):
        answer = client.post(address, {"reason": REASON})
        assert answer.status_code == (403 if role else 302)
        assert role or "/login/" in answer["Location"]
    flagged.refresh_from_db()
    assert flagged.state == EventState.FLAGGED and not LedgerEntry.objects.exists()


def test_its_page_leads_to_both(client, leila, flagged):
    page = client.get(f"{LIST}{flagged.pk}/change/").text
    assert f'formaction="{LIST}{flagged.pk}/settle/"' in page and address_of(flagged) in page
    asked = client.get(address_of(flagged))
    assert asked.status_code == 200 and flagged.event_id in asked.text
    assert client.post(address_of(flagged), {"reason": " "}).status_code == 422
    named = client.post(address_of(flagged), {"reason": "Wrote to wilma@reader.example"})
    assert named.status_code == 422 and "leave the e-mail address out" in named.text
    told = client.post(address_of(flagged), {"reason": REASON}, follow=True).text
    assert "1 event was set aside." in told
    page = client.get(f"{LIST}{flagged.pk}/change/").text
    assert "formaction" not in page and "leila" in page and "Stripe&#x27;s desk" in page


def test_its_page_settles_it(client, leila, flagged):
    settle = f"{LIST}{flagged.pk}/settle/"
    assert client.get(settle).status_code == 405
    assert "could not be settled" in client.post(settle, follow=True).text
    flagged.payload["data"]["object"]["amount_total"] = 2500
    flagged.save(update_fields=["payload"])
    assert "has been settled" in client.post(settle, follow=True).text
    assert LedgerEntry.objects.get().amount_minor == 2500
    assert "formaction" not in client.get(f"{LIST}{flagged.pk}/change/").text


def test_several_are_set_aside_from_the_list(client, leila, flagged):
    deliver(client, event("refund.created", refund(payment="pi_unknown")))
    both = list(ProviderEvent.objects.order_by("pk"))
    chosen = {"action": "set_aside_selected", "_selected_action": [one.pk for one in both]}
    asked = client.post(LIST, chosen)
    assert asked.status_code == 302
    told = client.post(asked["Location"], {"reason": REASON}, follow=True).text
    assert "2 events were set aside." in told
    assert not ProviderEvent.objects.unsettled().exists()
    assert "None of these events waits" in client.get(asked["Location"]).text


def test_one_that_is_settled_meanwhile_is_said_and_none_is_set_aside(
    client, leila, flagged, monkeypatch
):
    deliver(client, event("refund.created", refund(payment="pi_unknown")))
    both = list(ProviderEvent.objects.order_by("pk"))

    def set_aside_too_late(one, **told):
        if one == both[1]:
            ProviderEvent.objects.filter(pk=one.pk).update(state="done", waits_for="")
        set_aside(one, **told)

    monkeypatch.setattr(event_views, "set_aside", set_aside_too_late)
    answer = client.post(address_of(*both), {"reason": REASON})
    assert answer.status_code == 422 and "has been settled already" in answer.text
    assert not ProviderEvent.objects.filter(state=EventState.DISMISSED).exists()


@pytest.mark.parametrize("asked", ["", "?event=x&event=²", f"?event={'9' * 30}", "?event=0"])
def test_an_address_that_names_none_says_so(client, leila, asked):
    assert "None of these events waits" in client.get(f"{LIST}set-aside/{asked}").text


@pytest.mark.parametrize("state", ["created", "pending", "expired", "failed"])
def test_the_giver_reads_that_somebody_looks_at_it(client, leila, flagged, donation, state):
    donation.state = state
    donation.save(update_fields=["state"])
    page = client.get(donation.get_absolute_url()).text
    assert "We are looking at your payment" in page
    assert "Nothing was charged" not in page and "Try again" not in page
    assert 'data-state="question"' in page, "or who looks at it sees no change"
    set_aside(flagged, by=leila, reason=REASON)
    page = client.get(donation.get_absolute_url()).text
    assert "We have looked at your payment" in page and "please write to us" in page
    assert 'data-state="dealt-with"' in page and "waiting.js" not in page
    for untrue in ("Nothing was charged", "Try again", "I have not paid yet", "Look again"):
        assert untrue not in page
