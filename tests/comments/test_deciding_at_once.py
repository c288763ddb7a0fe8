"""Two who decide at once, and who writes meanwhile: one outcome, and all of it written down."""

from collections import Counter
from threading import Barrier

import pytest

from comments.checking import check_trees
from comments.models import Comment, Discussion, ModerationEntry, Status
from comments.moderating import Decision, Overtaken, Seen, decide, remove, undo
from comments.refusals import NotPublic
from tests.builders import make_article
from tests.comments.builders import make_moderator, write
from tests.comments.test_concurrency import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROUNDS = 10
REMOVAL = Decision(Status.REMOVED, "abuse")


def together(number: int):
    """Lets as many threads begin in one moment."""
    return Barrier(number, timeout=30)


@pytest.mark.parametrize("other", [Decision(Status.PUBLIC), Decision(Status.SPAM, "spam"), REMOVAL],
                         ids=["approve", "spam", "remove"])  # fmt: skip
def test_of_two_moderators_the_second_is_told(other):
    moderators = [make_moderator(), make_moderator()]
    for _round in range(ROUNDS):
        comment, start = write(make_article()), together(2)

        def act(number, comment=comment, start=start):
            own = Comment.objects.select_related("discussion").get(pk=comment.pk)
            start.wait()
            try:
                return decide(own, (REMOVAL, other)[number], by=moderators[number], seen=Seen(0))
            except Overtaken as overtaken:
                return overtaken

        answers = at_once(act, range(2))
        [entry] = ModerationEntry.objects.filter(comment=comment)
        [told] = [each for each in answers if isinstance(each, Overtaken)]
        assert told.entry == entry and entry in answers
        comment.refresh_from_db()
        assert comment.status == entry.after
    assert check_trees() == []


def test_eight_moderators_decide_once():
    moderators = [make_moderator() for _number in range(8)]
    comment, start = write(make_article()), together(8)

    def act(moderator):
        own = Comment.objects.select_related("discussion").get(pk=comment.pk)
        start.wait()
        try:
            return bool(decide(own, REMOVAL, by=moderator, seen=Seen(0)))
        except Overtaken:
            return False

    assert Counter(at_once(act, moderators)) == {True: 1, False: 7}
    assert ModerationEntry.objects.count() == 1
    assert Discussion.objects.get().comment_count == 0


def test_undoing_and_another_decision_have_one_outcome():
    first, second = make_moderator(), make_moderator()
    for _round in range(ROUNDS):
        comment, start = write(make_article()), together(2)
        entry = decide(comment, REMOVAL, by=first)

        def act(is_undoing, comment=comment, start=start, entry=entry):
            own = Comment.objects.select_related("discussion").get(pk=comment.pk)
            start.wait()
            try:
                if is_undoing:
                    return undo(ModerationEntry.objects.get(pk=entry.pk), by=first)
                return decide(own, Decision(Status.HELD), by=second, seen=Seen(entry.pk))
            except Overtaken:
                return None

        [made] = [each for each in at_once(act, [True, False]) if each is not None]
        comment.refresh_from_db()
        assert comment.status == made.after
        assert ModerationEntry.objects.filter(comment=comment).count() == 2
    assert check_trees() == []


def test_reply_to_a_comment_that_is_being_removed_is_there_or_refused():
    moderator, kinds = make_moderator(), Counter()
    for _round in range(ROUNDS * 3):
        comment, start = write(make_article()), together(2)

        def act(is_reply, comment=comment, start=start):
            own = Comment.objects.select_related("discussion", "article").get(pk=comment.pk)
            start.wait()
            try:
                if is_reply:
                    return write(own.article, in_reply_to=own)
                return remove(own, by=moderator)
            except NotPublic:
                return None

        reply, removed = at_once(act, [True, False])
        comment.refresh_from_db()
        assert removed and comment.status == Status.REMOVED
        assert ModerationEntry.objects.filter(comment=comment).count() == 1
        assert Comment.objects.filter(in_reply_to=comment).exists() == (reply is not None)
        counted = Discussion.objects.get(pk=comment.discussion_id).comment_count
        assert counted == (reply is not None)
        kinds[reply is not None] += 1
    assert check_trees() == []
    assert sum(kinds.values()) == ROUNDS * 3
