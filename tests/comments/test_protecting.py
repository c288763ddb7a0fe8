"""Authors hold or close the conversations below their own stories, and nothing else."""

import re

import pytest

from articles.models import Contribution, Role
from comments.admin import conversations
from comments.models import Comment, Discussion, Status
from tests.builders import make_article, make_colleague, make_contributor
from tests.comments.builders import write

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/discussion/", "/admin/comments/discussion/add/"


@pytest.fixture
def reporter(client):
    person = make_colleague("reporter")
    client.force_login(person)
    return person


@pytest.fixture
def own(reporter):
    return sign(make_article(slug="ferry"), reporter)


def sign(article, person, role=Role.REPORTER):
    contributor = make_contributor(user=person)
    Contribution.objects.create(article=article, contributor=contributor, role=role)
    return article


def page_of(article) -> str:
    return f"{LIST}{Discussion.objects.get(story=article.story_id).pk}/change/"


@pytest.mark.parametrize("policy", ["held", "closed", "members"])
def test_author_protects_their_own_story(client, own, policy):
    write(own)
    assert client.post(page_of(own), {"policy": policy}).status_code == 302
    assert Discussion.objects.get().policy == policy
    if policy == "held":
        assert write(own).status == Status.HELD


def test_author_protects_it_before_anybody_writes(client, own):
    make_article(slug="bakery")
    assert re.findall(r'<option value="(\d+)"', client.get(ADD).text) == [str(own.pk)]
    assert client.post(ADD, {"article": own.pk, "policy": "closed"}).status_code == 302
    assert Discussion.objects.get().policy == "closed"


@pytest.mark.parametrize(
    ("before", "after"),
    [("held", "open"), ("held", "members"), ("members", "open"), ("members", "held"),
     ("closed", "held")],
)  # fmt: skip
def test_author_reopens_nothing(client, own, before, after):
    """Held first, guests would write again where a moderator had left the talk to members."""
    write(own)
    Discussion.objects.update(policy=before)
    response = client.post(page_of(own), {"policy": after})
    assert response.status_code == 422
    assert Discussion.objects.get().policy == before
    assert client.post(page_of(own), {"policy": "closed"}).status_code == 302


@pytest.mark.parametrize(("status", "answer"), [("draft", 302), ("published", 200)])
def test_beginning_an_edition_makes_nobody_author_of_the_story(client, reporter, status, answer):
    live = make_article(slug="bakery")
    sign(make_article(story=live.story, language="de", status=status), reporter)
    write(live)
    assert client.get(page_of(live)).status_code == answer


def test_what_began_while_the_form_was_checked_stays(client, own, monkeypatch):
    def begin_meanwhile(story: int, days: int | None) -> None:
        Discussion.objects.create(story_id=story, policy="closed")

    monkeypatch.setattr(conversations, "closing_of", begin_meanwhile)
    page = client.post(ADD, {"article": own.pk, "policy": "held"}, follow=True)
    assert Discussion.objects.get().policy == "closed"
    assert "has begun meanwhile: nothing of it was changed" in page.text


def test_author_sets_nothing_else(client, own):
    write(own)
    sent = {"policy": "held", "slow_seconds": "60", "closes_after_days": "1", "invites": "on"}
    client.post(page_of(own), sent)
    discussion = Discussion.objects.get()
    assert (discussion.slow_seconds, discussion.closes_at, discussion.invites) == (0, None, False)


@pytest.mark.parametrize("role", [None, Role.TRANSLATOR, Role.PHOTOGRAPHER])
def test_others_stories_are_not_there(client, reporter, role):
    other = make_article(slug="bakery")
    if role:
        sign(other, reporter, role)
    write(other)
    assert client.post(page_of(other), {"policy": "closed"}).status_code == 302  # to the desk
    assert client.post(ADD, {"article": other.pk, "policy": "closed"}).status_code == 422
    assert Discussion.objects.get().policy == "open"
    assert page_of(other) not in client.get(LIST).text


def test_moderator_opens_it_again(client, own):
    write(own)
    Discussion.objects.update(policy="closed")
    client.force_login(make_colleague("moderator"))
    sent = {"policy": "open", "slow_seconds": "0", "closes_after_days": ""}
    assert client.post(page_of(own), sent).status_code == 302
    assert write(own, in_reply_to=Comment.objects.get()).is_public
