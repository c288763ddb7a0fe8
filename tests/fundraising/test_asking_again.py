"""Amounts and corrections that are out of the ordinary want a tick before they count."""

import pytest

from fundraising.models import Kind, LedgerEntry
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, make_gift, reload
from tests.fundraising.test_donation_acts import address
from tests.fundraising.test_donation_acts import typed as typed_of
from tests.fundraising.test_ledger_desk import ADD, errors_beside, typed

pytestmark = pytest.mark.django_db
TICK = '<input type="checkbox" name="is_sure"'


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    client.force_login(make_colleague("fundraiser"))


@pytest.mark.parametrize(
    ("amount", "currency", "is_asked"),
    [
        ("1000000.00", "USD", False),
        ("1000000.01", "USD", True),
        ("99999999999", "USD", True),
        ("1000001", "JPY", True),
    ],
)
def test_a_gift_that_no_reader_can_give_is_asked_about(client, amount, currency, is_asked):
    gift = typed(make_campaign(currency=currency), amount=amount)
    answer = client.post(ADD, gift)
    assert (LedgerEntry.objects.exists(), TICK in answer.text) == (not is_asked, is_asked)
    if is_asked:
        assert "more than readers can give" in errors_beside(answer, "is_sure")[0]
        assert "Yes, this amount" in answer.text and f'value="{amount}"' in answer.text
        assert client.post(ADD, gift | {"is_sure": "on"}).status_code == 302
        assert LedgerEntry.objects.exists()


def test_a_transfer_that_no_reader_can_promise_is_asked_about(client):
    donation = make_donation()
    much = typed_of(amount="2500000")
    answer = client.post(address(donation, "receive"), much)
    assert (answer.status_code, TICK in answer.text) == (422, True)
    assert not donation.entries.exists()
    assert client.post(address(donation, "receive"), much | {"is_sure": "on"}).status_code == 302
    assert donation.entries.get().amount_minor == 250_000_000


def test_a_correction_that_reverses_nothing_is_asked_about(client):
    campaign = make_campaign(raised_minor=10_000)
    slip = typed(campaign, kind=Kind.CORRECTION, amount="-5", note="Counted anew")
    answer = client.post(ADD, slip)
    assert "Yes, it reverses no entry" in answer.text and TICK in answer.text
    assert reload(campaign).raised_minor == 10_000
    assert errors_beside(client.post(ADD, slip | {"is_sure": "on", "note": ""}), "note")
    assert client.post(ADD, slip | {"is_sure": "on"}).status_code == 302
    assert reload(campaign).raised_minor == 9_500


def test_one_that_reverses_an_entry_is_not(client):
    gift = make_gift(campaign=make_campaign())
    slip = {"kind": Kind.CORRECTION, "reverses": gift.pk, "note": "Typed twice"}
    assert TICK not in client.get(ADD).text
    assert client.post(ADD, typed(gift.campaign, **slip)).status_code == 302
