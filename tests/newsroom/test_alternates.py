"""The language editions of a story: what readers and what search engines are led to."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Article
from newsroom.alternates import alternates_by_story, alternates_of
from operations.clock import database_now
from tests.builders import make_article, make_site
from tests.translations.builders import make_attribution, make_source_work
from translations.indexing import indexable, is_indexable
from translations.models import Attribution

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
EN, DE, AR = f"{SITE}/articles/ferry/", f"{SITE}/de/articles/faehre/", f"{SITE}/ar/articles/abbara/"
EDITIONS = ("en", "de", "ar")


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=EDITIONS)


@pytest.fixture
def english():
    return make_article(slug="ferry")


def german(english, **fields):
    return make_article(slug="faehre", language="de", story=english.story, **fields)


def links_in(client, article):
    html = client.get(article.get_absolute_url()).text
    return re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)


def switch_in(client, article):
    html = client.get(article.get_absolute_url()).text.partition('class="also-in"')[2]
    return re.findall(r'<a href="([^"]+)"', html.partition("</p>")[0])


def test_versions_list_themselves_each_other_and_one_default(client, english):
    other = german(english)
    third = make_article(slug="abbara", language="ar", story=english.story)
    for article in (other, third):
        make_attribution(article=article, source_article=english)
    expected = [("en", EN), ("de", DE), ("ar", AR), ("x-default", EN)]
    for article in (english, other, third):
        assert links_in(client, article) == expected


def test_original_is_the_default_in_whatever_language(client, english):
    other = german(english)
    make_attribution(article=english, source_article=other)
    assert links_in(client, english)[-1] == ("x-default", DE)


def test_default_languages_version_is_the_default_where_none_is_the_original(client, english):
    work = make_source_work(language="fr")
    for article in (english, german(english)):
        make_attribution(article=article, source_work=work)
    assert links_in(client, english)[-1] == ("x-default", EN)


def test_single_version_lists_nothing(client, english):
    assert links_in(client, english) == [] and switch_in(client, english) == []


@pytest.mark.parametrize("state", ["draft", "embargoed", "ended", "withdrawn", "of no edition"])
def test_version_that_is_not_live_is_told_to_nobody(client, english, state):
    now = timezone.now()
    fields = {"draft": {"status": "draft"}, "withdrawn": {"status": "withdrawn"},
              "embargoed": {"publish_at": now + timedelta(minutes=5)}, "of no edition": {},
              "ended": {"unpublish_at": now - timedelta(minutes=5)}}[state]  # fmt: skip
    german(english, **fields)
    if state == "of no edition":
        make_site(editions=("en", "ar"))
    assert links_in(client, english) == [] and switch_in(client, english) == []
    assert "faehre" not in client.get(english.get_absolute_url()).text


@pytest.mark.parametrize(
    ("terms", "robots", "canonical"),
    [
        ({"method": "machine-raw", "tool": "Babelwright"}, True, DE),
        ({"search_engines": "noindex"}, True, DE),
        ({"search_engines": "canonical", "origin": "republication"}, False, "https://o.example/w"),
        ({}, False, DE),
    ],
)
def test_what_search_engines_shall_not_list_is_for_readers_alone(
    client, english, terms, robots, canonical
):
    other = german(english)
    language = "de" if "origin" in terms else "fr"
    work = make_source_work(language=language, url="https://o.example/w")
    make_attribution(article=other, source_work=work, **terms)
    page = client.get(other.get_absolute_url()).text
    assert ('<meta name="robots" content="noindex">' in page) == robots
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [canonical]
    assert bool(links_in(client, english)) == bool(links_in(client, other)) == (not terms)
    assert switch_in(client, english) and switch_in(client, other)


def test_masthead_leads_to_the_same_story(client, english):
    german(english)
    switch = client.get("/articles/ferry/").text.partition('class="editions"')[2]
    addresses = re.findall(r'<a href="([^"]+)"', switch.partition("</nav>")[0])
    assert addresses == ["/", "/de/articles/faehre/", "/ar/"]


def test_versions_of_one_story_and_of_many_are_the_same(english, django_assert_num_queries):
    german(english)
    lone = make_article()
    asked = {"now": database_now(), "editions": EDITIONS}
    with django_assert_num_queries(1):
        found = alternates_by_story([english.story_id, lone.story_id], **asked)
    for article in (english, lone):
        assert found[article.story_id].links == alternates_of(article, **asked).links


@pytest.mark.parametrize(
    "terms",
    [
        {"search_engines": "index"},
        {"search_engines": "noindex"},
        {"search_engines": "canonical", "origin": "republication"},
        {"method": "machine-raw", "tool": "Babelwright"},
        {"method": "machine-assisted", "tool": "Babelwright"},
        {"method": "machine-assisted", "tool": "Babelwright", "search_engines": "noindex"},
    ],
)
def test_condition_and_row_agree_about_search_engines(english, terms):
    make_attribution(article=english, source_work=make_source_work(language="en-gb"), **terms)
    listed = Article.objects.filter(indexable()).exists()
    assert listed == is_indexable(Attribution.objects.get())


def test_original_without_a_credit_may_be_listed(english):
    assert Article.objects.filter(indexable()).exists() and is_indexable(None)
