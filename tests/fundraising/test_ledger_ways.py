"""By which way a recorded gift came, and from how many people."""

from datetime import date

import pytest

from fundraising.crediting import credit
from fundraising.models import Kind, LedgerEntry
from fundraising.privacy import export
from fundraising.recording import record_correction, record_gift, record_refund
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.test_ledger_desk import ADD, LIST, errors_beside, typed

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    person = make_colleague("fundraiser", username="leila")
    client.force_login(person)
    return person


@pytest.mark.parametrize("way", ["desk", "bank", "import"])
def test_a_gift_says_how_it_came_and_from_how_many(client, way):
    campaign = make_campaign()
    assert client.post(ADD, typed(campaign, way=way, supporters="12")).status_code == 302
    entry = LedgerEntry.objects.get()
    assert (entry.provider, entry.supporters) == (way, 12)
    assert reload(campaign).supporter_count == 12


@pytest.mark.parametrize(("field", "text"), [
    ("supporters", "-1"), ("supporters", "many"), ("supporters", "1000001"), ("way", "stripe"),
])  # fmt: skip
def test_a_gift_comes_by_a_known_way_and_from_people(client, field, text):
    answer = client.post(ADD, typed(make_campaign()) | {field: text})
    assert errors_beside(answer, field)
    assert not LedgerEntry.objects.exists()


def test_a_gift_by_a_payment_service_is_given_back_from_the_donation(client):
    donation = make_donation(provider="stripe")
    gift = credit(donation, amount_minor=2500, occurred_on=DAY, reference="pi_1")
    refund = typed(gift.campaign, kind=Kind.REFUND, reverses=gift.pk, note="Asked for it")
    [told] = errors_beside(client.post(ADD, refund), "reverses")
    assert f'href="/admin/fundraising/donation/{donation.pk}/change/"' in told
    assert LedgerEntry.objects.count() == 1
    assert "kind=refund" not in client.get(LIST).text


@pytest.mark.parametrize(
    ("way", "label"), [("desk", "cash, at the desk"), ("bank", "bank transfer")]
)
def test_what_takes_back_is_of_the_way_of_what_it_reverses(client, leila, way, label):
    gift = record_gift(make_campaign(), amount_minor=2500, occurred_on=DAY, by=leila, way=way)
    details = {"occurred_on": DAY, "note": "A slip", "by": leila}
    refund = record_refund(gift, amount_minor=1000, **details)
    record_correction(gift.campaign, reverses=refund, amount_minor=500, **details)
    page = client.get(LIST).text
    assert page.count(f'<td class="field-came_by">{label}</td>') == 3


def test_the_export_says_the_way_of_a_gift_once(leila):
    donation = make_donation(email="ada@example.org")
    gift = credit(donation, amount_minor=2500, occurred_on=DAY, reference="x", by=leila)
    record_refund(gift, occurred_on=DAY, note="Asked for it", by=leila)
    [told] = export("ada@example.org", by=None)["gifts"]
    assert told["provider"] == "bank"
    assert [entry["kind"] for entry in told["entries"]] == ["gift", "refund"]
    assert all("provider" not in entry for entry in told["entries"])
