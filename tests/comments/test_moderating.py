"""Hold, approve, remove: every step from every state, counters included."""

from itertools import product

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from comments.checking import check_trees
from comments.models import Comment, Discussion, Status
from comments.moderating import approve, hold, remove
from tests.builders import make_article, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db

VERBS = {approve: Status.PUBLIC, hold: Status.HELD, remove: Status.REMOVED}


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
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (
        moderator,
        str(comment.pk),
        "removed",
    )
    assert entry.object_repr == f"#{comment.pk}"
