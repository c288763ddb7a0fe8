"""The checker finds every kind of fault, and repair puts it right."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from comments.checking import check_trees, repair
from comments.models import Comment, Discussion
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = pytest.mark.django_db

FAULTS = {
    "interval": "UPDATE comments_comment SET rght = rght + 2 WHERE id = %(leaf)s",
    "outside": "UPDATE comments_comment SET lft = lft + 2^46, rght = rght + 2^46"
    " WHERE id = %(deep)s",
    "overlap": "UPDATE comments_comment SET lft = lft - 2^44, rght = rght - 2^44"
    " WHERE id = %(leaf)s",
    "level": "UPDATE comments_comment SET level = 2 WHERE id = %(leaf)s",
    "tree": "UPDATE comments_comment SET tree_id = 999999 WHERE id = %(leaf)s",
    "orphan": "UPDATE comments_comment SET parent_id = NULL WHERE id = %(leaf)s",
    "closed branch": "UPDATE comments_comment SET closed_at = now() WHERE id = %(root)s",
    "replies": "UPDATE comments_comment SET reply_count = 7 WHERE id = %(root)s",
    "votes": "UPDATE comments_comment SET ups = 5 WHERE id = %(leaf)s",
    "reports": "UPDATE comments_comment SET open_flags = 2 WHERE id = %(leaf)s",
    "lost report": "INSERT INTO comments_flag (comment_id, reporter, reason, text, weight,"
    " language, wants_mail, outcome, told)"
    " VALUES (%(root)s, 'guest:x', 'spam', '', 1, 'en', false, '', '')",
    "count": "UPDATE comments_discussion SET comment_count = 0",
    "threads": "UPDATE comments_discussion SET thread_count = 9",
    "people": "UPDATE comments_discussion SET people_count = 9",
    "languages": """UPDATE comments_discussion SET comments_by_language = '{"de": 5}'""",
    "participant": "UPDATE comments_participant SET comment_count = comment_count + 1",
    "lost participant": "DELETE FROM comments_participant",
    "idle participant": "INSERT INTO comments_participant (writer, discussion_id, comment_count)"
    " SELECT 'member:0', id, 3 FROM comments_discussion",
}


@pytest.fixture
def talk() -> dict[str, int]:
    article = make_article()
    root = write(article)
    first = write(article, in_reply_to=root)
    deep = write(article, in_reply_to=first)
    leaf = write(article, in_reply_to=root)
    write(article)
    return {"root": root.pk, "first": first.pk, "deep": deep.pk, "leaf": leaf.pk}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found_and_repaired(talk, fault):
    assert check_trees() == []
    with connection.cursor() as cursor:
        cursor.execute(FAULTS[fault], talk)
    assert check_trees() != []
    repair()
    assert check_trees() == []


def test_repair_keeps_the_order_of_a_broken_thread(talk):
    order = list(Comment.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE comments_comment SET lft = 100 + id, rght = 200 + id, level = 3")
    repair()
    assert list(Comment.objects.values_list("pk", flat=True)) == order


def test_repair_parts_threads_that_share_a_number():
    first, second = write(make_article()), write(make_article())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("UPDATE comments_comment SET tree_id = %s", [first.tree_id])
        assert check_trees() != []
        repair()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert check_trees() == []
    second.refresh_from_db()
    assert second.tree_id not in (first.tree_id, None)


def test_repair_lifts_what_hangs_too_deep():
    article = make_article()
    line = [write(article)]
    for _number in range(6):
        line.append(write(article, in_reply_to=line[-1]))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE comments_comment SET parent_id = in_reply_to_id")
    repair()
    assert check_trees() == []
    levels = list(Comment.objects.order_by("id").values_list("level", flat=True))
    assert levels == [0, 1, 2, 3, 4, 4, 4]


def test_command_fails_on_faults_and_repairs_them(talk, capsys):
    Discussion.objects.update(comment_count=1)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_comment_trees")
    assert "counts are 1 comments" in capsys.readouterr().err
    call_command("check_comment_trees", "--repair")
    assert "All threads and counters are right." in capsys.readouterr().out


def test_answer_across_conversations_is_found_and_left_to_a_person(talk):
    elsewhere = write(make_article())
    Comment.objects.filter(pk=elsewhere.pk).update(discussion=Discussion.objects.first())
    below = Comment.objects.get(pk=talk["first"])
    Comment.objects.filter(pk=below.pk).update(discussion=elsewhere.discussion)
    repair()
    assert {fault.id for fault in check_trees()} == {talk["first"], talk["deep"]}
