"""The desk reads what payment services have said, and settles again what was not settled."""

import pytest

from fundraising.models import Donation, EventState, LedgerEntry, ProviderEvent
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_donation, pay, reload
from tests.fundraising.stripe_words import STRIPE, completed, deliver, event, refund

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/providerevent/"


@pytest.fixture(autouse=True)
def with_stripe(settings):
    make_site()
    settings.STRIPE = STRIPE


@pytest.fixture
def donation():
    return make_donation(provider="stripe", state="created")


@pytest.fixture
def leila(client):
    client.force_login(make_colleague("fundraiser", username="leila"))
    return client


def settle(client, *events):
    chosen = {"action": "replay_selected", "_selected_action": [one.pk for one in events]}
    return client.post(LIST, chosen, follow=True)


def wait(client):
    """An event that failed once, and what it was about is there now."""
    ProviderEvent.objects.update(state=EventState.FAILED, problem="the disk was full")
    return ProviderEvent.objects.get()


def test_the_content_is_read_and_nothing_is_written(leila, donation):
    deliver(leila, completed(donation, customer="<b>Wilma</b>"))
    told = ProviderEvent.objects.get()
    page = leila.get(f"{LIST}{told.pk}/change/").text
    assert "&lt;b&gt;Wilma&lt;/b&gt;" in page and 'name="_save"' not in page
    assert leila.post(f"{LIST}{told.pk}/change/", {"state": "ignored"}).status_code == 403
    assert leila.post(f"{LIST}{told.pk}/delete/", {"post": "yes"}).status_code == 403


def test_events_are_found_by_how_they_stand(leila, donation):
    deliver(leila, completed(donation))
    deliver(leila, event("refund.created", refund(payment="pi_unknown")))
    done, parked = ProviderEvent.objects.order_by("pk")
    found = leila.get(LIST, {"state__exact": "parked"}).text
    assert f"{LIST}{parked.pk}/change/" in found and f"{LIST}{done.pk}/change/" not in found


@pytest.mark.parametrize("role", ["fundraiser", "chief"])
def test_a_failed_event_is_settled_again(client, donation, role):
    client.force_login(make_colleague(role))
    deliver(client, completed(donation, payment_status="unpaid"))
    failed = wait(client)
    failed.payload["data"]["object"]["payment_status"] = "paid"
    failed.save(update_fields=["payload"])
    assert "1 event has been settled." in settle(client, failed).text
    failed.refresh_from_db()
    assert (failed.state, failed.problem) == (EventState.DONE, "")
    assert reload(donation.campaign).raised_minor == 2500


def test_settling_what_is_done_changes_nothing(leila, donation):
    deliver(leila, completed(donation))
    done = ProviderEvent.objects.get()
    assert "0 events have been settled." in settle(leila, done).text
    assert LedgerEntry.objects.count() == 1
    assert ProviderEvent.objects.get().processed_at == done.processed_at


def test_what_is_flagged_stays_so_while_nothing_has_changed(leila, donation):
    deliver(leila, completed(donation, amount_total=100))
    flagged = ProviderEvent.objects.get()
    settle(leila, flagged)
    flagged.refresh_from_db()
    assert flagged.state == EventState.FLAGGED and "paid 1\u00a0$ for 25\u00a0$" in flagged.problem
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator"])
def test_others_see_none(client, donation, role):
    deliver(client, completed(donation))
    client.force_login(make_colleague(role))
    failed = wait(client)
    assert client.get(LIST).status_code == 403
    assert settle(client, failed).status_code == 403
    failed.refresh_from_db()
    assert failed.state == EventState.FAILED


def test_a_gift_by_card_is_given_back_on_its_page(leila, stripe):
    donation = make_donation(provider="stripe", state="created")
    address = f"/admin/fundraising/donation/{donation.pk}"
    typed = {"amount": "5.00", "note": "Asked for it", "token": "5" * 32, "left": 2500}
    assert leila.post(f"{address}/give-back/", typed).status_code == 422
    pay(donation)
    assert 'name="occurred_on"' not in leila.get(f"{address}/give-back/").text
    stripe.refuses = "Charge has been charged back"
    refused = leila.post(f"{address}/give-back/", typed)
    assert (refused.status_code, stripe.refuses in refused.text) == (422, True)
    assert stripe.refuses in leila.get(f"{address}/change/").text
    stripe.refuses, stripe.is_down = "", True
    away = leila.post(f"{address}/give-back/", typed | {"token": "6" * 32})
    assert (away.status_code, "asked again within the hour" in away.text) == (422, True)
    assert Donation.objects.with_left().get().left_minor == 2500
