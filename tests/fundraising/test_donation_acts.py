"""Marking a gift as received, giving it back, waiting for it no longer."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from fundraising.models import DonationState, LedgerEntry
from fundraising.recording import record_correction
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_donation, reload
from tests.fundraising.test_crediting import received

pytestmark = pytest.mark.django_db
ACTS = ("receive", "give-back", "cancel")


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    person = make_colleague("fundraiser", username="leila")
    client.force_login(person)
    return person


def address(donation, act):
    return f"/admin/fundraising/donation/{donation.pk}/{act}/"


def typed(**fields):
    return {"amount": "25.00", "occurred_on": str(timezone.localdate()), "note": "", **fields}


def returned(*, left=2500, **fields):
    return typed(note="Asked for it", token=str(uuid.uuid4()), left=left, **fields)


def test_what_really_came_is_typed_and_counted(client, leila):
    donation = make_donation(amount_minor=2500)
    assert 'value="25.00"' in client.get(address(donation, "receive")).text
    answer = client.post(address(donation, "receive"), typed(amount="20.00"), follow=True)
    assert "Received: 20\u00a0$." in answer.text
    entry = donation.entries.get()
    assert (entry.amount_minor, entry.recorded_by, entry.provider) == (2000, leila, "bank")
    assert reload(donation.campaign).raised_minor == 2000


def test_marking_twice_says_so_and_counts_once(client):
    donation = make_donation()
    assert client.post(address(donation, "receive"), typed()).status_code == 302
    again = client.post(address(donation, "receive"), typed())
    assert (again.status_code, "received already" in again.text) == (422, True)
    assert donation.entries.count() == 1


def test_what_was_marked_by_mistake_can_be_marked_again(client, leila):
    donation = make_donation()
    entry, page = received(donation), f"/admin/fundraising/donation/{donation.pk}/change/"
    assert address(donation, "receive") not in client.get(page).text
    undone = {"occurred_on": entry.occurred_on, "note": "Of another giver", "by": leila}
    record_correction(donation.campaign, reverses=entry, **undone)
    assert address(donation, "receive") in client.get(page).text
    assert client.post(address(donation, "receive"), typed()).status_code == 302
    assert reload(donation.campaign).raised_minor == 2500
    assert address(donation, "receive") not in client.get(page).text


@pytest.mark.parametrize("act", ["receive", "give-back"])
@pytest.mark.parametrize(
    ("field", "text"),
    [("amount", ""), ("amount", "0"), ("amount", "-1"), ("amount", "1,000"), ("amount", "1.001"),
     ("occurred_on", ""), ("occurred_on", "soon"), ("note", "n" * 301), ("note", "a\u202eb"),
     ("note", "wrote to ada@readers.example")],
)  # fmt: skip
def test_bad_input_is_answered_beside_its_field_and_kept(client, act, field, text):
    donation = make_donation()
    if act == "give-back":
        received(donation)
    answer = client.post(address(donation, act), returned() | {field: text})
    form = answer.context["form"]
    assert (answer.status_code, form[field].value()) == (422, text)
    assert form.errors[field]
    assert reload(donation.campaign).raised_minor == (2500 if act == "give-back" else 0)


def test_a_day_to_come_is_refused(client):
    donation = make_donation()
    answer = client.post(address(donation, "receive"), typed(occurred_on="2999-01-01"))
    assert (answer.status_code, "still to come" in answer.text) == (422, True)
    assert not donation.entries.exists()


def test_a_part_is_given_back_and_then_the_rest(client):
    donation = make_donation()
    received(donation)
    assert client.post(address(donation, "give-back"), returned(amount="10.00")).status_code == 302
    assert 'value="15.00"' in client.get(address(donation, "give-back")).text
    more = client.post(address(donation, "give-back"), returned(amount="15.01", left=1500))
    assert (more.status_code, "is left of this entry" in more.text) == (422, True)
    rest = returned(amount="15.00", left=1500)
    assert client.post(address(donation, "give-back"), rest).status_code == 302
    assert reload(donation.campaign).raised_minor == 0
    assert reload(donation.campaign).supporter_count == 0


def test_giving_back_needs_a_reason(client):
    donation = make_donation()
    received(donation)
    answer = client.post(address(donation, "give-back"), returned() | {"note": ""})
    assert answer.context["form"].errors["note"]
    assert donation.entries.count() == 1


@pytest.mark.parametrize("provider", ["bank", "stripe"])
def test_of_what_has_not_come_nothing_is_given_back(client, provider):
    donation = make_donation(provider=provider)
    assert client.post(address(donation, "give-back"), returned()).status_code == 422
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_one_gives_back(client):
    donation = make_donation()
    received(donation)
    form = returned(amount="5.00")

    def click(_number):
        browser = Client()
        browser.cookies = client.cookies
        try:
            return browser.post(address(donation, "give-back"), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(click, range(8)))
    assert answers == [302] + [422] * 7
    assert reload(donation.campaign).raised_minor == 2000


def test_a_gift_that_is_waited_for_no_longer_may_still_come(client):
    donation = make_donation()
    for _time in range(2):
        assert client.post(address(donation, "cancel")).status_code == 302
        donation.refresh_from_db()
        assert donation.state == DonationState.CANCELED
    assert client.post(address(donation, "receive"), typed()).status_code == 302
    donation.refresh_from_db()
    assert donation.is_paid


@pytest.mark.parametrize("provider", ["bank", "stripe"])
def test_what_was_paid_or_goes_by_a_service_is_not_cancelled(client, provider):
    donation = make_donation(provider=provider)
    if provider == "bank":
        received(donation)
    before = donation.state if provider == "stripe" else DonationState.PAID
    assert client.post(address(donation, "cancel")).status_code == 422
    donation.refresh_from_db()
    assert donation.state == before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 403), ("editor", 403), ("moderator", 403), ("fundraiser", 200), ("chief", 200)],
)
def test_only_those_who_keep_the_ledger_act(client, act, role, status):
    donation = make_donation()
    client.force_login(make_colleague(role))
    assert client.get(address(donation, act)).status_code == status
    if status == 403:
        assert client.post(address(donation, act), returned()).status_code == 403
        donation.refresh_from_db()
        assert (donation.state, donation.entries.count()) == (DonationState.PENDING, 0)


@pytest.mark.parametrize("act", ACTS)
def test_a_donation_that_is_not_there_is_404(client, act):
    assert client.get(f"/admin/fundraising/donation/999999/{act}/").status_code == 404
