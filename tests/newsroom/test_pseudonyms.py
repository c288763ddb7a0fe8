"""A name in a byline that is not the person's own protects the person: nothing public tells."""

import pytest

from articles.models import Contribution, Role
from comments.fragment import badges
from tests.builders import make_article, make_contributor, make_image, make_site, make_user
from tests.comments.builders import write
from tests.translations.builders import make_attribution, make_licence, make_source_work

pytestmark = pytest.mark.django_db
REAL, PSEUDONYM = "Maren Okafor", "A. Lantern"


@pytest.fixture
def maren():
    make_site(editions=("en", "de"))
    portrait, account = make_image(alt="Maren at her desk"), make_user(username="maren")
    return make_contributor(slug="maren", name=REAL, portrait=portrait, user=account)


def make_piece(person, *, credited_as=PSEUDONYM, role=Role.REPORTER, **fields):
    article = make_article(byline=[(person, role)], **fields)
    Contribution.objects.update(credited_as=credited_as)
    return article


ABOUT_THE_ARTICLE = [
    "/", "/sections/harbour/", "/feeds/latest.rss", "/feeds/latest.atom", "/feeds/latest.json",
    "/articles/lamps/", "/articles/lamps/republish/", "/articles/lamps/comments/",
]  # fmt: skip


@pytest.mark.parametrize("role", [Role.REPORTER, Role.TRANSLATOR])
@pytest.mark.parametrize("address", ABOUT_THE_ARTICLE)
def test_pages_with_the_article_tell_the_pseudonym_alone(client, maren, address, role):
    make_licence(is_house=True)
    article = make_piece(maren, slug="lamps", role=role)
    if role == Role.TRANSLATOR and "republish" not in address:
        make_attribution(article=article, source_work=make_source_work())
    write(article, author=maren.user)
    text = client.get(address).text
    assert PSEUDONYM in text or "comments" in address or role == Role.TRANSLATOR
    for told in (REAL, "contributors/maren", "Maren at her desk"):
        assert told not in text


ABOUT_THE_PERSON = [
    "/contributors/maren/", "/contributors/maren/feeds/latest.atom",
    "/contributors/maren/feeds/latest.json", "/translators/",
]  # fmt: skip


@pytest.mark.parametrize("address", ABOUT_THE_PERSON)
def test_pages_of_the_person_do_not_tell_of_the_article(client, maren, address):
    article = make_piece(maren, role=Role.TRANSLATOR, headline="What the lamps saw")
    make_attribution(article=article, source_work=make_source_work())
    text = client.get(address).text
    assert "What the lamps saw" not in text and PSEUDONYM not in text
    if address == "/translators/":
        assert REAL not in text


def test_without_a_pseudonym_the_two_lead_to_each_other(client, maren):
    make_piece(maren, credited_as="", slug="lamps", headline="What the lamps saw")
    page = client.get("/articles/lamps/").text
    assert REAL in page and "/contributors/maren/" in page
    assert "What the lamps saw" in client.get("/contributors/maren/").text
    assert "What the lamps saw" in client.get("/contributors/maren/feeds/latest.rss").text


def test_comments_of_the_person_bear_no_badge(maren):
    assert badges(make_piece(maren)) == {}
    assert badges(make_piece(maren, credited_as="")) == {maren.user_id: "reporter"}


def test_credit_names_the_translator_as_the_byline_does(client, maren):
    article = make_piece(maren, role=Role.TRANSLATOR, slug="lamps")
    make_attribution(article=article, source_work=make_source_work())
    assert f"translated by <bdi>{PSEUDONYM}</bdi>" in client.get("/articles/lamps/").text
