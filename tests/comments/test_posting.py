"""Writing a comment: who, where, and what is refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.leaving import leave
from articles.models import Status as ArticleStatus
from comments.models import Comment, Discussion, Status
from comments.moderating import approve, hold, remove
from comments.posting import post
from comments.refusals import Closed, NotPublic
from comments.signs import Signs
from comments.tasks import mail_moderator, mail_moderators
from operations.clock import database_now
from operations.models import SiteSettings
from pagecache import running
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, typed, write
from tests.operations.wires import ways

pytestmark = pytest.mark.django_db


def counters(article) -> tuple[int, int]:
    discussion = Discussion.objects.of_story(article.story_id)
    return discussion.comment_count, discussion.thread_count


def test_guest_and_member_talk_below_one_story():
    article = make_article()
    edition = make_article(story=article.story, language="de")
    root = write(article, guest=make_guest(name="  Ines   Halloran "))
    reply = write(edition, author=make_user(first_name="Maren"), in_reply_to=root)
    assert (root.name, reply.name) == ("Ines Halloran", "Maren")
    assert (root.language, reply.language) == ("en", "de")
    assert root.discussion == reply.discussion
    assert counters(article) == (2, 1)
    root.refresh_from_db()
    assert root.reply_count == 1


def test_comment_is_public_at_once_with_its_time():
    comment = write(make_article())
    assert comment.is_public
    assert comment.public_at == comment.created_at


def test_held_first_waits_uncounted_and_tells_the_moderators():
    make_site(comment_policy="held")
    moderator = make_user(username="nadia", language="en")
    moderator.groups.add(Group.objects.get_or_create(name="moderator")[0])
    article = make_article()
    comment = write(article, text="Is the ferry late again?")
    assert comment.status == Status.HELD and comment.public_at is None
    assert counters(article) == (0, 0)
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [comment.pk]
    assert mail_moderators.call(comment.pk) == 1
    assert DBTaskResult.objects.filter(args_kwargs__args=[comment.pk, moderator.pk]).exists()
    assert mail_moderator.call(comment.pk, moderator.pk)
    (message,) = mail.outbox
    assert message.to == [moderator.email]
    assert f"/admin/comments/comment/{comment.pk}/change/" in message.body
    assert "Is the ferry late again?" in message.body


@pytest.mark.parametrize("change", ["decided", "demoted", "left"])
def test_moderator_is_not_told_of_what_is_decided_or_once_they_are_none(change):
    make_site(comment_policy="held")
    comment, moderator = write(make_article()), make_colleague("moderator")
    if change == "decided":
        approve(comment, by=moderator)
    elif change == "demoted":
        moderator.groups.clear()
    else:
        leave(moderator, keeps_comments=True)
    assert not mail_moderator.call(comment.pk, moderator.pk)
    assert mail.outbox == []


def test_closed_site_and_closed_conversation_take_no_comments():
    article = make_article()
    first = write(article)
    Discussion.objects.update(policy="closed")
    with pytest.raises(Closed):
        write(article, in_reply_to=Comment.objects.get(pk=first.pk))
    Discussion.objects.update(policy="open")
    make_site(comment_policy="closed")
    with pytest.raises(Closed):
        write(article)
    make_site(comment_policy="open")
    write(article)
    assert counters(article) == (2, 2)


@pytest.mark.parametrize("hide", [hold, remove])
def test_hidden_comment_takes_no_reply(hide):
    article = make_article()
    hidden = write(article)
    stale = Comment.objects.get(pk=hidden.pk)
    hide(hidden, by=make_moderator())
    with pytest.raises(NotPublic):
        write(article, in_reply_to=stale)
    assert Comment.objects.count() == 1
    assert counters(article) == (0, 0)


def test_reply_stays_within_its_story():
    elsewhere = write(make_article())
    article = make_article()
    with pytest.raises(NotPublic):
        write(article, in_reply_to=elsewhere)
    assert counters(article) == (0, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": ArticleStatus.DRAFT},
        {"status": ArticleStatus.WITHDRAWN},
        {"publish_at": timezone.now() + timedelta(days=365)},
        {"unpublish_at": timezone.now()},
    ],
)
def test_nobody_writes_below_what_is_not_live(changes):
    with pytest.raises(NotPublic):
        write(make_article(**changes))
    assert Comment.objects.count() == 0


def test_verb_refuses_what_nobody_could_read():
    article = make_article()
    for text, name in (("", "Ines"), ("Hello", "\u200b"), ("\u202eolleH", "Ines")):
        with pytest.raises(ValidationError):
            post(article, text=text, guest=make_guest(name=name), now=database_now())
    assert Comment.objects.count() == 0


def test_comment_is_by_exactly_one_kind_of_writer():
    article, member = make_article(), make_user()
    for author, guest in ((None, None), (member, make_guest())):
        with pytest.raises(IntegrityError), transaction.atomic():
            post(article, text="Hello", author=author, guest=guest, now=database_now())


def test_reply_costs_a_fixed_number_of_queries(django_assert_num_queries):
    article = make_article()
    root = write(article)
    with django_assert_num_queries(8 + 3):  # the clock, and the test's savepoint
        write(article, in_reply_to=root)


@pytest.mark.django_db(transaction=True)
def test_reply_waits_for_the_database_four_times(monkeypatch):
    """BEGIN with claim and facts, the place with its lock, the row with the counters, COMMIT."""
    monkeypatch.setattr(running, "tell", lambda _tags: None)  # as where pages are served
    article, guest = make_article(), make_guest()
    root, now = write(article), database_now()
    for number in range(4):  # prepared from the second time on
        with ways() as went:
            post(article, text=f"Ahoy {number}", guest=guest, now=now, in_reply_to=root,
                 writer="ines", site=SiteSettings(), network="203.0.113.0/24",
                 signs=Signs(seconds=60))  # fmt: skip
    assert went.number == 4


@pytest.mark.django_db(transaction=True)
def test_reply_by_its_form_waits_for_the_database_six_times(client, monkeypatch):
    """What is addressed, the limits, and the post."""
    monkeypatch.setattr(running, "tell", lambda _tags: None)
    root, numbers = write(make_article(slug="ferry")), []
    for number in range(5):
        with ways() as went:
            answer = client.post(f"/comments/{root.pk}/reply/", typed(text=f"Ahoy {number}"))
        assert answer.status_code == 302
        numbers.append(went.number)
    assert min(numbers[2:]) == 6  # now and then one forgets what is old
