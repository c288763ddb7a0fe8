"""Readers' reports: when they hold a comment, how they end, and who hears of it."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from comments.editing import edit, erase
from comments.flagging import flag
from comments.models import Comment, Flag, ModerationEntry, Status
from comments.moderating import approve, hold, reject_spam, remove
from comments.refusals import NotPublic, OwnReport
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, write
from tests.comments.post_office import work
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def a_guest() -> Voter:
    return Voter(guest_id=make_guest().id)


def report(comment: Comment, *, times: int = 1, reason: str = "abuse") -> None:
    for _time in range(times):
        flag(comment, by=a_guest(), reason=reason)


@pytest.fixture
def comment():
    make_site(holds_at_flags=3)
    return write(make_article())


def test_as_many_reports_as_the_site_says_hold_a_comment(comment):
    report(comment, reason="spam")
    report(comment, reason="hate")
    assert Comment.objects.get().is_public
    report(comment, reason="hate")
    comment.refresh_from_db()
    assert (comment.status, comment.open_flags) == (Status.HELD, 3)
    entry = ModerationEntry.objects.get()
    assert (entry.rule, entry.actor, entry.reason) == ("flags", None, "hate")


def test_moderators_hear_of_a_comment_that_reports_hold(comment):
    moderator = make_colleague("moderator")
    report(comment, times=3)
    work()
    assert [moderator.email] in [message.to for message in mail.outbox]


def test_site_that_sets_no_number_holds_nothing(comment):
    make_site(holds_at_flags=0)
    report(comment, times=5)
    assert comment.is_public and Comment.objects.get().open_flags == 5


def test_reports_of_the_trusted_weigh_more_and_of_the_doubted_nothing(comment):
    doubted, moderator = make_user(), make_moderator()
    for _number in range(2):
        remove(write(comment.article, author=doubted), by=moderator)
    flag(comment, by=Voter(doubted), reason="abuse")
    report(comment)
    flag(comment, by=Voter(make_user(is_staff=True)), reason="abuse")
    weights = Flag.objects.order_by("id").values_list("weight", flat=True)
    assert list(weights) == [0, 1, 2] and comment.status == Status.HELD


def test_reports_of_the_doubted_alone_hold_nothing(comment):
    make_site(holds_at_flags=1)
    doubted, moderator = make_user(), make_moderator()
    for _number in range(2):
        remove(write(comment.article, author=doubted), by=moderator)
    flag(comment, by=Voter(doubted), reason="abuse")
    comment.refresh_from_db()
    assert comment.is_public and comment.open_flags == 1


def test_reports_never_hide_what_a_moderator_approved(comment):
    approve(comment, by=make_moderator())
    report(comment, times=4)
    comment.refresh_from_db()
    assert (comment.is_public, comment.open_flags) == (True, 4)


def test_changed_comment_is_looked_at_anew(comment):
    approve(comment, by=make_moderator())
    writer = Voter(guest_id=comment.guest_id)
    edit(comment, text="Worse than before.", by=writer, now=database_now())
    report(comment, times=3)
    assert comment.status == Status.HELD


@pytest.mark.parametrize(
    ("verb", "outcome"), [(approve, "dismissed"), (remove, "upheld"), (reject_spam, "upheld")]
)
def test_moderators_decision_ends_the_reports(comment, verb, outcome):
    report(comment, times=2)
    assert verb(comment, by=make_moderator())
    comment.refresh_from_db()
    assert comment.open_flags == 0
    assert {each.outcome for each in Flag.objects.all()} == {outcome}


def test_looking_again_at_an_approved_comment_ends_later_reports(comment):
    moderator = make_moderator()
    approve(comment, by=moderator)
    report(comment)
    assert approve(comment, by=moderator) and not approve(comment, by=moderator)
    assert Flag.objects.get().outcome == "dismissed"


def test_holding_leaves_reports_open(comment):
    report(comment)
    hold(comment, by=make_moderator())
    comment.refresh_from_db()
    assert comment.open_flags == 1 and Flag.objects.get().outcome == ""


def test_erased_comment_ends_its_reports(comment):
    report(comment)
    erase(comment, by=Voter(guest_id=comment.guest_id))
    comment.refresh_from_db()
    assert comment.open_flags == 0 and Flag.objects.get().outcome == "erased"


def test_what_is_refused_writes_nothing(comment):
    with pytest.raises(OwnReport):
        flag(comment, by=Voter(guest_id=comment.guest_id), reason="abuse")
    hold(comment, by=make_moderator())
    with pytest.raises(NotPublic):
        report(comment)
    assert not Flag.objects.exists()


@pytest.mark.parametrize("wants_mail", [True, False])
def test_member_who_asked_for_it_is_told_by_mail(comment, wants_mail):
    member = make_user()
    flag(comment, by=Voter(member), reason="abuse", language="de", wants_mail=wants_mail)
    remove(comment, by=make_moderator(), note="Not like this.")
    work()
    told = [message for message in mail.outbox if message.to != [comment.guest_email]]
    assert [message.to for message in told] == [[member.email]] * wants_mail
    for message in told:
        assert comment.article.headline in message.body and comment.text not in message.body


@pytest.mark.parametrize("changes", [{"outcome": "upheld"}, {"reason": "dull"}, {"reporter": ""}])
def test_database_refuses_half_a_report(comment, changes):
    report(comment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.update(**changes)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_reports_at_once_are_counted_exactly():
    make_site(holds_at_flags=0)
    comment, people = write(make_article()), [a_guest() for _number in range(20)]
    at_once(
        lambda n: flag(Comment.objects.get(pk=comment.pk), by=people[n % 20], reason="abuse"),
        range(60),
    )
    comment.refresh_from_db()
    assert comment.open_flags == Flag.objects.count() == 20


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_reports_and_decisions_at_once_leave_no_report_behind():
    make_site(holds_at_flags=0)
    comment, moderator = write(make_article()), make_moderator()

    def act(number: int) -> None:
        found = Comment.objects.get(pk=comment.pk)
        if number % 5:
            flag(found, by=a_guest(), reason="abuse")
        else:
            approve(found, by=moderator)

    at_once(act, range(100))
    comment.refresh_from_db()
    assert comment.open_flags == Flag.objects.still_open().count()
    assert Flag.objects.count() == 80
    approve(comment, by=moderator)
    assert not Flag.objects.still_open().exists()
