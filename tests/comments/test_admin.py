"""The moderators' part of the desk."""

import re

import pytest
from django.contrib.auth.models import Permission

from articles.models import Status as ArticleStatus
from comments.models import Discussion, ModerationEntry
from comments.moderating import hold
from tests.builders import make_article, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/comment/"


@pytest.fixture
def moderator(client):
    moderator = make_moderator()
    client.force_login(moderator)
    return moderator


def test_list_finds_and_decides_nothing(client, moderator):
    comment = write(make_article(), text="Seen by all")
    page = client.get(LIST).text
    assert f'href="{LIST}{comment.pk}/change/"' in page and 'name="action"' not in page
    data = {"action": "remove_selected", "_selected_action": comment.pk}
    assert client.post(LIST, data).status_code == 200
    assert not ModerationEntry.objects.exists()


def test_queue_is_one_click_and_search_finds_a_writer(client, moderator):
    article = make_article()
    waiting = write(article, text="Waiting for a word")
    write(article, text="Seen by all")
    hold(waiting, by=moderator)
    queue = client.get(f"{LIST}?status__exact=held").text
    assert "Waiting for a word" in queue and "Seen by all" not in queue
    assert "Seen by all" in client.get(f"{LIST}?q=ines@readers.example").text


def test_comment_is_read_and_not_rewritten(client, moderator):
    comment = write(make_article(), text="As it was written")
    address = f"{LIST}{comment.pk}/change/"
    assert "As it was written" in client.get(address).text
    assert client.post(address, {"text": "As it pleases"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{comment.pk}/delete/").status_code == 403
    comment.refresh_from_db()
    assert comment.text == "As it was written"


def test_viewer_without_the_right_decides_nothing(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_comment"))
    client.force_login(user)
    comment = write(make_article())
    data = {"act": "spam", "chosen": f"{comment.pk}:0."}
    assert client.post(f"{LIST}{comment.pk}/decide/", data).status_code == 403
    comment.refresh_from_db()
    assert comment.is_public


def test_list_costs_the_same_for_one_and_for_many(client, moderator, django_assert_max_num_queries):
    article, member = make_article(), make_user()
    for _number in range(20):
        write(article, author=member)
        write(make_article())
    for address in (LIST, "/admin/comments/discussion/"):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


def test_closing_a_conversation_leaves_its_counters(client, moderator):
    article = make_article()
    write(article)
    discussion = Discussion.objects.get()
    address = f"/admin/comments/discussion/{discussion.pk}/change/"
    assert article.headline in client.get(address).text
    assert client.post(address, SETTINGS | {"policy": "closed"}).status_code == 302
    discussion.refresh_from_db()
    assert (discussion.policy, discussion.comment_count) == ("closed", 1)


SETTINGS = {"policy": "open", "slow_seconds": "0"}
ADD = "/admin/comments/discussion/add/"


def offered(client) -> set[int]:
    """The articles below which a conversation can be begun."""
    return {int(pk) for pk in re.findall(r'<option value="(\d+)"', client.get(ADD).text)}


def test_moderator_begins_the_conversation_of_a_silent_story(client, moderator):
    article = make_article(slug="ferry")
    assert offered(client) == {article.pk}
    response = client.post(ADD, SETTINGS | {"article": article.pk, "policy": "closed"})
    assert response.status_code == 302
    discussion = Discussion.objects.get()
    assert (discussion.story, discussion.policy) == (article.story, "closed")
    assert "This conversation is closed." in client.get("/articles/ferry/").text
    assert offered(client) == set()


def test_story_that_has_a_conversation_is_not_offered(client, moderator):
    write(article := make_article())
    make_article(story=article.story, language="de")
    response = client.post(ADD, SETTINGS | {"article": article.pk, "policy": "closed"})
    assert response.status_code == 422 and "Select a valid choice." in response.text
    assert offered(client) == set() and Discussion.objects.get().policy == "open"


@pytest.mark.parametrize(
    ("status", "is_offered"),
    [
        (ArticleStatus.DRAFT, False),
        (ArticleStatus.PUBLISHED, True),
        (ArticleStatus.WITHDRAWN, True),
    ],
)
def test_no_draft_is_offered(client, moderator, status, is_offered):
    article = make_article(status=status, headline="Secret draft")
    assert offered(client) == ({article.pk} if is_offered else set())
    assert client.post(ADD, SETTINGS | {"article": article.pk}).status_code == (
        302 if is_offered else 422
    )
    assert Discussion.objects.exists() == is_offered


def test_beginning_a_conversation_needs_the_right(client, moderator):
    moderator.user_permissions.remove(Permission.objects.get(codename="add_discussion"))
    assert client.post(ADD, {"article": make_article().pk}).status_code == 403
    assert not Discussion.objects.exists()
