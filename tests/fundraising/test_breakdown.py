"""What the campaign's page says of where money came from and what went back."""

from datetime import date

import pytest

from fundraising.breakdown import breakdown
from fundraising.models import BANK, DESK, IMPORT, Kind
from fundraising.posting import post
from fundraising.recording import record_correction, record_refund
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import (
    correct,
    make_campaign,
    make_donation,
    make_gift,
    reload,
)

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"
DAY = date(2026, 3, 2)


def give(campaign, amount_minor, provider, **fields):
    offline = {"by": make_colleague("fundraiser")} if provider in (BANK, DESK, IMPORT) else {}
    return post(campaign, Kind.GIFT, amount_minor, occurred_on=DAY, provider=provider,
                **offline, **fields)  # fmt: skip


def give_online(campaign, amount_minor, provider="stripe"):
    donation = make_donation(campaign=campaign, amount_minor=amount_minor, provider=provider)
    return give(campaign, amount_minor, provider, donation=donation)


def lines(campaign):
    found = breakdown(campaign)
    return {line.label: (line.given_minor, line.left_minor) for line in found}


def test_each_way_has_a_line_and_the_last_is_their_sum():
    campaign = make_campaign()
    for provider in ("stripe", "other"):
        give_online(campaign, 1000, provider)
    give(campaign, 500, BANK)
    give(campaign, 70, DESK)
    give(campaign, 3, IMPORT)
    assert lines(campaign) == {
        "Online": (2000, 2000),
        "Bank transfer": (500, 500),
        "At our desk, in cash or otherwise": (70, 70),
        "Carried over from earlier books": (3, 3),
        "Together": (2573, 2573),
    }


def test_what_goes_back_belongs_to_the_way_by_which_it_came():
    campaign, leila = make_campaign(), make_colleague("fundraiser")
    by_bank, online = give(campaign, 5000, BANK), give_online(campaign, 3000)
    refund = record_refund(by_bank, amount_minor=2000, occurred_on=DAY, note="Asked", by=leila)
    dispute = counter(online, Kind.DISPUTE, -3000)
    counter(dispute, Kind.DISPUTE_WON, 3000)
    record_correction(
        campaign, reverses=refund, amount_minor=500, occurred_on=DAY, note="Half", by=leila
    )
    assert lines(campaign) == {
        "Online": (3000, 3000), "Bank transfer": (5000, 3500), "Together": (8000, 6500)
    }  # fmt: skip


def test_a_mistake_that_was_corrected_was_neither_given_nor_taken_off():
    campaign, leila = make_campaign(), make_colleague("fundraiser")
    details = {"occurred_on": DAY, "note": "Typed twice", "by": leila}
    give(campaign, 5000, DESK)
    twice, too_much = give(campaign, 5000, DESK), give(campaign, 700, DESK)
    slip = record_correction(campaign, reverses=twice, **details)
    record_correction(campaign, reverses=too_much, amount_minor=300, **details)
    assert lines(campaign)["Together"] == (5400, 5400)
    record_correction(campaign, reverses=slip, amount_minor=1000, **details)
    record_refund(too_much, amount_minor=100, **details)
    assert lines(campaign)["Together"] == (6400, 6300)


def test_a_way_by_which_only_mistakes_came_has_no_line():
    campaign, leila = make_campaign(), make_colleague("fundraiser")
    give(campaign, 5000, DESK)
    wrong = give(campaign, 700, BANK)
    record_correction(campaign, reverses=wrong, occurred_on=DAY, note="Cash", by=leila)
    assert set(lines(campaign)) == {"At our desk, in cash or otherwise", "Together"}


def counter(entry, kind, amount_minor):
    return post(entry.campaign, kind, amount_minor, occurred_on=DAY, provider=entry.provider,
                reverses=entry, donation=entry.donation)  # fmt: skip


def test_the_sum_is_what_the_bar_shows():
    campaign = make_campaign(raised_minor=9900)
    correct(campaign, -400)
    *_ways, together = breakdown(campaign)
    assert together.left_minor == reload(campaign).raised_minor == 9500


@pytest.mark.parametrize("amount_minor", [0, -5000])
def test_nothing_and_less_than_nothing_have_no_lines(client, amount_minor):
    make_site()
    campaign = make_campaign(slug="press")
    if amount_minor:
        correct(campaign, amount_minor)
    assert breakdown(campaign) == []
    assert "What has come" not in client.get("/support/press/").text


def test_other_campaigns_do_not_count():
    make_campaign(raised_minor=100)
    assert breakdown(make_campaign()) == []


def test_readers_see_it_in_their_language(client):
    make_site(editions=("en", "de"))
    campaign = make_campaign(slug="press")
    gift = make_gift(campaign=campaign, amount_minor=123_450)
    record_refund(gift, amount_minor=450, occurred_on=DAY, note="Asked", by=gift.recorded_by)
    page = client.get("/de/support/press/").text
    for amount in ("1.234,50", "-4,50", "1.230"):
        assert f'<td class="amount">{amount}{NBSP}$</td>' in page


def test_it_costs_one_query(django_assert_num_queries):
    campaign = make_campaign()
    for _gift in range(5):
        make_gift(campaign=campaign)
    with django_assert_num_queries(1):
        breakdown(campaign)
