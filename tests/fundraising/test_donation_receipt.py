"""The page of a receipt, to print."""

import uuid
from datetime import date

import pytest

from fundraising.receipts import issue
from fundraising.recording import record_correction, record_refund
from fundraising.references import in_groups
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, pay
from tests.fundraising.test_crediting import received

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _site():
    make_site(name="The Quillmere Courier")


@pytest.fixture
def donation():
    campaign = make_campaign(names={"en": "The press", "de": "Die Presse"})
    donation = make_donation(
        campaign=campaign, email="ada@readers.example", public_name="Ada Lind", is_public=True
    )
    return pay(donation, amount_minor=2050)


def test_it_says_what_came_when_and_for_what(client, donation):
    receipt = issue(donation)
    page = client.get(receipt.address).text
    for text in (f'">{receipt}</bdi>', f"20.50{NBSP}$", "The press", "1 April 2026",
                 in_groups(donation.reference), "The Quillmere Courier",
                 "This is not a tax receipt."):  # fmt: skip
        assert text in page
    assert "Returned" not in page


def test_it_names_nobody(client, donation):
    page = client.get(issue(donation).address).text
    assert "Ada Lind" not in page and "ada@readers.example" not in page


def test_what_was_given_back_later_stands_there(client, donation):
    address = issue(donation).address
    entry = donation.entries.get()
    record_refund(
        entry, occurred_on=date(2026, 4, 2), note="Twice", by=make_colleague("fundraiser")
    )
    page = client.get(address).text
    assert "Returned since" in page and page.count(f"20.50{NBSP}$") == 2


@pytest.mark.parametrize(("was_issued", "amount"), [(True, 20), (False, 25)])
def test_after_a_mistake_it_tells_what_is_left(client, was_issued, amount):
    donation, by = make_donation(), make_colleague("fundraiser")
    mistake = received(donation, amount_minor=2000, by=by)
    if was_issued:
        issue(donation)
    undone = {"occurred_on": mistake.occurred_on, "note": "Mistyped", "by": by}
    record_correction(donation.campaign, reverses=mistake, **undone)
    received(donation, amount_minor=2500, by=by)
    page = client.get(issue(donation).address).text
    assert f'receipt-amount">{amount}{NBSP}$' in page and "Returned since" not in page
    record_refund(donation.entries.first(), amount_minor=1000, **undone)
    returned = amount - 15
    assert f"Returned since</dt><dd>{returned}{NBSP}$" in client.get(issue(donation).address).text


@pytest.mark.parametrize(
    ("prefix", "amount", "name"),
    [("/de", f"20,50{NBSP}$", "Die Presse"), ("/ar", f"20.50{NBSP}US$", "The press")],
)
def test_every_edition_has_it(client, donation, prefix, amount, name):
    page = client.get(f"{prefix}{issue(donation).address}").text
    assert amount in page.replace("\u200f", "") and name in page


def test_it_is_kept_nowhere_and_listed_nowhere(client, donation):
    response = client.get(issue(donation).address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert 'rel="canonical"' not in response.text and 'content="no-referrer"' in response.text
    assert not hasattr(response, "page_tags")


def test_there_is_none_before_the_money_has_come(client, donation):
    address = issue(donation).address
    promised = make_donation(campaign=donation.campaign)
    for public_id in (promised.public_id, uuid.uuid4()):
        other = address.replace(str(donation.public_id), str(public_id))
        assert client.get(other).status_code == 404


def test_nothing_can_be_sent_to_it(client, donation):
    assert client.post(issue(donation).address).status_code == 405


def test_it_takes_few_queries(client, donation, django_assert_max_num_queries):
    address = issue(donation).address
    with django_assert_max_num_queries(7):
        client.get(address)


def test_it_leads_back_and_says_how_to_print_without_scripts(client, donation):
    page = client.get(issue(donation).address).text
    assert f'<a href="{donation.get_absolute_url()}">Back to your gift</a>' in page
    assert "data-print hidden>Print</button>" in page and "from your browser’s menu" in page


def test_the_gifts_page_leads_to_it_once_it_is_issued(client, donation):
    page = donation.get_absolute_url()
    assert "/receipt/" not in client.get(page).text
    assert issue(donation).address in client.get(page).text
