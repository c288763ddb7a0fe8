"""Standing pages: each edition's own, and the way between the editions."""

import re

import pytest

from articles.models import Page
from tests.builders import make_site

pytestmark = pytest.mark.django_db
LINKS = re.compile(r'<link rel="alternate" hreflang="([a-z-]+)" href="[a-z]+://[^/"]+(/[^"]*)">')


@pytest.fixture(autouse=True)
def paper():
    make_site(editions=("en", "de"))
    for language in ("en", "de", "tr"):
        make_page("about", language=language)


def make_page(slug, *, language="en", **fields):
    return Page.objects.create(
        slug=slug, language=language, title=f"{slug} {language}", body="<p>We</p>", **fields
    )


def test_page_names_its_other_editions_for_search_engines_and_readers(client):
    page = client.get("/de/pages/about/").text
    links = [pair for pair in LINKS.findall(page) if "feeds" not in pair[1]]
    told = [("en", "/pages/about/"), ("de", "/de/pages/about/"), ("x-default", "/pages/about/")]
    assert links == told
    assert 'href="/pages/about/" lang="en"' in page
    sitemap = client.get("/sitemaps/pages.xml").text
    assert sitemap.count("/pages/about/") == 2 * (1 + len(told))


def test_page_of_one_edition_leads_to_the_others_front_pages(client):
    make_page("imprint")
    page = client.get("/pages/imprint/").text
    assert "hreflang=" not in page.partition("<body")[0]
    assert 'href="/de/" lang="de"' in page


def test_footer_has_the_edition_s_pages_in_their_order(client):
    make_page("privacy", position=2), make_page("imprint", position=1)
    footer = client.get("/").text.partition("<footer")[2]
    assert footer.index("about en") < footer.index("imprint en") < footer.index("privacy en")
    assert "about de" not in footer
