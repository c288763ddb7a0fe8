"""The bar in a frame on another site."""

from html import unescape

import pytest
from django.utils import timezone

from tests.builders import make_site
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
EMBED = "/support/press/embed/"


@pytest.fixture(autouse=True)
def _site():
    make_site(editions=("en", "ar"))


def test_the_bar_stands_alone_and_leads_out_of_the_frame(client):
    make_campaign(slug="press", raised_minor=235_500)
    page = client.get(EMBED).text
    assert page.count('role="progressbar"') == 1 and 'aria-valuenow="2355"' in page
    assert '<base target="_top">' in page
    assert 'href="/support/press/give/?from=embed"' in page
    assert "masthead" not in page and "style=" not in page


def test_any_site_may_frame_it_and_no_other_page(client):
    make_campaign(slug="press")
    embed, page = client.get(EMBED), client.get("/support/press/")
    assert "X-Frame-Options" not in embed
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "default-src 'self'" in embed["Content-Security-Policy"]


def test_an_ended_campaign_asks_for_nothing(client):
    make_campaign(slug="press", raised_minor=100, ends_at=timezone.now())
    page = client.get(EMBED).text
    assert "This campaign ended on" in page and "/give/" not in page


def test_it_stands_from_right_to_left_in_arabic(client):
    make_campaign(slug="press", raised_minor=235_500)
    page = client.get(f"/ar{EMBED}").text
    assert 'lang="ar" dir="rtl"' in page and 'x="52.9%" y="2" width="47.1%"' in page


def test_the_campaigns_page_says_how_to_show_it(client, settings):
    make_campaign(slug="press", name='A "new" press')
    page = client.get("/support/press/").text
    code = unescape(page[page.index('id="embed-code"') :].split(">", 1)[1].split("</textarea>")[0])
    assert f'src="{settings.SITE_URL}/support/press/embed/"' in code
    assert 'title="A &quot;new&quot; press"' in code


def test_it_is_the_same_for_everybody_and_sets_no_cookie(client):
    make_campaign(slug="press")
    assert not client.get(EMBED).cookies
