"""Comments gathered and mailed once an hour or once a day."""

import pytest

from articles.models import Status as ArticleStatus
from comments.following import change, follow, stop_all
from comments.models import DigestEntry, Frequency, Kind, SendLog
from comments.moderating import approve, hold, remove
from comments.notifying import send_digests
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, write
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


@pytest.fixture
def hourly(article):
    member = make_user(email="mina@readers.example")
    return follow(article, kind=Kind.STORY, member=member, frequency=Frequency.HOURLY)


def test_digest_holds_all_that_came_and_comes_once(office, article, hourly):
    for text in ("The gulls did it", "So did the tide"):
        write(article, text=text)
    work()
    assert office.take() == []
    assert send_digests(Frequency.HOURLY) == 1
    (mail,) = office.take()
    assert mail["Subject"] == "2 new comments – The Newsroom"
    text = mail.get_content()
    assert text.index("The gulls did it") < text.index("So did the tide")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send_digests(Frequency.HOURLY) == 0
    assert SendLog.objects.count() == 2 and not DigestEntry.objects.exists()


def test_each_frequency_has_its_own_time(office, article, hourly):
    daily = make_user(email="olu@readers.example")
    follow(article, kind=Kind.STORY, member=daily, frequency=Frequency.DAILY)
    write(article)
    work()
    send_digests(Frequency.DAILY)
    assert [mail["To"] for mail in office.take()] == ["olu@readers.example"]
    send_digests(Frequency.NOW, Frequency.HOURLY)
    assert [mail["To"] for mail in office.take()] == ["mina@readers.example"]


def test_digest_leaves_out_what_is_hidden_and_brings_it_when_it_is_back(office, article, hourly):
    comment, moderator = write(article), make_moderator()
    work()
    hold(comment, by=moderator)
    assert send_digests(Frequency.HOURLY) == 0
    approve(comment, by=moderator)
    work()
    assert send_digests(Frequency.HOURLY) == 1
    remove(comment, by=moderator)
    approve(comment, by=moderator)
    work()
    assert send_digests(Frequency.HOURLY) == 0
    assert len(office.take()) == 1


def test_digest_leaves_out_articles_that_are_gone(office, article, hourly):
    write(article)
    work()
    article.status = ArticleStatus.WITHDRAWN
    article.save()
    assert send_digests(Frequency.HOURLY) == 0


def test_reply_told_at_once_is_not_in_the_digest_again(office, article, hourly):
    member = hourly.follower.member
    root = write(article, author=member)
    follow(article, kind=Kind.REPLIES, comment=root, member=member)
    write(article, in_reply_to=root)
    work()
    assert len(office.take()) == 1
    assert send_digests(Frequency.HOURLY) == 0


def test_what_waits_goes_out_also_after_the_frequency_was_changed(office, article, hourly):
    write(article)
    work()
    change(hourly, frequency=Frequency.NOW)
    assert send_digests(Frequency.NOW, Frequency.HOURLY) == 1


def test_who_stopped_gets_no_digest(office, article, hourly):
    write(article)
    work()
    stop_all(hourly.follower_id)
    assert send_digests(Frequency.HOURLY) == 0


def test_digest_that_cannot_be_sent_waits_for_the_next(office, article, hourly):
    write(article)
    work()
    office.refused = {"mina@readers.example"}
    with pytest.raises(ExceptionGroup):
        send_digests(Frequency.HOURLY)
    assert DigestEntry.objects.exists() and not SendLog.objects.exists()
    office.refused = set()
    assert send_digests(Frequency.HOURLY) == 1


def test_long_digest_lists_fifty_and_tells_the_rest(office, article, hourly):
    for _number in range(53):
        write(article)
    work()
    send_digests(Frequency.HOURLY)
    (mail,) = office.take()
    assert mail["Subject"].startswith("53 new comments")
    assert mail.get_content().count("/comments/") == 50
    assert "And 3 more." in mail.get_content()
