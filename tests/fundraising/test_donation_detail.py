"""The page of one gift, for whoever knows its address: what to do, and how far it has come."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from fundraising.crediting import credit, mark_received
from fundraising.models import Donation, LedgerEntry
from fundraising.moderating import hide, show
from fundraising.recording import record_refund
from fundraising.references import find_references
from tests.builders import make_article, make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"
DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def campaign():
    make_site()
    ways = {"en": "Harbour Savings Bank 2355", "ar": "بنك الميناء 2355"}
    return make_campaign(slug="press", how_to_give=ways)


def page_of(client, donation, prefix=""):
    response = client.get(f"{prefix}/support/gifts/{donation.public_id}/")
    assert response.status_code == 200
    return response.text


def test_a_transfer_says_how_much_where_and_with_which_reference(client, campaign):
    donation = make_donation(campaign=campaign)
    page = page_of(client, donation)
    shown = re.search(r'id="transfer-reference" value="([^"]+)"', page)[1]
    assert re.fullmatch(r"RF\d\d( [A-Z]{4}){2} [A-Z]{3}", shown)
    assert find_references(shown) == [donation.reference]
    assert f"25{NBSP}$" in page and "Harbour Savings Bank 2355" in page
    assert "Until it has come, your gift is not counted." in page
    assert "بنك الميناء 2355" in page_of(client, donation, "/ar")


def test_a_gift_that_came_is_thanked_for_with_the_bar_as_it_is_now(client, campaign):
    donation = make_donation(campaign=campaign)
    by = make_colleague("fundraiser")
    entry = mark_received(donation, amount_minor=250_000, occurred_on=DAY, by=by)
    page = page_of(client, donation)
    assert "Thank you</h1>" in page and f"It counts with 2,500{NBSP}$." in page
    assert 'aria-valuenow="2500"' in page and "Harbour Savings" not in page
    record_refund(entry, occurred_on=DAY, note="Asked for it back", by=by, amount_minor=200_000)
    assert f"It counts with 500{NBSP}$." in page_of(client, donation)
    record_refund(entry, occurred_on=DAY, note="And the rest", by=by)
    assert "and was given back." in page_of(client, donation)


@pytest.mark.parametrize("state", ["created", "pending"])
def test_coming_back_credits_nothing_and_waits_for_the_provider(client, campaign, state):
    address = "https://pay.example/1"
    fields = {"provider": "checkout", "state": state, "payment_url": address}
    donation = make_donation(campaign=campaign, **fields)
    page = page_of(client, donation)
    assert "We are waiting for the payment service" in page and "fundraising/waiting.js" in page
    assert (f'href="{address}"' in page) == (state == "created")
    assert not LedgerEntry.objects.exists() and Donation.objects.get().state == state
    credit(donation, amount_minor=2500, occurred_on=DAY, reference="pi_1")
    assert "Thank you</h1>" in page_of(client, donation)


@pytest.mark.parametrize(
    ("state", "heading"),
    [("failed", "The payment did not go through"),
     ("expired", "We do not wait for this gift any more"),
     ("canceled", "This gift was called off")],
)  # fmt: skip
def test_what_came_to_nothing_can_be_tried_again(client, campaign, state, heading):
    article = make_article()
    origin = {"article": article, "placement": "after"}
    donation = make_donation(campaign=campaign, state=state, provider="checkout", **origin)
    page = page_of(client, donation)
    assert heading in page and "Nothing was charged." in page
    again = f"?again={donation.public_id}&amp;article={article.pk}&amp;from=after"
    assert f'href="/support/press/give/{again}"' in page
    campaign.ends_at = timezone.now()
    campaign.save()
    assert "Try again" not in page_of(client, donation)


def words_of(page):
    return [text for text in ("we have read it.", "stands on the campaign’s page.") if text in page]


def test_it_says_how_what_was_written_stands(client, campaign):
    donation = make_donation(campaign=campaign, message="For the letter e")
    by = make_colleague("fundraiser")
    assert words_of(page_of(client, donation)) == ["we have read it."]
    entry = mark_received(donation, amount_minor=2500, occurred_on=DAY, by=by)
    assert words_of(page_of(client, donation)) == ["we have read it."]
    this = Donation.objects.filter(pk=donation.pk)
    show(this, by=by)
    assert words_of(page_of(client, donation)) == ["stands on the campaign’s page."]
    hide(this, by=by)
    assert words_of(page_of(client, donation)) == []
    show(this, by=by)
    record_refund(entry, occurred_on=DAY, note="Asked for it back", by=by)
    assert words_of(page_of(client, donation)) == []


def test_an_expired_transfer_still_counts_when_it_comes(client, campaign):
    donation = make_donation(campaign=campaign, state="expired")
    assert "it still counts once it comes" in page_of(client, donation)
    by = make_colleague("fundraiser")
    mark_received(donation, amount_minor=2500, occurred_on=DAY, by=by)
    assert "Thank you</h1>" in page_of(client, donation)


def test_a_trial_says_so(client, campaign):
    fields = {"provider": "checkout", "state": "paid", "is_test": True}
    page = page_of(client, make_donation(campaign=campaign, **fields))
    assert "This was a trial" in page and "given back" not in page


def test_nobody_finds_or_keeps_the_page(client, campaign):
    response = client.get(make_donation(campaign=campaign).get_absolute_url())
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex" and not response.cookies
    assert '<meta name="referrer" content="no-referrer">' in response.text
    assert 'rel="canonical"' not in response.text
    robots = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /support/gifts/", "Disallow: /*/support/gifts/"} <= set(robots)


def test_an_unknown_gift_is_404_and_the_page_is_only_read(client, campaign):
    donation = make_donation(campaign=campaign)
    for wrong in (uuid4(), donation.pk, "x"):
        assert client.get(f"/support/gifts/{wrong}/").status_code == 404
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(donation.get_absolute_url()).status_code in {403, 405}


def test_who_gives_without_a_name_is_named_on_no_page(client, campaign):
    fields = {"own_amount": "25", "provider": "bank", "form_token": uuid4()}
    names = {"public_name": "Sentinelle Vogt", "email": "sentinelle@example.org"}
    client.post("/support/press/give/", {**fields, **names})
    donation = Donation.objects.get()
    pages = [page_of(client, donation), *(client.get(each).text for each in (
        "/support/", "/support/press/", "/support/press/give/"))]  # fmt: skip
    assert not any("entinelle" in page for page in pages)


def test_its_queries_are_few(client, campaign, django_assert_num_queries):
    donation = make_donation(campaign=campaign)
    with django_assert_num_queries(6):  # the site, the clock, two for the frame, gift, campaign
        page_of(client, donation)
