"""Threads as nested sets with slots: the only place that knows how a comment finds its place.

django-mptt numbers densely, so each insertion moves other rows, and two at once corrupt a tree.
Here a comment at level L owns an interval of fixed width, and an answer takes the next free one
below its parent: no other row's tree columns are ever written, so only siblings wait for each
other. Everything that mptt reads compares by order and containment and works unchanged.
"""

from functools import cache
from typing import Any, NamedTuple, NoReturn, Self

from django.db import connections, models, router, transaction
from mptt.managers import TreeManager
from mptt.models import MPTTModel
from psycopg.types.numeric import Int8

from operations.composed import prepared_cursor
from operations.pipelines import pipeline

# Interval widths at levels 0 to 4. Below one parent fit 131,071, 8,191, 4,095 and 524,287.
WIDTHS = (2**62, 2**45, 2**32, 2**20, 2)
DEEPEST = len(WIDTHS) - 1
FIRST = 1  # where every thread's own interval begins


class TreeIsAppendOnly(Exception):  # noqa: N818 - a rule, not a mishap
    """Comments are never moved, deleted or renumbered one by one."""


def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise TreeIsAppendOnly(
        "Comments are only added, each after its last sibling. "
        "Remove one with comments.moderating.remove, repair with check_comment_trees."
    )


class SlotManager(TreeManager):
    """mptt's manager with slot numbering. Everything that would move rows is refused."""

    def insert_node(
        self,
        node: "SlotTree",
        target: "SlotTree | None",
        position: str = "last-child",
        save: bool = False,  # noqa: FBT001, FBT002 - mptt's signature
        **_mptt_options: Any,
    ) -> "SlotTree":
        """Gives the unsaved `node` its place below `target`, or a thread of its own for None.

        Locks `target`, and those above it that it climbs to, until the transaction ends, lower
        ones first, and refreshes the place of `target` and its `READ_WHEN_LOCKED`. Below the
        deepest level, or where no slot is left, the node becomes a sibling of what it would have
        been below. Two queries on one way, or as many for each comment that it climbs to.
        """
        if position != "last-child":
            refuse()
        parent, start = target, None
        while parent and (start := self._lock(parent)) is None:
            parent = self.model(pk=parent.parent_id) if parent.parent_id else None
        node.parent = parent
        node.tree_id = parent.tree_id if parent else self._get_next_tree_id()
        node.level = parent.level + 1 if parent else 0
        node.lft = start or FIRST
        node.rght = node.lft + WIDTHS[node.level] - 1
        if save:
            node.save()
        return node

    def _lock(self, parent: "SlotTree") -> int | None:
        """Where the next interval below `parent` begins; None where it has no room.

        Refreshes what it reads of `parent`; nobody else answers below it until the transaction
        ends. Two statements on one way to the database: the second one sees what whoever had the
        lock before has written, which a single one would not, and the lock is held for less long.
        """
        read, lock, last_of = _statements(self.model)
        asked = {"parent": Int8(parent.pk)}
        with prepared_cursor() as locking, prepared_cursor() as looking:
            with pipeline():
                locking.execute(lock, asked)
                looking.execute(last_of, asked)
            row, last = locking.fetchone(), looking.fetchone()
        if row is None:
            raise self.model.DoesNotExist
        for name, value in zip(read, row, strict=True):
            setattr(parent, name, value)
        if parent.level == DEEPEST:
            return None
        start = (last[0] if last else parent.lft) + 1
        return start if start + WIDTHS[parent.level + 1] <= parent.rght else None

    def _get_next_tree_id(self) -> int:
        with self._cursor() as cursor:
            cursor.execute(f"SELECT nextval('{self._sequence}')")
            return cursor.fetchone()[0]

    @property
    def _sequence(self) -> str:
        return f"{self.model._meta.db_table}_tree"

    def _cursor(self) -> Any:
        return connections[self._db or router.db_for_write(self.model)].cursor()

    def faults(self) -> list[tuple[int, str]]:
        """(id, what is wrong) for each row whose tree columns are. One query over the table."""
        with self._cursor() as cursor:
            cursor.execute(FAULTS.format(table=self.model._meta.db_table), [list(WIDTHS)])
            return cursor.fetchall()

    def renumber(self) -> int:
        """Assigns every slot again from the parents, siblings by id; returns the rows changed.

        The table takes no writes meanwhile. Threads that share a tree_id get new ones; what
        hangs too deep becomes a sibling. One statement.
        """
        names = {"table": self.model._meta.db_table, "sequence": self._sequence}
        with transaction.atomic(using=self.db), self._cursor() as cursor:
            cursor.execute("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE".format(**names))
            cursor.execute(RENUMBER.format(**names), {"widths": list(WIDTHS), "deepest": DEEPEST})
            return cursor.rowcount

    move_node = _move_node = rebuild = partial_rebuild = build_tree_nodes = refuse
    disable_mptt_updates = delay_mptt_updates = refuse


