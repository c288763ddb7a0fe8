"""Threads keep their shape: slots, depth, full parents, and everything that mptt would move."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import tree
from comments.checking import check_trees
from comments.models import Comment
from comments.tree import TreeIsAppendOnly
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def in_tree_order() -> list[int]:
    return list(Comment.objects.values_list("pk", flat=True))


def test_replies_stand_below_what_they_answer_in_order_of_time():
    article = make_article()
    first, second = write(article), write(article)
    late = write(article, in_reply_to=first)
    deep = write(article, in_reply_to=late)
    later = write(article, in_reply_to=first)
    assert in_tree_order() == [c.pk for c in (first, late, deep, later, second)]
    assert [c.level for c in (first, late, deep)] == [0, 1, 2]
    assert check_trees() == []


def test_reply_writes_no_other_rows_tree_columns():
    article = make_article()
    root = write(article)
    for _number in range(3):
        write(article, in_reply_to=root)
    columns = ("pk", "tree_id", "lft", "rght", "level")
    before = set(Comment.objects.values_list(*columns))
    write(article, in_reply_to=root)
    assert before <= set(Comment.objects.values_list(*columns))


def test_below_the_deepest_level_replies_stand_in_one_run():
    article = make_article()
    line = [write(article)]
    for _number in range(7):
        line.append(write(article, in_reply_to=line[-1]))
    assert [comment.level for comment in line] == [0, 1, 2, 3, 4, 4, 4, 4]
    assert in_tree_order() == [comment.pk for comment in line]
    assert line[-1].in_reply_to == line[-2]
    assert line[-1].parent == line[3]
    assert check_trees() == []


def test_reply_to_a_full_parent_becomes_its_sibling(monkeypatch):
    monkeypatch.setattr(tree, "WIDTHS", (2**10, 2**8, 2**6, 2**4, 2))
    article = make_article()
    root = write(article)
    replies = [write(article, in_reply_to=root) for _number in range(5)]
    assert [reply.parent for reply in replies] == [root] * 3 + [None] * 2
    assert all(reply.in_reply_to == root for reply in replies)
    assert check_trees() == []


def test_mptt_reads_slots_as_it_reads_dense_numbers():
    article = make_article()
    root = write(article)
    reply = write(article, in_reply_to=root)
    leaf = write(article, in_reply_to=reply)
    assert list(root.get_descendants()) == [reply, leaf]
    assert list(leaf.get_ancestors()) == [root, reply]
    assert list(root.get_children()) == [reply]
    assert list(root.get_leafnodes()) == [leaf]
    assert root.get_descendant_count() == 2
    assert leaf.is_leaf_node() and not root.is_leaf_node()
    assert leaf.get_root() == root


def test_comments_are_never_moved_or_deleted():
    article = make_article()
    first, second = write(article), write(article)
    for refused in (
        first.delete,
        lambda: first.move_to(second),
        lambda: Comment.objects.move_node(first, second),
        Comment.objects.rebuild,
        Comment.objects.disable_mptt_updates,
        lambda: Comment.objects.insert_node(Comment(), first, "left"),
    ):
        with pytest.raises(TreeIsAppendOnly):
            refused()
    second.parent = first
    with pytest.raises(TreeIsAppendOnly), transaction.atomic():
        second.save(update_fields=["parent"])


def test_saving_a_comment_names_its_columns():
    comment = write(make_article())
    with pytest.raises(ValueError, match="Name the columns"):
        comment.save()
    comment.guest_name = "Ines"
    comment.save(update_fields=["guest_name"])
    assert Comment.objects.get().guest_name == "Ines"


def plain_order(parents: list[int | None]) -> list[int]:
    """The order of a plain tree in which whoever would stand deeper than 4 moves up to 4."""
    below: dict[int | None, list[int]] = {}
    places: list[tuple[int | None, int]] = []
    for number, answered in enumerate(parents):
        parent = answered
        if parent is not None and places[parent][1] == 4:
            parent = places[parent][0]
        places.append((parent, 0 if parent is None else places[parent][1] + 1))
        below.setdefault(parent, []).append(number)

    def walk(parent: int | None) -> list[int]:
        return [n for child in below.get(parent, []) for n in (child, *walk(child))]

    return walk(None)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.none() | st.integers(min_value=0, max_value=30), max_size=30))
def test_any_talk_has_the_shape_of_a_plain_tree(choices):
    parents = [None if c is None or not n else c % n for n, c in enumerate(choices)]
    article = make_article()
    written: list[Comment] = []
    for answered in parents:
        target = None if answered is None else written[answered]
        written.append(write(article, in_reply_to=target))
    own = Comment.objects.of_article(article).values_list("pk", flat=True)
    assert list(own) == [written[number].pk for number in plain_order(parents)]
    assert check_trees() == []
