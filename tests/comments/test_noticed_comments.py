"""A notice about a comment names one that readers know of; of others nothing is told."""

from datetime import UTC, datetime

import pytest

from articles.models import Article
from comments.editing import erase
from comments.models import Notice, Status
from comments.moderating import Decision, decide_by_rule, hold, reject_spam, remove
from comments.voting import Voter
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
FORM = "/moderation/notice/"
NONE = "There is no such comment on this site."
REMOVED = "This comment was removed already."
LATER = datetime(2100, 1, 1, tzinfo=UTC)
HIDDEN = [{"status": "withdrawn"}, {"publish_at": LATER}]
PLACES = [
    "/comments/{}/",
    "/de/comments/{}/flag/",
    "/comments/{}?x=1",
    "/articles/ferry/#comment-{}",
]


@pytest.fixture
def comment():
    make_site()
    return write(make_article(slug="ferry"), author=make_user())


def give(client, address):
    """What the form says beside the address; '' where the notice was taken."""
    typed = {"address": address, "why": "Insult.", "is_in_good_faith": "on"}
    answer = client.post(FORM, typed)
    assert answer.status_code == (422 if answer.context else 302)
    return " ".join(answer.context["form"].errors["address"]) if answer.context else ""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", ["0", "4711", "9" * 18, "9" * 40])
def test_number_that_no_comment_has_is_told(client, comment, place, number):
    assert give(client, place.format(number)) == NONE
    assert not Notice.objects.exists()


@pytest.mark.parametrize("place", PLACES)
def test_comment_that_readers_see_is_noticed_by_any_of_its_addresses(client, comment, place):
    assert give(client, place.format(comment.pk)) == ""
    assert Notice.objects.get().comment == comment


def hide(comment, what):
    if what == "held by a rule":
        decide_by_rule(comment, Decision(Status.HELD, "abuse"), rule="flags")
    elif what == "erased":
        erase(comment, by=Voter(comment.author))
    else:
        {"held": hold, "spam": reject_spam, "removed": remove}[what](comment, by=make_moderator())


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("held", ""),
        ("held by a rule", ""),
        ("spam", NONE),
        ("erased", NONE),
        ("removed", REMOVED),
    ],
)
def test_of_what_is_hidden_readers_learn_nothing_new(client, comment, what, told):
    hide(comment, what)
    assert give(client, f"/comments/{comment.pk}/") == told


@pytest.mark.parametrize("is_removed", [True, False])
def test_comment_that_no_reader_ever_saw_is_none_whatever_became_of_it(client, comment, is_removed):
    make_site(comment_policy="held")
    held = write(comment.article)
    if is_removed:
        remove(held, by=make_moderator())
    assert give(client, f"/comments/{held.pk}/") == NONE


@pytest.mark.parametrize("status", [Status.PUBLIC, Status.HELD, Status.REMOVED])
@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda hidden: next(iter(hidden)))
def test_comment_of_a_story_that_readers_cannot_read_is_none(client, comment, status, hidden):
    if status != Status.PUBLIC:
        hide(comment, status)
    Article.objects.update(**hidden)
    assert give(client, f"/comments/{comment.pk}/") == NONE
    assert client.get(f"/comments/{comment.pk}/").status_code in (404, 410)


def test_comment_is_there_while_any_edition_of_its_story_is(client, comment):
    make_article(story=comment.article.story, language="de", slug="faehre")
    Article.objects.filter(language="en").update(status="withdrawn")
    assert give(client, f"/comments/{comment.pk}/") == ""


@pytest.mark.parametrize("address", ["/articles/ferry/", "/articles/ferry/comments/", "/about/"])
def test_pages_are_noticed_as_before(client, comment, address):
    assert give(client, address) == ""
    assert Notice.objects.get().comment is None