class SlotTree(MPTTModel):
    """A tree's columns, and mptt's methods that would take the numbers to be dense."""

    READ_WHEN_LOCKED: tuple[str, ...] = ()  # columns that whoever locks a row wants as they are

    # Named here so that mptt adds neither smaller integers nor an index on tree_id alone.
    tree_id = models.PositiveIntegerField(editable=False)
    lft = models.PositiveBigIntegerField(editable=False)
    rght = models.PositiveBigIntegerField(editable=False)
    level = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        abstract = True

    def get_descendants(self, include_self: bool = False) -> models.QuerySet[Self]:  # noqa: FBT001, FBT002
        first = self.lft if include_self else self.lft + 1
        return self._tree_manager.filter(tree_id=self.tree_id, lft__gte=first, lft__lte=self.rght)

    def get_descendant_count(self) -> int:
        """How many comments stand below this one. One query."""
        return self.get_descendants().count() if self.pk else 0

    def is_leaf_node(self) -> bool:
        return self.pk is None or not self.get_descendants().exists()

    def get_leafnodes(self, include_self: bool = False) -> models.QuerySet[Self]:  # noqa: FBT001, FBT002
        below = self._tree_manager.filter(parent=models.OuterRef("pk"))
        return self.get_descendants(include_self).filter(~models.Exists(below))

    move_to = delete = refuse


class Place(NamedTuple):
    """Where a comment stands. `parent` is a number within its thread, None for the first one."""

    parent: int | None
    level: int
    lft: int
    rght: int


class NewThread:
    """The places of a thread that is written at once, given as `insert_node` would one by one."""

    def __init__(self) -> None:
        self.places = [Place(None, 0, FIRST, FIRST + WIDTHS[0] - 1)]
        self._starts = [FIRST + 1]  # of what comes next below each

    def add(self, answered: int) -> Place:
        """The next place below the comment with this number; the thread's first one has 0.

        Below the deepest level, or where no slot is left, that of a sibling. Raises ValueError
        where the thread has no room at all.
        """
        parent: int | None = answered
        while parent is not None:
            above, start = self.places[parent], self._starts[parent]
            if above.level < DEEPEST and start + WIDTHS[above.level + 1] <= above.rght:
                end = start + WIDTHS[above.level + 1]
                self._starts[parent] = end
                self._starts.append(start + 1)
                place = Place(parent, above.level + 1, start, end - 1)
                self.places.append(place)
                return place
            parent = above.parent
        raise ValueError("The thread is full.")


@cache
def _statements(model: type["SlotTree"]) -> tuple[tuple[str, ...], str, str]:
    """What LOCK reads, and LOCK and LAST for the model's table."""
    read = (*PLACE, *model.READ_WHEN_LOCKED)
    names = {"table": model._meta.db_table, "columns": ", ".join(read)}
    return read, LOCK.format(**names), LAST.format(**names)


PLACE = ("parent_id", "tree_id", "level", "lft", "rght")
LOCK = "SELECT {columns} FROM {table} WHERE id = %(parent)s FOR NO KEY UPDATE"
LAST = "SELECT rght FROM {table} WHERE parent_id = %(parent)s ORDER BY rght DESC LIMIT 1"

# Enough for a proof: each row lies inside its parent, siblings are disjoint, widths are right,
# and each tree_id has one root.
FAULTS = """
SELECT id, fault FROM (
    SELECT node.id, CASE
        WHEN node.level NOT BETWEEN 0 AND 4 THEN 'its level does not exist'
        WHEN node.rght - node.lft + 1 <> (%s::bigint[])[node.level + 1]
            THEN 'its interval has the wrong width'
        WHEN (node.parent_id IS NULL) <> (node.level = 0)
            THEN 'its level contradicts its parent'
        WHEN node.parent_id IS NULL AND node.lft <> 1 THEN 'its thread does not begin at 1'
        WHEN node.parent_id IS NOT NULL AND parent.tree_id <> node.tree_id
            THEN 'it stands in another thread than its parent'
        WHEN parent.level + 1 <> node.level THEN 'its level is not one below its parent'
        WHEN parent.lft >= node.lft OR parent.rght <= node.rght
            THEN 'it lies outside its parent'
        WHEN lag(node.rght) OVER (PARTITION BY node.tree_id, node.parent_id ORDER BY node.lft)
            >= node.lft THEN 'it overlaps a sibling, or two threads share a tree_id'
    END AS fault
    FROM {table} node LEFT JOIN {table} parent ON parent.id = node.parent_id
) checked WHERE fault IS NOT NULL ORDER BY id
"""

RENUMBER = """
WITH RECURSIVE root AS (
    SELECT id, CASE WHEN row_number() OVER (PARTITION BY tree_id ORDER BY id) = 1
        THEN tree_id ELSE nextval('{sequence}') END AS tree_id
    FROM {table} WHERE parent_id IS NULL
), placed (id, parent_id, level, tree_id) AS (
    SELECT id, NULL::bigint, 0, tree_id FROM root
    UNION ALL
    SELECT child.id,
        CASE WHEN above.level = %(deepest)s THEN above.parent_id ELSE above.id END,
        least(above.level + 1, %(deepest)s), above.tree_id
    FROM {table} child JOIN placed above ON above.id = child.parent_id
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY parent_id ORDER BY id) - 1 AS number,
        (%(widths)s::bigint[])[level + 1] AS width
    FROM placed
), slot (id, parent_id, level, tree_id, lft, width) AS (
    SELECT id, parent_id, level, tree_id, 1::bigint, width FROM numbered WHERE level = 0
    UNION ALL
    SELECT child.id, child.parent_id, child.level, child.tree_id,
        above.lft + 1 + child.number * child.width, child.width
    FROM numbered child JOIN slot above ON above.id = child.parent_id
)
UPDATE {table} node
SET parent_id = slot.parent_id, level = slot.level, tree_id = slot.tree_id,
    lft = slot.lft, rght = slot.lft + slot.width - 1
FROM slot WHERE slot.id = node.id
    AND (node.parent_id, node.level, node.tree_id, node.lft, node.rght) IS DISTINCT FROM
        (slot.parent_id, slot.level, slot.tree_id, slot.lft, slot.lft + slot.width - 1)
"""
