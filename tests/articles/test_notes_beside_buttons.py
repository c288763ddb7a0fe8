"""A note to colleagues is kept, whichever button sends the form in which it was typed."""

import pytest

from articles.models import Article, Autosave, ReviewEntry, Role, Status
from tests.articles.review import bring_to
from tests.articles.test_autosave import typed_into
from tests.articles.test_draft_form import address, send
from tests.builders import make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
NOTE = "Ask the board once more."


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("editor", username="ines"))
    return client


def notes():
    return [(entry.kind, entry.text) for entry in ReviewEntry.objects.all()]


@pytest.mark.parametrize("button", ["_save", "_continue", "_publish", "_withdraw", "_discard"])
def test_note_is_kept_beside_every_button_of_a_live_article(desk, button):
    article = bring_to("draft", is_live=True)
    answer = send(desk, article, review_text=NOTE, **{button: "1"})
    assert (answer.status_code, notes()) == (302, [("note", NOTE)])
    assert NOTE in desk.get(address(article)).text


@pytest.mark.parametrize("button", ["_save", "_continue", "_publish"])
def test_note_is_kept_beside_every_button_of_a_draft(desk, button):
    article = bring_to("draft", byline=[(make_contributor(), Role.REPORTER)])
    answer = send(desk, article, review_text=NOTE, **{button: "1"})
    assert (answer.status_code, notes()) == (302, [("note", NOTE)])
    assert (Article.objects.get().status == Status.PUBLISHED) == (button == "_publish")


def test_nothing_is_said_where_nothing_was_typed(desk):
    send(desk, bring_to("draft", is_live=True), review_text=" \n", _continue="1")
    assert notes() == []


def test_note_that_is_too_long_saves_nothing_and_comes_back(desk):
    article = bring_to("draft", is_live=True)
    count = article.revisions.count()
    answer = send(desk, article, review_text="x" * 2001, headline="Typed", _publish="1")
    assert (answer.status_code, article.revisions.count(), notes()) == (422, count, [])
    assert "x" * 2001 in answer.text
    assert "at most 2000 characters" in answer.text.partition('id="review"')[2]


def test_note_that_was_typed_and_never_saved_is_offered_and_brought_back(desk):
    article = bring_to("draft", is_live=True)
    desk.post(address(article, "autosave"), typed_into(desk, article, review_text=NOTE))
    assert "You typed until" in desk.get(address(article)).text
    form = form_of(desk, f"{address(article)}?restore=autosave")
    assert form["review_text"] == [NOTE]
    desk.post(address(article), form | {"_continue": "1"})
    assert (notes(), Autosave.objects.count()) == ([("note", NOTE)], 0)
