"""Hold, approve, remove: every step from every state, counters included."""

from itertools import product

import pytest

from comments.checking import check_trees
from comments.models import Comment, Discussion, Status
from comments.moderating import approve, hold, remove
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = pytest.mark.django_db

VERBS = {approve: Status.PUBLIC, hold: Status.HELD, remove: Status.REMOVED}


@pytest.mark.parametrize(("first", "second"), list(product(VERBS, VERBS)))
@pytest.mark.parametrize("is_reply", [False, True])
def test_every_step_keeps_the_counters(first, second, is_reply):
    article = make_article()
    root = write(article)
    comment = write(article, in_reply_to=root if is_reply else None)
    for verb in (first, second, second):
        verb(comment)
        assert comment.status == VERBS[verb]
        assert check_trees() == []
    discussion = Discussion.objects.get()
    assert discussion.comment_count == 1 + (second is approve)


def test_stale_copy_of_a_comment_counts_nothing_twice():
    comment = write(make_article())
    stale = Comment.objects.get()
    remove(comment)
    remove(stale)
    assert Discussion.objects.get().comment_count == 0


def test_comment_keeps_the_time_at_which_it_was_first_public():
    comment = write(make_article())
    since = comment.public_at
    hold(comment)
    approve(comment)
    comment.refresh_from_db()
    assert comment.public_at == since
