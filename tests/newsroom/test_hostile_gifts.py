"""The corpus of hostile input in campaigns and in what givers write: it stays words."""

import json
import re

import pytest
from django.core import mail
from django.test import Client

from fundraising.models import Donation
from fundraising.receipts import issue
from tests.builders import make_site, make_user
from tests.comments.post_office import work
from tests.fundraising.builders import make_campaign, make_donation, pay
from tests.newsroom.hostile import CORPUS
from tests.newsroom.hostile_paper import WORDS, make_hostile_gifts
from tests.newsroom.structure import Structure
from tests.newsroom.test_hostile_desk import check
from tests.newsroom.test_hostile_input import HEADERS, check_desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def site(settings):
    settings.GIFTS_PER_PREFIX = 10_000
    return make_site()


def test_pages_of_campaigns_hold_words(client):
    campaigns = make_hostile_gifts()
    check(client.get("/support/").text)
    for campaign in campaigns:
        page = campaign.get_absolute_url()
        for address in (page, f"{page}give/", f"{page}embed/"):
            check(client.get(address).text)
        told = json.loads(client.get(f"{page.rstrip('/')}.json").text)
        assert told["state"] == "running"


def test_refused_form_gives_back_words(client):
    page = make_campaign(slug="press").get_absolute_url() + "give/"
    fields = ("name", "message", "email", "amount", "public_name", "provider", "placement")
    plain = Structure(client.post(page, dict.fromkeys(fields, "word")).text)
    for vector in CORPUS:
        answer = Client().post(page, dict.fromkeys(fields, vector))
        assert answer.status_code in (200, 400, 422), vector
        found = Structure(answer.text)
        assert found.faults == [] and found.elements["script"] == plain.elements["script"], vector


def test_gift_and_receipt_hold_words(client):
    make_hostile_gifts()
    for donation in Donation.objects.order_by("pk")[::6]:
        check(client.get(donation.get_absolute_url()).text)
        check(client.get(issue(donation).address).text)


def test_mails_to_givers_have_one_line_of_a_subject(settings):
    for vector in WORDS[::4]:
        site = make_site(name=vector[:80])
        campaign = make_campaign(name=vector[:120], how_to_give={"en": vector})
        pay(make_donation(campaign=campaign, email=f"ada-{campaign.pk}@givers.example"))
        assert site.name
    work()
    assert len(mail.outbox) >= len(WORDS[::4])
    for sent in mail.outbox:
        message = sent.message()
        assert set(message.keys()) <= HEADERS
        assert not re.search(r"[\r\n](?![ \t])", str(message["Subject"]))
        assert all(address.endswith("@givers.example") for address in sent.recipients())


def test_desk_of_gifts_holds_words():
    campaigns, desk = make_hostile_gifts(), Client()
    desk.force_login(make_user(is_staff=True, is_superuser=True))
    calm = make_donation(campaign=make_campaign())
    allowed = Structure(desk.get(f"/admin/fundraising/donation/{calm.pk}/change/").text)
    for name in ("campaign", "donation", "dedication", "ledgerentry", "receipt"):
        answer = desk.get(f"/admin/fundraising/{name}/")
        assert answer.status_code == 200, name
        check_desk(answer.text, allowed)
    for campaign in campaigns:
        check_desk(desk.get(f"/admin/fundraising/campaign/{campaign.pk}/change/").text, allowed)
    for donation in Donation.objects.order_by("pk")[::8]:
        for name in ("donation", "dedication"):
            answer = desk.get(f"/admin/fundraising/{name}/{donation.pk}/change/")
            assert answer.status_code == 200, name
            check_desk(answer.text, allowed)
