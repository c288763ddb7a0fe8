"""One conversation in several languages: all of it, or this edition's."""

import pytest

from tests.builders import make_article, make_site
from tests.comments.builders import write
from tests.comments.pages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    """An English thread with a German answer, another English one, and a German one."""
    make_site()
    article = make_article(slug="ferry")
    german = make_article(story=article.story, language="de", slug="faehre")
    english = write(article)
    answer = write(german, in_reply_to=english)
    write(article, in_reply_to=english)
    other = write(article)
    return english, answer, other, write(german)


def test_edition_shows_all_languages_and_counts_both(client, talk):
    html = client.get("/de/articles/faehre/comments/").text
    assert len(shown(html)) == 5
    assert "Deutsch (2)" in html and "(5)" in html
    assert "English (3)" in client.get("/articles/ferry/comments/").text


def test_one_language_comes_with_what_it_answers(client, talk):
    english, answer, other, german = talk
    html = client.get("/articles/ferry/comments/?lang=de").text
    assert shown(html) == [german.pk, english.pk, answer.pk]
    assert str(other.pk) not in map(str, shown(html))


def test_conversation_in_one_language_offers_no_choice(client):
    write(make_article(slug="ferry"))
    assert "comment-languages" not in client.get("/articles/ferry/comments/").text


@pytest.mark.parametrize("language", ["xx", "", "DE"])
def test_language_that_does_not_exist_is_not_found(client, talk, language):
    assert client.get(f"/articles/ferry/comments/?lang={language}").status_code == 404
