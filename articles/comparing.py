"""Two snapshots compared part by part, and three of them merged where only one side changed."""

from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles import drafts
from articles.snapshots import Part, parts_of_rows

type Content = dict[str, Any]

_ROWS = parts_of_rows()


class Comparison(NamedTuple):
    """One part that is different: its name, and safe HTML with <ins> and <del>."""

    key: str
    label: str
    html: SafeString


class Side(StrEnum):
    """Who changed a part since both began."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class Merge(NamedTuple):
    """A part that two people left different. `mine` is None where it cannot be read."""

    key: str
    label: str
    side: Side
    mine: SafeString | None
    theirs: SafeString


def compared(old: Content, new: Content) -> list[Comparison]:
    """The parts that are different, in their order: text first, then what stays on the rows."""
    return [
        Comparison(part.key, label_of(part), _shown(part, old, new))
        for part in compared_parts()
        if _differs(part, old, new)
    ]


def merged(
    base: Content,
    mine: Content,
    theirs: Content,
    *,
    origin: Content,
    open_keys: frozenset[str] = frozenset(),
) -> list[Merge]:
    """The parts in which `mine` and `theirs` differ, and who of the two left `base`.

    What `mine` lacks is not known of it. `open_keys` are parts that somebody has yet to decide.
    Both are shown as they differ from `origin`.
    """
    found = []
    for part in compared_parts():
        is_known = part.key in mine
        did_they = _differs(part, base, theirs)
        if not (_differs(part, mine, theirs) if is_known else did_they):
            continue
        did_i = not is_known or _differs(part, base, mine)
        is_open = part.key in open_keys or (did_i and did_they)
        side = Side.BOTH if is_open else Side.MINE if did_i else Side.THEIRS
        ours = _shown(part, origin, mine) if is_known else None
        found.append(Merge(part.key, label_of(part), side, ours, _shown(part, origin, theirs)))
    return found


def compared_parts() -> list[Part]:
    return [*drafts.parts(), *_ROWS]


def label_of(part: Part) -> str:
    return capfirst(str(part.label))


def is_changed(key: str, old: Content, new: Content) -> bool:
    """Whether this part differs between the two."""
    return any(_differs(part, old, new) for part in compared_parts() if part.key == key)


def _differs(part: Part, old: Content, new: Content) -> bool:
    return bool(part.changes(old.get(part.key), new.get(part.key)))


def _shown(part: Part, old: Content, new: Content) -> SafeString:
    return part.compare(old.get(part.key), new.get(part.key))
