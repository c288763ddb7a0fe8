from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import make_site
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _site():
    make_site()


def test_running_campaigns_have_bars_and_ended_ones_their_sum(client):
    now = timezone.now()
    make_campaign(slug="press", name="A new press", raised_minor=235_500)
    make_campaign(slug="van", name="A van", raised_minor=90_000, ends_at=now)
    make_campaign(slug="roof", name="A roof", starts_at=now + timedelta(hours=1))
    page = client.get("/support/").text
    assert page.count('role="progressbar"') == 1
    assert 'href="/support/press/"' in page
    assert 'href="/support/van/"' in page
    assert f"900{NBSP}$ raised" in page
    assert "A roof" not in page


def test_without_campaigns_the_page_says_so(client):
    assert "There is no campaign at the moment." in client.get("/support/").text


def test_every_edition_links_to_its_own_pages(client):
    make_campaign(slug="press", names={"en": "Press", "de": "Presse"})
    page = client.get("/de/support/").text
    assert 'href="/de/support/press/">Presse</a>' in page


def test_names_are_escaped(client):
    make_campaign(name="<b>bold</b>")
    make_campaign(name="<b>bold</b>", ends_at=timezone.now())
    page = client.get("/support/").text
    assert page.count("&lt;b&gt;bold") == 2
    assert "<b>bold" not in page


def test_the_page_is_only_read(client):
    assert client.post("/support/", HTTP_SEC_FETCH_SITE="same-origin").status_code == 405


def test_its_queries_do_not_grow_with_the_campaigns(client, django_assert_num_queries):
    for campaigns in (1, 10):
        for _campaign in range(campaigns):
            make_campaign(raised_minor=100)
        with django_assert_num_queries(
            5
        ):  # the site, the clock, two for the frame, the campaigns with their sums
            client.get("/support/")
