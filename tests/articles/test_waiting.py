"""What waits for whom: to be judged, to be changed, to be published."""

import pytest

from articles import drafts, waiting
from articles.models import Remit, Role
from articles.waiting import oldest_drafts, waiting_for
from tests.articles.review import bring_to, newest
from tests.builders import make_colleague, make_contributor, make_site

pytestmark = pytest.mark.django_db
# Who is told of a text in this state: its writer, an editor who saved a draft of it before it was
# submitted, a reporter, an editor, an editor who is in its byline.
TOLD = """
state              writer     helper     reporter  editor      bylined
draft              -          -          -         -           -
in_review          -          -          -         to_review   -
changes_requested  to_change  to_change  -         -           to_change
approved           to_publish to_publish -         to_publish  to_publish
"""
WHO = ("writer", "helper", "reporter", "editor", "bylined")
CELLS = [
    (line.split()[0], who, cell)
    for line in TOLD.strip().splitlines()[1:]
    for who, cell in zip(WHO, line.split()[1:], strict=True)
]


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.mark.parametrize("is_live", [False, True])
@pytest.mark.parametrize(("state", "who", "cell"), CELLS)
def test_people_are_told_of_what_they_are_to_do(state, who, cell, is_live):
    people = {
        "writer": make_colleague("reporter"),
        "helper": make_colleague("editor"),
        "reporter": make_colleague("reporter"),
        "editor": make_colleague("editor"),
        "bylined": make_colleague("editor"),
    }
    byline = [(make_contributor(user=people["bylined"]), Role.REPORTER)]
    helper = people["helper"]
    article = bring_to(state, is_live=is_live, by=people["writer"], byline=byline, helper=helper)
    told = waiting_for(people[who])
    assert [name for name, those in told._asdict().items() if article in those] == (
        [] if cell == "-" else [cell]
    )
    assert bool(told) == (cell != "-")


def test_nobody_is_asked_to_judge_what_was_discarded():
    article, editor = bring_to("in_review", is_live=True), make_colleague("editor")
    drafts.discard_draft(article, by=editor, seen=newest(article))
    assert not waiting_for(editor)


@pytest.mark.parametrize(("language", "is_told"), [("en", True), ("de", False)])
def test_nothing_waits_for_anybody_outside_of_their_remit(language, is_told):
    bring_to("in_review")
    bring_to("draft")
    editor = make_colleague("editor")
    Remit.objects.create(user=editor, languages=[language])
    assert bool(waiting_for(editor)) == is_told
    assert oldest_drafts(editor).exists() == is_told


def test_longest_waiting_comes_first():
    articles = [bring_to("in_review") for _each in range(3)]
    assert waiting_for(make_colleague("editor")).to_review == articles


def test_what_is_not_theirs_to_do_takes_no_place_of_what_is(monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 1)
    editor = make_colleague("editor")
    bring_to("in_review", by=editor)
    bring_to("changes_requested")
    other = bring_to("in_review")
    assert waiting_for(editor).to_review == [other]
