"""Recording money in the admin: Fatima may record it, Jonas may only look, readers may not."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.utils import timezone

from fundraising.forms import LedgerEntryForm
from fundraising.models import Kind, LedgerEntry
from fundraising.recording import record_refund
from tests.builders import make_site, make_user
from tests.fundraising.builders import make_campaign, make_gift, reload

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/ledgerentry/"
ADD = f"{LIST}add/"
NBSP = "\u00a0"


def desk_user(client, *codenames):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user


@pytest.fixture
def fatima(client):
    make_site()
    return desk_user(client, "add_ledgerentry", "view_ledgerentry", "view_campaign")


def typed(campaign, **fields):
    return {
        "campaign": campaign.pk,
        "kind": Kind.GIFT,
        "amount": "25.00",
        "occurred_on": str(timezone.localdate()),
        "note": "",
        "reverses": "",
        "token": str(uuid.uuid4()),
        **fields,
    }


def errors_beside(response, field):
    return response.context["adminform"].form.errors.get(field, [])


def test_a_recorded_gift_moves_the_bar_on_the_next_page(client, fatima):
    campaign = make_campaign(slug="press", raised_minor=233_000)
    assert f"2,330{NBSP}$" in client.get("/support/press/").text
    response = client.post(ADD, typed(campaign), follow=True)
    assert response.redirect_chain
    page = client.get("/support/press/").text
    assert f"47{NBSP}% of 5,000{NBSP}$" in page
    assert 'aria-valuenow="2355"' in page
    entry = LedgerEntry.objects.get(amount_minor=2500)
    assert (entry.recorded_by, entry.occurred_on) == (fatima, timezone.localdate())


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("amount", "0"),
        ("amount", ""),
        ("amount", "25.001"),
        ("amount", "a lot"),
        ("amount", "-25"),
        ("amount", "1,000"),
        ("amount", "9" * 60),
        ("amount", "<script>"),
        ("amount", "25\u202e"),
        ("occurred_on", "2999-01-01"),
        ("occurred_on", "yesterday"),
        ("occurred_on", ""),
        ("note", "n" * 301),
        ("campaign", "999999"),
        ("campaign", ""),
        ("kind", "loan"),
        ("reverses", "999999"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_kept(client, fatima, field, text):
    campaign = make_campaign()
    response = client.post(ADD, typed(campaign) | {field: text})
    assert response.status_code == 422
    assert errors_beside(response, field)
    assert response.context["adminform"].form[field].value() == text
    assert 'value="<script>' not in response.text
    assert not LedgerEntry.objects.exists()


def test_a_second_click_records_nothing_twice(client, fatima):
    campaign = make_campaign()
    gift = typed(campaign)
    assert client.post(ADD, gift).status_code == 302
    again = client.post(ADD, gift)
    assert "nothing was recorded twice" in again.text
    assert reload(campaign).raised_minor == 2500


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_time_record_nothing_twice(client, fatima):
    campaign = make_campaign()
    gift = typed(campaign)

    def click(_number):
        browser = Client()
        browser.cookies = client.cookies
        try:
            return browser.post(ADD, gift).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(click, range(8)))
    assert answers == [302] + [422] * 7
    assert reload(campaign).raised_minor == 2500


def test_a_refund_and_a_correction_are_counter_entries(client, fatima):
    campaign = make_campaign()
    part, wrong = make_gift(campaign=campaign), make_gift(campaign=campaign)
    why = {"note": "Asked for it back"}
    refund = typed(campaign, kind=Kind.REFUND, amount="10.50", reverses=part.pk, **why)
    correction = typed(campaign, kind=Kind.CORRECTION, amount="", reverses=wrong.pk, **why)
    assert client.post(ADD, refund).status_code == 302
    assert client.post(ADD, correction).status_code == 302
    assert part.reversed_by.get().amount_minor == -1050
    assert wrong.reversed_by.get().amount_minor == -2500
    assert reload(campaign).raised_minor == 1450


def test_a_correction_of_its_own_may_have_a_minus(client, fatima):
    campaign = make_campaign(raised_minor=10_000)
    for amount in ("-3.00", "−2.00", "1.00"):
        told = {"amount": amount, "note": "The till was recounted", "is_sure": "on"}
        entry = typed(campaign, kind=Kind.CORRECTION, **told)
        assert client.post(ADD, entry).status_code == 302
    assert reload(campaign).raised_minor == 9_600


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": Kind.REFUND}, "reverses"),
        ({"kind": Kind.GIFT, "reverses": "gift"}, "reverses"),
        ({"kind": Kind.REFUND, "reverses": "other"}, "reverses"),
        ({"kind": Kind.REFUND, "reverses": "gift", "amount": "25.01"}, "amount"),
        ({"kind": Kind.REFUND, "reverses": "gift", "amount": "-1"}, "amount"),
        ({"kind": Kind.REFUND, "reverses": "gift", "note": ""}, "note"),
        ({"kind": Kind.CORRECTION, "amount": "-0.00"}, "amount"),
        ({"kind": Kind.CORRECTION, "amount": "--5"}, "amount"),
    ],
)
def test_an_impossible_counter_entry_is_refused(client, fatima, fields, field):
    campaign = make_campaign()
    entries = {"gift": make_gift(campaign=campaign), "other": make_gift(campaign=make_campaign())}
    if "reverses" in fields:
        fields = {**fields, "reverses": entries[fields["reverses"]].pk}
    response = client.post(ADD, typed(campaign, **{"note": "A reason", **fields}))
    assert errors_beside(response, field)
    assert LedgerEntry.objects.count() == 2


def test_counter_entries_end_where_nothing_is_left(client, fatima):
    campaign = make_campaign()
    gift = make_gift(campaign=campaign)
    refund = {"kind": Kind.REFUND, "amount": "15", "reverses": gift.pk, "note": "Asked for it"}
    assert client.post(ADD, typed(campaign, **refund)).status_code == 302
    assert errors_beside(client.post(ADD, typed(campaign, **refund)), "amount")
    refund["amount"] = ""
    assert client.post(ADD, typed(campaign, **refund)).status_code == 302
    assert errors_beside(client.post(ADD, typed(campaign, **refund)), "reverses")
    assert reload(campaign).raised_minor == 0


@pytest.mark.django_db(transaction=True)
def test_what_went_back_in_the_same_instant_is_said_beside_the_field(client, fatima, monkeypatch):
    gift, record = make_gift(campaign=make_campaign()), LedgerEntryForm.record

    def give_it_back():
        record_refund(gift, occurred_on=gift.occurred_on, note="Asked for it", by=fatima)
        connection.close()

    def record_too_late(form, *, by):
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(give_it_back).result()
        return record(form, by=by)

    monkeypatch.setattr(LedgerEntryForm, "record", record_too_late)
    counter = {"kind": Kind.CORRECTION, "reverses": gift.pk, "note": "Typed twice"}
    answer = client.post(ADD, typed(gift.campaign, **counter))
    assert errors_beside(answer, "reverses") == ["Nothing is left of this entry."]
    assert LedgerEntry.objects.count() == 2


def test_the_list_leads_to_a_prefilled_counter_entry(client, fatima):
    gift = make_gift(campaign=make_campaign())
    page = client.get(LIST).text
    link = f"{ADD}?campaign={gift.campaign_id}&amp;kind=refund&amp;reverses={gift.pk}"
    assert link in page
    form = client.get(link.replace("&amp;", "&")).context["adminform"].form
    assert (form["kind"].value(), form["reverses"].value()) == ("refund", str(gift.pk))


def test_what_came_back_can_be_taken_back_again(client, fatima):
    gift = make_gift(campaign=make_campaign())
    back = {"note": "A slip", "amount": ""}
    refund = {"kind": Kind.REFUND, "reverses": gift.pk}
    assert client.post(ADD, typed(gift.campaign, **refund, **back)).status_code == 302
    link = f"kind=refund&amp;reverses={gift.pk}"
    assert link not in client.get(LIST).text
    undone = {"kind": Kind.CORRECTION, "reverses": LedgerEntry.objects.get(kind="refund").pk}
    assert client.post(ADD, typed(gift.campaign, **undone, **back)).status_code == 302
    assert link in client.get(LIST).text


def test_the_list_shows_sums_and_can_be_searched_and_filtered(client, fatima):
    campaign = make_campaign(name="A new press", raised_minor=235_500)
    page = client.get(LIST).text
    assert f"2,355{NBSP}$, 47{NBSP}% of 5,000{NBSP}$" in page
    assert "0 ledger entries" in client.get(f"{LIST}?q=nothing").text
    assert "1 ledger entry" in client.get(f"{LIST}?campaign__id__exact={campaign.pk}").text


def test_the_list_costs_the_same_for_many_entries(client, fatima, django_assert_max_num_queries):
    campaign = make_campaign()
    for _gift in range(40):
        make_gift(campaign=campaign)
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_an_entry_is_shown_but_never_changed_or_deleted(client, fatima):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    gift = make_gift(campaign=make_campaign())
    page = client.get(f"{LIST}{gift.pk}/change/").text
    assert f"25{NBSP}$" in page
    assert 'name="_save"' not in page
    change = client.post(f"{LIST}{gift.pk}/change/", typed(gift.campaign, amount="1.00"))
    assert change.status_code == 403
    assert client.post(f"{LIST}{gift.pk}/delete/", {"post": "yes"}).status_code == 403


def test_only_those_with_the_permission_record(client, fatima):
    campaign = make_campaign()
    desk_user(client, "view_ledgerentry")
    assert client.get(LIST).status_code == 200
    assert client.post(ADD, typed(campaign)).status_code == 403
    client.logout()
    kept = client.post(ADD, typed(campaign))
    assert (kept.status_code, 'value="25.00"' in kept.text) == (403, True)
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("sign", ["\u202e", "\x07"])
def test_note_takes_no_signs_that_nobody_sees(client, fatima, sign):
    response = client.post(ADD, typed(make_campaign(), note=f"By post{sign}from Ines"))
    assert errors_beside(response, "note")
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("note", "is_taken"),
    [("From ada@readers.example", False), ("ada@mail.readers.example", False),
     ("12 gifts @ 5 dollars", True), ("From the @courier fair.", True)],
)  # fmt: skip
def test_a_note_holds_no_address(client, fatima, note, is_taken):
    response = client.post(ADD, typed(make_campaign(), note=note))
    assert LedgerEntry.objects.exists() == is_taken
    if not is_taken:
        assert "leave the e-mail address out" in errors_beside(response, "note")[0]
