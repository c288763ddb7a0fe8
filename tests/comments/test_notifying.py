"""Who is told of a comment by mail, once, and who is not. Over a real SMTP server."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from articles.models import Status as ArticleStatus
from comments.following import confirm, follow
from comments.models import Comment, Frequency, Kind, SendLog, Subscription
from comments.moderating import approve, hold, remove
from comments.notifying import tell_followers
from comments.posting import Guest
from operations.worker import SiteWorker
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, write
from tests.comments.post_office import open_post_office, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    with open_post_office() as office:
        yield office


@pytest.fixture
def article():
    make_site()
    return make_article(headline="The ferry leaves later")


def follow_confirmed(article, email, **wish) -> Subscription:
    subscription = follow(article, email=email, **{"kind": Kind.STORY, **wish})
    confirm(subscription)
    DBTaskResult.objects.all().delete()  # the mail that asks
    return subscription


def recipients(office) -> list[str]:
    return sorted(mail["To"] for mail in office.take())


def test_member_who_follows_a_story_is_told_of_a_new_comment(office, article):
    follow(article, kind=Kind.STORY, member=make_user(email="mina@readers.example"))
    comment = write(article, text="The gulls did it", guest=make_guest(name="Ines Halloran"))
    work()
    (mail,) = office.take()
    assert mail["To"] == "mina@readers.example"
    assert mail["Subject"] == "New comment: The ferry leaves later"
    text = mail.get_content()
    assert "Ines Halloran wrote" in text and "The gulls did it" in text
    assert f"/comments/{comment.pk}/" in text
    assert SendLog.objects.get().comment_id == comment.pk


@pytest.mark.django_db(transaction=True)
def test_worker_tells_once_the_comment_is_committed(office, article):
    follow(article, kind=Kind.STORY, member=make_user(email="mina@readers.example"))
    with transaction.atomic():
        write(article)
        with ThreadPoolExecutor(1) as another:
            another.submit(SiteWorker("early").work, once=True).result(60)
        assert recipients(office) == []
    SiteWorker("late").work(once=True)
    assert recipients(office) == ["mina@readers.example"]


def test_guest_is_told_only_after_confirming(office, article):
    subscription = follow(article, kind=Kind.STORY, email="Olu@Readers.example")
    DBTaskResult.objects.all().delete()
    write(article)
    work()
    assert recipients(office) == []
    confirm(subscription)
    write(article)
    work()
    assert recipients(office) == ["olu@readers.example"]


def test_replies_and_branches_reach_who_asked_for_them(office, article):
    root = write(article)
    reply = write(article, in_reply_to=root)
    follow_confirmed(article, "replies@readers.example", kind=Kind.REPLIES, comment=root)
    follow_confirmed(article, "branch@readers.example", kind=Kind.BRANCH, comment=root)
    write(article, in_reply_to=root)
    work()
    assert recipients(office) == ["branch@readers.example", "replies@readers.example"]
    below = reply
    for _level in range(7):  # below the deepest level too
        below = write(article, in_reply_to=below)
    work()
    assert recipients(office) == ["branch@readers.example"] * 7
    write(article)
    work()
    assert recipients(office) == []


def test_one_mail_however_many_wishes_it_fulfils(office, article):
    member = make_user(email="mina@readers.example")
    root = write(article, author=member)
    for kind, comment in ((Kind.STORY, None), (Kind.REPLIES, root), (Kind.BRANCH, root)):
        follow(article, kind=kind, comment=comment, member=member)
    follow_confirmed(article, "mina@readers.example")
    write(article, in_reply_to=root)
    work()
    (mail,) = office.take()
    assert mail["Subject"] == "Reply to your comment: The ferry leaves later"


def test_nobody_is_told_of_their_own_comment(office, article):
    member = make_user(email="mina@readers.example")
    follow(article, kind=Kind.STORY, member=member)
    follow_confirmed(article, "olu@readers.example")
    write(article, author=member)
    work()
    assert recipients(office) == ["olu@readers.example"]
    write(article, guest=Guest("Olu", "OLU@readers.example", make_guest().id))
    work()
    assert recipients(office) == ["mina@readers.example"]


def test_guest_who_types_a_members_address_keeps_nothing_from_them(office, article):
    follow(article, kind=Kind.STORY, member=make_user(email="mina@readers.example"))
    write(article, guest=Guest("Somebody", "mina@readers.example", make_guest().id))
    work()
    assert recipients(office) == ["mina@readers.example"]


def test_held_comment_is_told_when_approved_and_never_twice(office, article):
    make_site(comment_policy="held")
    follow_confirmed(article, "olu@readers.example")
    comment, moderator = write(article), make_moderator()
    work()
    assert recipients(office) == []
    approve(comment, by=moderator)
    work()
    assert recipients(office) == ["olu@readers.example"]
    follow_confirmed(article, "late@readers.example")
    hold(comment, by=moderator)
    approve(comment, by=moderator)
    assert tell_followers(comment.pk) == 0
    work()
    assert recipients(office) == [], "neither again, nor to who came later"


@pytest.mark.parametrize("hide", [hold, remove])
def test_hidden_before_the_worker_came_means_no_mail(office, article, hide):
    follow_confirmed(article, "olu@readers.example")
    hide(write(article), by=make_moderator())
    work()
    assert "olu@readers.example" not in recipients(office)


@pytest.mark.parametrize(
    "changes", [{"status": ArticleStatus.WITHDRAWN}, {"unpublish_at": timezone.now()}]
)
def test_article_gone_before_the_worker_came_means_no_mail(office, article, changes):
    follow_confirmed(article, "olu@readers.example")
    write(article)
    Article.objects.update(**changes)
    work()
    assert recipients(office) == []


def test_comment_that_was_rolled_back_is_not_told(office, article):
    follow_confirmed(article, "olu@readers.example")
    with transaction.atomic():
        write(article)
        transaction.set_rollback(True)
    work()
    assert recipients(office) == []


def test_mail_speaks_the_readers_language_and_leads_to_their_edition(office, article):
    edition = make_article(story=article.story, language="de", headline="Die Fähre fährt später")
    follow_confirmed(edition, "olu@readers.example")
    comment = write(article)
    work()
    (mail,) = office.take()
    assert mail["Subject"] == "Neuer Kommentar: Die Fähre fährt später"
    assert f"/de/comments/{comment.pk}/" in mail.get_content()
    Article.objects.filter(language="de").update(status=ArticleStatus.WITHDRAWN)
    comment = write(article)
    work()
    (mail,) = office.take()
    assert mail["Subject"] == "Neuer Kommentar: The ferry leaves later"
    assert f"/comments/{comment.pk}/" in mail.get_content()
    assert f"/de/comments/{comment.pk}/" not in mail.get_content()


def test_one_address_that_fails_is_tried_again_alone(office, article):
    for name in ("ada", "olu", "zoe"):
        follow_confirmed(article, f"{name}@readers.example")
    office.refused = {"olu@readers.example"}
    write(article)
    work()
    assert recipients(office) == ["ada@readers.example", "zoe@readers.example"]
    assert SendLog.objects.count() == 2
    office.refused = set()
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=1))
    work()
    assert recipients(office) == ["olu@readers.example"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_subscription_that_was_stopped_meanwhile_is_not_mailed(office, article):
    subscription = follow_confirmed(article, "olu@readers.example")
    write(article)
    subscription.delete()
    work()
    assert recipients(office) == []


def test_member_who_may_not_sign_in_any_more_is_not_mailed(office, article):
    member = make_user()
    follow(article, kind=Kind.STORY, member=member)
    member.is_active = False
    member.save()
    write(article)
    work()
    assert recipients(office) == []


def test_what_people_type_never_reaches_a_header(office, article):
    Article.objects.update(headline="Ferry\r\nBcc: spy@elsewhere.example")
    follow_confirmed(article, "olu@readers.example")
    comment = write(article, text="Bcc: spy@elsewhere.example")
    Comment.objects.filter(pk=comment.pk).update(guest_name="Ines\r\nBcc: spy@elsewhere.example")
    work()
    (mail,) = office.take()
    assert "Bcc" not in mail and mail["Subject"] == "New comment: Ferry Bcc: spy@elsewhere.example"


def test_send_log_refuses_change(article):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO comments_sendlog (comment_id, follower_id, kind) VALUES (1, 1, 'story')"
        )
    for change in (SendLog.objects.all().delete, lambda: SendLog.objects.update(sent_at=Now())):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_default_is_at_once(article):
    assert follow(article, kind=Kind.STORY, member=make_user()).frequency == Frequency.NOW
