"""Review of a text: who may do what in which state, and what resets it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles import drafts
from articles.models import Article, ReviewEntry, ReviewState, Role
from articles.models.standing import review_state
from articles.publishing import publish
from articles.reviewing import approve, note, request_changes, submit
from tests.articles.review import STATES, bring_to, make_saved, newest, save
from tests.builders import make_colleague, make_contributor, make_site

pytestmark = pytest.mark.django_db
VERBS = {
    "submit": lambda article, by: submit(article, by=by),
    "request_changes": lambda article, by: request_changes(article, by=by, text="Shorter."),
    "approve": lambda article, by: approve(article, by=by, seen=newest(article)),
    "note": lambda article, by: note(article, by=by, text="Well done."),
}
OUTCOMES = """
verb             draft      in_review          changes_requested  approved
submit           in_review  in_review          in_review          refused
request_changes  refused    changes_requested  changes_requested  changes_requested
approve          refused    approved           approved           approved
note             draft      in_review          changes_requested  approved
"""
WHO_MAY = """
verb             reporter translator editor moderator fundraiser chief
submit           yes      yes        yes    no        no         yes
request_changes  no       no         yes    no        no         yes
approve          no       no         yes    no        no         yes
note             yes      yes        yes    no        no         yes
"""


def table(text):
    """[(row, column, cell)]"""
    head, *lines = (line.split() for line in text.strip().splitlines())
    return [(row, *pair) for row, *cells in lines for pair in zip(head[1:], cells, strict=True)]


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.mark.parametrize(("verb", "state", "outcome"), table(OUTCOMES))
@pytest.mark.parametrize("is_live", [False, True])
def test_verbs_lead_from_state_to_state(verb, state, outcome, is_live):
    article = bring_to(state, is_live=is_live)
    assert review_state(article) == state
    editor = make_colleague("editor")
    if outcome == "refused":
        with pytest.raises(ValidationError):
            VERBS[verb](article, editor)
        assert review_state(article) == state
    else:
        VERBS[verb](article, editor)
        assert review_state(article) == outcome


@pytest.mark.parametrize(("verb", "role", "cell"), table(WHO_MAY))
def test_verbs_are_for_whoever_has_the_right(verb, role, cell):
    article = bring_to("draft" if verb == "submit" else "in_review")
    person, before = make_colleague(role), ReviewEntry.objects.count()
    if cell == "yes":
        VERBS[verb](article, person)
    else:
        with pytest.raises(PermissionDenied):
            VERBS[verb](article, person)
    assert (ReviewEntry.objects.count() > before) == (cell == "yes")


@pytest.mark.parametrize("verb", VERBS)
def test_repeating_a_verb_writes_nothing(verb):
    article, editor = bring_to("draft"), make_colleague("editor")
    submit(article, by=make_colleague("reporter"))
    first = VERBS[verb](article, editor)
    count = ReviewEntry.objects.count()
    assert VERBS[verb](article, editor) == first
    assert ReviewEntry.objects.count() == count


@pytest.mark.parametrize(
    ("state", "then"),
    [("draft", "draft"), ("in_review", "in_review"), ("changes_requested", "changes_requested"),
     ("approved", "draft")],
)  # fmt: skip
def test_saving_resets_an_approval_and_nothing_else(state, then):
    article = bring_to(state)
    save(article, by=make_colleague("reporter"), headline="One more word")
    assert review_state(article) == then


@pytest.mark.parametrize("state", STATES)
def test_publishing_ends_the_review(state):
    article = bring_to(state, byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=make_colleague("editor"))
    assert review_state(article) == ReviewState.DRAFT


def test_approving_takes_what_was_read():
    article = bring_to("in_review")
    read = newest(article)
    save(article, by=make_colleague("reporter"), headline="One more word")
    with pytest.raises(drafts.StaleDraft):
        approve(article, by=make_colleague("editor"), seen=read)
    assert review_state(article) == ReviewState.IN_REVIEW


@pytest.mark.parametrize("verb", VERBS)
def test_article_that_nobody_saved_is_no_text_to_speak_of(verb):
    article = Article.objects.create(story=make_saved().story, language="de")
    with pytest.raises(ValidationError, match="Nothing is saved yet"):
        VERBS[verb](article, make_colleague("editor"))


@pytest.mark.parametrize("verb", ["submit", "request_changes", "approve"])
def test_text_that_readers_know_is_not_reviewed(verb):
    article = make_saved(byline=[(make_contributor(), Role.REPORTER)])
    editor = make_colleague("editor")
    publish(article, by=editor)
    drafts.save_draft(article, by=editor, based_on=newest(article))
    with pytest.raises(ValidationError, match="Nothing waits here"):
        VERBS[verb](article, editor)
    note(article, by=editor, text="Still true?")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_changes_are_asked_for_in_words(text):
    with pytest.raises(ValidationError, match="Say what is to be changed"):
        request_changes(bring_to("in_review"), by=make_colleague("editor"), text=text)


def test_review_of_a_draft_that_is_submitted_again_names_its_newest_text():
    article, reporter = bring_to("draft"), make_colleague("reporter")
    first = submit(article, by=reporter)
    save(article, by=reporter, headline="Better")
    second = submit(article, by=reporter)
    assert (first.revision.number, second.revision) == (1, newest(article))
