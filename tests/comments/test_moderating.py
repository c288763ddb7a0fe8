"""Hold, approve, remove: every step from every state, counters included."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from comments.checking import check_trees
from comments.models import Comment, Discussion, ModerationEntry, Reason, Status
from comments.moderating import (
    Decision,
    approve,
    decide_by_rule,
    hold,
    reject_spam,
    remove,
)
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db

VERBS = {
    approve: Status.PUBLIC,
    hold: Status.HELD,
    remove: Status.REMOVED,
    reject_spam: Status.SPAM,
}


@pytest.mark.parametrize(("first", "second"), list(product(VERBS, VERBS)))
@pytest.mark.parametrize("is_reply", [False, True])
def test_every_step_keeps_the_counters(first, second, is_reply):
    article, moderator = make_article(), make_moderator()
    root = write(article)
    comment = write(article, in_reply_to=root if is_reply else None)
    for verb in (first, second, second):
        verb(comment, by=moderator)
        assert comment.status == VERBS[verb]
        assert check_trees() == []
    discussion = Discussion.objects.get()
    assert discussion.comment_count == 1 + (second is approve)


def test_stale_copy_of_a_comment_counts_nothing_twice():
    comment = write(make_article())
    stale = Comment.objects.get()
    moderator = make_moderator()
    assert remove(comment, by=moderator)
    assert not remove(stale, by=moderator)
    assert Discussion.objects.get().comment_count == 0


def test_comment_keeps_the_time_at_which_it_was_first_public():
    comment = write(make_article())
    since = comment.public_at
    moderator = make_moderator()
    hold(comment, by=moderator)
    approve(comment, by=moderator)
    comment.refresh_from_db()
    assert comment.public_at == since


@pytest.mark.parametrize("verb", VERBS)
def test_only_who_may_change_comments_decides(verb):
    comment = write(make_article())
    with pytest.raises(PermissionDenied):
        verb(comment, by=make_user(is_staff=True))
    comment.refresh_from_db()
    assert comment.is_public


def test_log_says_who_decided_what_and_nothing_that_was_written():
    comment, moderator = write(make_article(), text="My aunt's address"), make_moderator()
    for _time in range(2):
        remove(comment, by=moderator)
    entry = ModerationEntry.objects.get()
    assert (entry.actor, entry.comment, entry.rule) == (moderator, comment, "")
    assert (entry.before, entry.after, entry.reason) == ("public", "removed", "other")
    told = str(list(ModerationEntry.objects.values()))
    assert comment.text not in told and comment.guest_name not in told


def test_what_was_decided_is_never_rewritten():
    remove(write(make_article()), by=make_moderator(), reason=Reason.HATE)
    entries = ModerationEntry.objects.all()
    for change in (lambda: entries.update(reason="spam"), lambda: entries.delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_each_decision_is_an_entry_of_its_own():
    comment, moderator = write(make_article()), make_moderator()
    approve(comment, by=moderator)
    assert not approve(comment, by=moderator)
    remove(comment, by=moderator, reason=Reason.ABUSE, note="Not like this, please.")
    approve(comment, by=moderator)
    told = ModerationEntry.objects.values_list("before", "after", "reason", "note")
    assert list(told) == [
        ("public", "public", "", ""),
        ("public", "removed", "abuse", "Not like this, please."),
        ("removed", "public", "", ""),
    ]
    comment.refresh_from_db()
    assert comment.reason == "" and comment.reviewed_at is not None


def test_comment_held_as_it_is_written_tells_which_rule_did_it():
    make_site(comment_policy="held")
    comment = write(make_article())
    entry = ModerationEntry.objects.get()
    assert (entry.comment, entry.rule, entry.actor) == (comment, "held_first", None)
    assert (entry.before, entry.after) == ("", "held")


def test_rule_holds_what_nobody_has_looked_at_and_nothing_else():
    moderator, held = make_moderator(), Decision(Status.HELD, Reason.SPAM)
    fresh, approved = (write(make_article(), text=f"Number {number}") for number in range(2))
    approve(approved, by=moderator)
    assert decide_by_rule(fresh, held, rule="links") and fresh.status == Status.HELD
    assert not decide_by_rule(approved, held, rule="links") and approved.is_public


@pytest.mark.parametrize("status", [Status.REMOVED, Status.SPAM])
def test_comment_is_taken_away_for_a_reason_alone(status):
    comment = write(make_article())
    for changes in ({"status": status}, {"reason": "spam"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**changes)
