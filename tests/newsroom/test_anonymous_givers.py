"""Who gives without a name is named nowhere: every public address that there is, is asked."""

import pytest

from fundraising.models import Campaign, Donation
from fundraising.receipts import issue
from tests.fundraising.builders import make_donation, pay
from tests.newsroom.crawling import addresses
from tests.newsroom.public_pages import make_paper

pytestmark = pytest.mark.django_db
NAME, EMAIL, MESSAGE = "Sentinel Quux", "sentinel@readers.example", "Sentinel words"
KNOWN = {"": ["press"], "articles": ["ferry", "faehre"], "sections": ["harbour"],
         "kind": ["rss", "atom", "json"]}  # fmt: skip


@pytest.fixture
def gift():
    make_paper()
    campaign = Campaign.objects.get(slug="press")
    donation = pay(make_donation(campaign=campaign, email=EMAIL, public_name=NAME, message=MESSAGE))
    issue(donation)
    return donation


def pages(client, gift):
    """{address: text} of what answers."""
    asked = addresses(KNOWN | {"public_id": [gift.public_id]}, ["en", "de"])
    answers = {path: client.get(path) for path in asked}
    return {path: one.text for path, one in answers.items() if one.status_code == 200}


@pytest.mark.parametrize(
    ("changes", "secret"),
    [({"is_public": False, "moderation": "shown"}, (NAME, EMAIL)),
     ({"is_public": True, "moderation": "held"}, (NAME, EMAIL, MESSAGE)),
     ({"is_public": True, "moderation": "hidden"}, (NAME, EMAIL, MESSAGE)),
     ({"is_public": True, "moderation": "shown"}, (EMAIL,))],
)  # fmt: skip
def test_no_page_tells_what_is_not_for_readers(client, gift, changes, secret):
    Donation.objects.filter(pk=gift.pk).update(**changes)
    found = pages(client, gift)
    assert {"/support/press/", "/de/support/press/", "/articles/ferry/"} <= found.keys()
    assert f"/support/gifts/{gift.public_id}/receipt/" in found
    told = {path for path, text in found.items() for word in secret if word in text}
    assert told == set()
