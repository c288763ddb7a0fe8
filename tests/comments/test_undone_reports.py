"""Reports wait again once the decision that answered them is undone."""

from threading import Barrier

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from comments.checking import check_trees
from comments.flagging import flag
from comments.models import Comment, Flag, Reason, Status
from comments.moderating import Decision, Overtaken, approve, decide, remove, undo
from comments.voting import Voter
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_flag, make_moderator, write
from tests.comments.post_office import work
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db
REMOVAL = Decision(Status.REMOVED, Reason.ABUSE)
APPROVAL = Decision(Status.PUBLIC)


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def comment():
    make_site(holds_at_flags=0)
    return write(make_article(), author=make_user(email=""))


def told() -> list[str]:
    """What the worker mails now."""
    mail.outbox.clear()
    work()
    return [message.body for message in mail.outbox]


def report(comment: Comment) -> Flag:
    return flag(comment, by=Voter(make_user()), reason="abuse", language="en", wants_mail=True)


def outcomes() -> list[str]:
    return list(Flag.objects.order_by("pk").values_list("outcome", flat=True))


@pytest.mark.parametrize("decision", [APPROVAL, REMOVAL, Decision(Status.SPAM, "spam")])
def test_undone_decision_lets_its_reports_wait_again(comment, moderator, decision):
    make_flag(comment)
    make_flag(comment)
    entry = decide(comment, decision, by=moderator)
    assert "" not in outcomes() and comment.open_flags == 0
    undo(entry, by=moderator)
    comment.refresh_from_db()
    assert (outcomes(), comment.open_flags) == (["", ""], 2)
    assert check_trees() == []


def test_only_the_reports_that_it_answered_wait_again(comment, moderator):
    make_flag(comment)
    first = decide(comment, APPROVAL, by=moderator)
    make_flag(comment)
    second = decide(comment, APPROVAL, by=moderator)
    make_flag(comment)
    undo(second, by=moderator)
    assert outcomes() == ["dismissed", "", ""]
    undo(first, by=moderator)
    comment.refresh_from_db()
    assert (outcomes(), comment.open_flags) == (["", "", ""], 3)


def test_mail_that_waits_while_it_is_undone_is_not_sent(comment, moderator):
    report(comment)
    undo(decide(comment, REMOVAL, by=moderator), by=moderator)
    assert told() == []
    approve(comment, by=moderator)
    [only] = told()
    assert "The comment stays." in only and "anew" not in only


def test_two_decisions_before_the_mail_are_one_mail(comment, moderator):
    report(comment)
    undo(decide(comment, REMOVAL, by=moderator), by=moderator)
    approve(comment, by=moderator)
    [only] = told()
    assert "The comment stays." in only and "anew" not in only


def test_other_outcome_takes_back_what_was_told(comment, moderator):
    report(comment)
    entry = decide(comment, REMOVAL, by=moderator)
    assert "The comment was taken away." in told()[0]
    undo(entry, by=moderator)
    assert told() == []
    approve(comment, by=moderator)
    [correction] = told()
    assert "The comment stays." in correction and "replaces our earlier message" in correction


def test_same_outcome_is_told_once(comment, moderator):
    report(comment)
    entry = decide(comment, REMOVAL, by=moderator)
    assert len(told()) == 1
    undo(entry, by=moderator)
    comment.refresh_from_db()
    remove(comment, by=moderator)
    assert told() == [] and outcomes() == ["upheld"]


def test_reporter_reads_on_their_page_that_it_waits_again(client, comment, moderator):
    client.force_login(member := make_user())
    flag(comment, by=Voter(member), reason="abuse", language="en")
    entry = decide(comment, APPROVAL, by=moderator)
    assert "The comment stays." in client.get("/me/comments/").text
    undo(entry, by=moderator)
    page = client.get("/me/comments/").text
    assert "Waits for a moderator." in page and "The comment stays." not in page


def test_no_open_report_names_a_decision_whoever_writes(comment, moderator):
    make_flag(comment)
    decide(comment, APPROVAL, by=moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.update(outcome="", closed_at=None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_undoing_and_a_new_decision_leave_reports_as_the_comment_stands():
    make_site(holds_at_flags=0)
    first, second = make_moderator(), make_moderator()
    for _round in range(10):
        comment, start = write(make_article()), Barrier(2, timeout=30)
        make_flag(comment)
        entry = decide(comment, REMOVAL, by=first)

        def act(is_undoing, comment=comment, start=start, entry=entry):
            own = Comment.objects.select_related("discussion").get(pk=comment.pk)
            start.wait()
            try:
                return undo(entry, by=first) if is_undoing else approve(own, by=second)
            except Overtaken:
                return None

        is_undone = at_once(act, [True, False])[0] is not None
        decided = Flag.objects.get(comment=comment)
        assert decided.outcome == ("dismissed" if is_undone else "upheld")
        assert (decided.decision_id == entry.pk) == (not is_undone)
        comment.refresh_from_db()
        assert (comment.status, comment.open_flags) == (Status.PUBLIC, 0)
    assert check_trees() == []
