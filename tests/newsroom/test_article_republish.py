"""What others may copy: only what is offered, with all that must be named."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Role
from tests.builders import make_article, make_contributor, make_image, make_site
from tests.translations.builders import make_attribution, make_licence, make_source_work

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
LINK = "/articles/ferry/republish/"


@pytest.fixture(autouse=True)
def site():
    return make_site(name="The Quillmere Courier", editions=("en", "de"))


@pytest.fixture
def house():
    return make_licence(name="CC BY 4.0", is_house=True)


def make_ferry(**fields):
    byline = [(make_contributor(name="Maren Okafor"), Role.REPORTER)]
    return make_article(
        slug="ferry",
        headline="Ferry news",
        byline=byline,
        publish_at=datetime(2026, 11, 3, 6, 0, tzinfo=UTC),
        body='<p>See <a href="/pages/about/">us</a> &amp; them.</p>',
        **fields,
    )


def offers_of(client, address=LINK):
    """(HTML, plain text) of the two areas to copy from."""
    page = client.get(address).text
    html, text = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return unescape(html), unescape(text)


def test_original_is_offered_under_the_houses_licence(client, house):
    article = make_ferry(standfirst="Eight minutes.", lead_image=make_image())
    assert f'href="{LINK}"' in client.get(article.get_absolute_url()).text
    html, text = offers_of(client)
    assert text == (
        "Ferry news\n\nEight minutes.\n\n"
        f"“Ferry news ({SITE}/articles/ferry/)” by Maren Okafor appeared in "
        f"The Quillmere Courier ({SITE}/) on 3 November 2026. "
        f"Licence: CC BY 4.0 ({house.url}).\n\nSee us ({SITE}/pages/about/) & them."
    )
    assert html.startswith("<h1>Ferry news</h1>") and "<img" not in html
    for address in (f"{SITE}/articles/ferry/", house.url, f"{SITE}/pages/about/"):
        assert f'<a href="{address}"' in html


def test_translation_is_offered_under_its_own_licence_with_its_credit(client, house):
    article = make_ferry()
    licence = make_licence(name="CC BY-SA 4.0", is_share_alike=True, url="")
    make_attribution(article=article, licence=licence, source_work=make_source_work())
    html, text = offers_of(client)
    assert "Licence: CC BY-SA 4.0." in text
    assert "originally appeared at Hafenblatt Nordermoor" in text
    assert text.index("Hafenblatt") < text.index("See us")
    assert '<a href="https://publication-' in html
    assert "same licence" in client.get(LINK).text


@pytest.mark.parametrize("is_original", [True, False])
def test_nothing_is_offered_without_a_licence(client, is_original):
    article = make_ferry()
    if not is_original:
        make_licence(is_house=True)
        make_attribution(article=article)
    assert client.get(LINK).status_code == 404
    assert "republish" not in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("state", ["draft", "embargoed", "ended", "withdrawn"])
def test_nothing_is_offered_that_is_not_live(client, house, state):
    now = timezone.now()
    fields = {"draft": {"status": "draft"}, "withdrawn": {"status": "withdrawn"},
              "embargoed": {"publish_at": now + timedelta(minutes=5)},
              "ended": {"unpublish_at": now - timedelta(minutes=5)}}[state]  # fmt: skip
    make_article(slug="ferry", headline="Secret", **fields)
    response = client.get(LINK)
    assert response.status_code == 404 and "Secret" not in response.text


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"allows_translation": False}, "you may neither translate nor change it"),
        ({"allows_commercial_use": False}, "only where no money is earned"),
        ({"is_share_alike": True}, "under the same licence"),
    ],
)
def test_conditions_are_said_in_plain_sentences(client, house, terms, said):
    make_ferry()
    assert said not in client.get(LINK).text
    type(house).objects.update(**terms)
    assert said in client.get(LINK).text


def test_page_is_for_people_and_not_for_search_engines(client, house):
    make_ferry()
    page = client.get(LINK).text
    assert '<meta name="robots" content="noindex">' in page
    assert client.post(LINK).status_code in {403, 405}
    assert client.get(f"/de{LINK}").status_code == 404


def test_hostile_text_stays_text(client, house):
    evil = "</textarea><script>alert(1)</script>"
    make_article(slug="ferry", headline=f"Ferry {evil}", body=f"<p>x</p>{evil}")
    assert "<script>alert" not in client.get(LINK).text
    html, text = offers_of(client)
    assert "<script" not in html and text.startswith(f"Ferry {evil}")


def test_print_has_the_addresses_of_the_source_and_of_the_article(client):
    article = make_ferry()
    make_attribution(article=article, source_work=make_source_work(url="https://o.example/w"))
    printed = re.findall(r'<p class="print-address">(.*?)</p>', client.get("/articles/ferry/").text)
    assert "https://o.example/w" in printed[0] and f"{SITE}/articles/ferry/" in printed[1]
