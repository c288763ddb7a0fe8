"""Who translates, from which into which languages: for readers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Contributor, Role
from newsroom.page_keys import key_of
from tests.builders import make_article, make_contributor, make_site
from tests.translations.builders import make_attribution, make_source_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    make_site()


@pytest.fixture
def mina() -> Contributor:
    return make_contributor(name="Mina Drost", slug="mina")


def translate(person: Contributor, *, source: str = "de", **fields) -> Article:
    """A live translation of a work elsewhere, with somebody else in the byline too."""
    byline = [(make_contributor(name="Oona"), Role.ILLUSTRATOR), (person, Role.TRANSLATOR)]
    article = make_article(byline=byline, **fields)
    make_attribution(article=article, source_work=make_source_work(language=source))
    return article


def test_everybody_who_translates_is_named_with_languages_and_pieces(client: Client, mina):
    translate(make_contributor(name="Álvaro"), source="pt-br", language="tr")
    for language in ("en", "en", "ar"):
        translate(mina, language=language)
    page = client.get("/translators/").text
    assert page.index("Mina Drost") < page.index("Álvaro")
    assert "Oona" not in page
    for line in (
        "from German into English · 2 pieces",
        "from German into Arabic · 1 piece<",
        "from Portuguese (Brazil) into Turkish · 1 piece<",
    ):
        assert line in page


def test_piece_of_two_translators_counts_for_both(client: Client, mina):
    vera = make_contributor(name="Vera Lunina")
    byline = [(mina, Role.TRANSLATOR), (vera, Role.TRANSLATOR), (mina, Role.REVIEWER)]
    make_attribution(article=make_article(byline=byline))
    page = client.get("/translators/").text
    assert page.count("from German into English · 1 piece<") == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"publish_at": timezone.now() + timedelta(days=1)},
        {"unpublish_at": timezone.now() - timedelta(minutes=1)},
        {"language": "tr"},
    ],
    ids=["draft", "withdrawn", "scheduled", "ended", "no edition"],
)
def test_what_readers_cannot_see_makes_nobody_a_translator(client: Client, mina, fields):
    make_site(editions=("en", "de"))
    translate(mina, **fields)
    assert "No translation has appeared yet." in client.get("/translators/").text
    assert "Translates" not in client.get("/contributors/mina/").text


def test_translation_of_our_own_article_counts(client: Client, mina):
    source = make_article(language="ru")
    article = make_article(story=source.story, byline=[(mina, Role.TRANSLATOR)])
    make_attribution(article=article, source_article=source)
    assert "from Russian into English · 1 piece<" in client.get("/contributors/mina/").text


def test_contributors_page_leads_to_all_translators(client: Client, mina):
    translate(mina)
    page = client.get("/de/contributors/mina/").text
    assert 'href="/de/translators/"' in page
    assert "/translators/" in client.get("/").text
    assert "Deutsch" in page
    assert "Translates" not in client.get("/contributors/mina/?page=2").text


@pytest.mark.parametrize("edition", ["", "/de", "/tr", "/ru", "/ar"])
def test_page_stands_in_every_edition(client: Client, mina, edition):
    translate(mina)
    assert "Mina Drost" in client.get(f"{edition}/translators/").text


def test_page_costs_the_same_for_one_and_for_many(client: Client, mina):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/translators/")
        return len(captured)

    translate(mina)
    one = cost()
    for number in range(10):
        translate(make_contributor(name=f"Vera {number}"), source="fr")
    assert cost() == one


def test_page_is_kept_whatever_is_asked_of_it():
    environ = {"PATH_INFO": "/de/translators/", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    assert key_of(environ | {"QUERY_STRING": "x=1"}) == key_of(environ) is not None
