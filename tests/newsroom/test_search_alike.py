"""Where nothing has the words, headlines that are like them are shown instead."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from articles.models import Role
from articles.resembling import articles_alike, similar_words
from articles.searching import Asked, searchable
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_section, make_site
from tests.comments.builders import write

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de", "tr"))


def alike(client, address):
    """The headlines that the page offers where it has found none."""
    context = client.get(address).context
    assert context["results"] == []
    return [article.headline for article, *_shown in context.get("alike") or ()]


def test_part_of_a_compound_is_found(client):
    make_article(headline="Die Leuchtturmwärterin geht", language="de")
    make_article(headline="Die Fähre kommt", language="de")
    assert alike(client, "/de/search/?q=turm") == ["Die Leuchtturmwärterin geht"]
    page = client.get("/de/search/?q=turm").text
    assert "Es wurde nichts gefunden" in page or "Nichts" in page
    assert page.index("Leuchtturmwärterin") > page.index('class="nothing"')


def test_language_without_forms_is_compared_by_letters():
    article = make_article(headline="გემები ნავსადგურში", language="ka")
    asked = Asked("ნავსადგურმა", searchable("ნავსადგურმა", ["ka"]))
    assert articles_alike(asked, [asked.words], now=database_now()) == [article]


def test_words_that_something_has_offer_nothing_else(client):
    make_article(headline="The ferry")
    make_article(headline="The ferryman")
    assert "alike" not in client.get("/search/?q=ferry").context


def test_better_spelling_goes_before_what_is_alike(client):
    make_article(headline="The ferry")
    context = client.get("/search/?q=fery").context
    assert context["suggestion"] == "ferry" and "alike" not in context


@pytest.mark.parametrize(
    "hidden",
    [{"publish_at": HOUR}, {"publish_at": -2 * HOUR, "unpublish_at": -HOUR}, {"language": "tr"}],
    ids=["later", "over", "other-edition"],
)
def test_nothing_is_offered_that_a_reader_would_not_find(client, hidden):
    now = timezone.now()
    given = {key: value if key == "language" else now + value for key, value in hidden.items()}
    make_article(headline="Die Leuchtturmwärterin", **{"language": "de", **given})
    assert alike(client, "/de/search/?q=turm") == []


def test_what_is_alike_is_narrowed_too(client):
    maren = [(make_contributor(name="Maren Okafor"), Role.REPORTER)]
    make_section(slug="town")
    make_article(headline="Leuchtturmwärter", language="de", byline=maren,
                 section=make_section(slug="sea"))  # fmt: skip
    address = "/de/search/?q=turm&"
    for narrowed in ("section=sea", "by=okafor"):
        assert alike(client, address + narrowed) == ["Leuchtturmwärter"], narrowed
    for narrowed in ("section=town", "by=mina"):
        assert alike(client, address + narrowed) == [], narrowed


def test_comments_are_found_by_their_words_alone(client):
    write(make_article(headline="The lighthouses"), text="A gull")
    assert alike(client, "/search/?q=lighthousz&in=comments") == []


@pytest.mark.parametrize("words", ["12 345", "ab", "x -y", "the of zab"])
def test_too_little_is_like_nothing(client, words):
    make_article(headline="The abbot of 1234 xylophones")
    assert alike(client, f"/search/?q={words}") == []


def test_words_that_are_too_common_are_compared_with_nothing():
    make_article(headline="The ferry and these others")
    asked = Asked("the fery and for with this", ["en"])
    assert similar_words(asked, now=database_now()) == {"fery": "ferry"}
    assert "the" in similar_words(replace(asked, languages=["de"]), now=database_now())


def test_only_the_first_words_are_compared():
    asked = Asked("gull mole quay ferry harbour", ["en"])
    assert list(similar_words(asked, now=database_now())) == ["gull", "mole", "quay"]


@pytest.mark.parametrize("address", ["/search/?q=fery", "/search/?q=turm&lang=de"])
def test_headings_follow_each_other(client, address):
    make_article(headline="Die Leuchtturmwärterin", language="de")
    page = client.get(address).text.partition("<main")[2]
    levels = [int(level) for level in re.findall("<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels == ([1, 2, 3] if "turm" in address else [1])


def test_turkish_capitals_are_compared_as_turkish(client):
    make_article(headline="Limandaki ışıklar", language="tr")
    assert client.get("/tr/search/", {"q": "IŞIKLER"}).context["suggestion"] == "ışıklar"
