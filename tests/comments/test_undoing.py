"""What a moderator did is undone by an entry of its own, unless others have decided since."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from comments.checking import check_trees
from comments.editing import edit, erase
from comments.models import Comment, Discussion, ModerationEntry, Reason, Status
from comments.moderating import (
    Decision,
    Overtaken,
    approve,
    decide_by_rule,
    hold,
    reject_spam,
    remove,
    undo,
)
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
VERBS = (approve, hold, remove, reject_spam)


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def comment():
    return write(make_article(), author=make_user())


def state(comment: Comment):
    comment.refresh_from_db()
    count = Discussion.objects.get().comment_count
    return comment.status, comment.reason, comment.reviewed_at, count


def newest() -> ModerationEntry:
    return ModerationEntry.objects.latest("id")


@pytest.mark.parametrize(("first", "second"), list(product(VERBS, VERBS)))
def test_undoing_restores_what_was_there_before(comment, moderator, first, second):
    states = [state(comment)]
    for verb in (first, second):
        if verb(comment, by=moderator):
            states.append(state(comment))
    for before in reversed(states[:-1]):
        entries = ModerationEntry.objects.filter(reverses=None)
        undone = ModerationEntry.objects.exclude(reverses=None).values("reverses")
        undo(entries.exclude(pk__in=undone).latest("id"), by=moderator)
        assert state(comment) == before
        assert check_trees() == []


def test_undoing_is_an_entry_that_says_what_it_undoes(comment, moderator):
    remove(comment, by=moderator, reason=Reason.ABUSE)
    removal = newest()
    undo(removal, by=moderator)
    entry = newest()
    assert (entry.reverses, entry.before, entry.after) == (removal, "removed", "public")
    with pytest.raises(Overtaken):
        undo(removal, by=moderator)
    assert ModerationEntry.objects.count() == 2


def test_no_entry_is_undone_twice_whoever_writes(comment, moderator):
    remove(comment, by=moderator)
    undo(removal := newest(), by=moderator)
    twice = {"comment": comment, "actor": moderator, "before": "public", "after": "public"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEntry.objects.create(**twice, reverses=removal)


@pytest.mark.parametrize("wrong", ["comment", "actor"])
def test_no_entry_undoes_what_is_not_its_own_whoever_writes(comment, moderator, wrong):
    remove(comment, by=moderator)
    other = {"comment": write(make_article()), "actor": make_moderator()}[wrong]
    right = {"comment": comment, "actor": moderator, "before": "removed", "after": "public"}
    with pytest.raises(IntegrityError, match="own decision"), transaction.atomic():
        ModerationEntry.objects.create(**right | {wrong: other}, reverses=newest())
    ModerationEntry.objects.create(**right, reverses=newest())


def test_only_ones_own_decision_is_undone(comment, moderator):
    remove(comment, by=moderator)
    removal = newest()
    with pytest.raises(PermissionDenied):
        undo(removal, by=make_moderator())
    undo(removal, by=moderator)
    with pytest.raises(PermissionDenied):
        undo(newest(), by=moderator)  # an undoing is not undone
    assert state(comment)[0] == Status.PUBLIC


def test_what_others_decided_since_stands(comment, moderator):
    approve(comment, by=moderator)
    approval = newest()
    other = make_moderator()
    remove(comment, by=other)
    with pytest.raises(Overtaken) as refused:
        undo(approval, by=moderator)
    assert refused.value.entry.actor == other
    assert state(comment)[0] == Status.REMOVED


def test_what_a_rule_decided_since_stands(comment, moderator):
    hold(comment, by=moderator)
    held = newest()
    Comment.objects.filter(pk=comment.pk).update(reviewed_at=None)  # as after an edit
    decide_by_rule(comment, Decision(Status.SPAM, Reason.SPAM), rule="links")
    with pytest.raises(Overtaken):
        undo(held, by=moderator)
    assert state(comment)[0] == Status.SPAM


def test_what_its_writer_deleted_stays_deleted(comment, moderator):
    remove(comment, by=moderator)
    erase(comment, by=Voter(comment.author))
    with pytest.raises(Overtaken):
        undo(newest(), by=moderator)
    assert state(comment)[0] == Status.ERASED


def test_text_that_was_changed_since_counts_as_not_looked_at(comment, moderator):
    approve(comment, by=moderator)
    remove(comment, by=moderator)
    Comment.objects.filter(pk=comment.pk).update(status="public", reason="")
    comment.refresh_from_db()
    edit(comment, text="Something else", by=Voter(comment.author), now=database_now())
    Comment.objects.filter(pk=comment.pk).update(status="removed", reason="other")
    undo(newest(), by=moderator)
    status, _reason, reviewed_at, _count = state(comment)
    assert (status, reviewed_at) == (Status.PUBLIC, None)
