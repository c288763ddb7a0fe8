"""Mail that nobody asked for: it reaches whom it concerns, and fills nobody's mailbox."""

from smtplib import SMTPException

import pytest
from django.core import mail

from comments.editing import erase
from comments.following import follow
from comments.models import Kind, ModerationEntry, Sanction
from comments.moderating import remove
from comments.outcomes import mail_writer
from comments.sanctioning import lift
from comments.unasked import MAILS_A_DAY
from comments.voting import Voter
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_moderator, make_sanction, write
from tests.comments.post_office import open_post_office, work
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db
INES = "ines@readers.example"  # below what guests write


@pytest.fixture(autouse=True)
def site():
    make_site()


def removed() -> int:
    """The number of a decision about a guest's comment."""
    comment = write(make_article())
    remove(comment, by=make_moderator())
    return ModerationEntry.objects.get(comment=comment).pk


def test_mail_that_fails_often_still_arrives_and_counts_once():
    entries = [removed() for _number in range(MAILS_A_DAY + 1)]
    with open_post_office() as office:
        office.refused.add(INES)
        for _try in range(MAILS_A_DAY + 1):
            with pytest.raises(SMTPException):
                mail_writer.call(entries[0])
        office.refused.clear()
        sent = [mail_writer.call(entry) for entry in entries]
        assert sent == [True] * MAILS_A_DAY + [False]
        assert len(office.take()) == MAILS_A_DAY


def test_whatever_causes_it_one_address_gets_so_much_a_day():
    article = make_article()
    for kind in (Kind.STORY, Kind.STORY, Kind.STORY):
        follow(article, kind=kind, email=INES)
    for _number in range(MAILS_A_DAY):
        removed()
    work()
    assert len(mail.outbox) == MAILS_A_DAY
    assert {message.to[0] for message in mail.outbox} == {INES}


def test_member_gets_every_decision():
    comments = [write(make_article(), author=make_user()) for _number in range(2)]
    for comment in comments * MAILS_A_DAY:
        make_sanction(comment, measure="warn")
    work()
    assert len(mail.outbox) == 2 * MAILS_A_DAY


def test_member_is_told_of_a_lift_whose_comment_is_gone():
    member = make_user()
    comment = write(make_article(), author=member)
    given = make_sanction(comment)
    comment.refresh_from_db()
    erase(comment, by=Voter(member))
    lift(given, by=make_colleague("moderator"), note="It was somebody else.")
    work()
    assert [message.to for message in mail.outbox] == [[member.email]] * 2
    assert "It was somebody else." in mail.outbox[-1].body


def test_guest_whose_comment_is_gone_left_no_address():
    comment = write(make_article())
    given = make_sanction(comment)
    work()
    comment.refresh_from_db()
    erase(comment, by=Voter(guest_id=comment.guest_id))
    lift(given, by=make_colleague("moderator"), note="It was somebody else.")
    work()
    assert Sanction.objects.count() == 2 and len(mail.outbox) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_limit_is_exact_for_several_workers_at_once():
    entries = [removed() for _number in range(3 * MAILS_A_DAY)]
    sent = at_once(mail_writer.call, entries)
    assert sent.count(True) == MAILS_A_DAY == len(mail.outbox)
