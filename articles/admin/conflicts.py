"""Two people's work on one article: what was typed, what was saved meanwhile, what to take.

What only the others changed is put into the form; what both changed is asked. The form holds
everything that was typed, so that it can still be changed, and comes back until all is decided.
"""

from typing import NamedTuple

from django.http import QueryDict

from articles.comparing import Content, Merge, Side, compared_parts, is_changed, merged
from articles.models import Article, Revision
from articles.snapshots import FIELDS, record
from richtext.articles import clean_article_html

OPEN, CHOICE = "decide", "take-"  # names in the form


class Conflict(NamedTuple):
    """What the screen shows. `chosen` says by key which side was marked already, and `is_asked`
    whether it comes once more."""

    theirs: Revision
    base: Revision | None
    merges: list[Merge]
    chosen: dict[str, str]
    is_asked: bool

    @property
    def to_decide(self) -> list[tuple[Merge, str]]:
        """What both changed, with the side that is marked."""
        both = [each for each in self.merges if each.side == Side.BOTH]
        return [(each, self.chosen.get(each.key, "")) for each in both]

    @property
    def taken(self) -> list[Merge]:
        return [each for each in self.merges if each.side == Side.THEIRS]

    @property
    def kept(self) -> list[Merge]:
        return [each for each in self.merges if each.side == Side.MINE]


def is_open(data: QueryDict) -> bool:
    """Whether a form comes from the screen."""
    return OPEN in data


def choices(data: QueryDict) -> dict[str, str]:
    """Which side was marked, by key: `mine`, `theirs`, or nothing."""
    return {key: data.get(f"{CHOICE}{key}", "") for key in data.getlist(OPEN)}


def undecided(data: QueryDict) -> bool:
    return not set(choices(data).values()) <= {Side.MINE, Side.THEIRS}


def with_choices(data: QueryDict, theirs: Content) -> QueryDict:
    """What the form would send if the chosen parts of theirs had been typed."""
    taken = {key for key, side in choices(data).items() if side == Side.THEIRS}
    return _filled(data, theirs, taken)


def content_of(revision: Revision, article: Article) -> Content:
    """What somebody saved, with what stays on the article's rows."""
    return revision.snapshot | record(article)


def conflict(
    data: QueryDict,
    *,
    typed: Content | None,
    theirs: Revision,
    article: Article,
    base: Revision | None,
    seen: Revision | None,
) -> tuple[Conflict, QueryDict]:
    """What to show, and what the form sends now, with what only they changed put in.

    `typed` is what saving would have stored, or None where the form cannot be read. `base` is what
    the text began from, `seen` the newest that its writer knew of. `article` is as it is stored.
    """
    saved, known = content_of(theirs, article), (seen or base)
    before, marked = known.snapshot if known else {}, choices(data)
    merges = merged(
        before,
        _as_sent(data) if typed is None else _without_made_slug(typed, data, before),
        saved,
        origin=base.snapshot if base else before,
        open_keys=frozenset(marked),
    )
    # a mark holds while what it was made against stands
    still = {key: side for key, side in marked.items() if not is_changed(key, before, saved)}
    shown = Conflict(theirs, base, merges, still, is_open(data))
    sent = _filled(data, saved, {each.key for each in shown.taken})
    sent["seen"] = str(theirs.pk)
    return shown, sent


def _filled(data: QueryDict, content: Content, keys: set[str]) -> QueryDict:
    filled = data.copy()
    for part in compared_parts():
        if part.key in keys:
            part.fill(filled, content.get(part.key))
    return filled


def _as_sent(data: QueryDict) -> Content:
    """The text that was typed, of a form that cannot be saved."""
    sent = {name: str(data[name]).replace("\r\n", "\n") for name in FIELDS if name in data}
    return sent | ({"body": clean_article_html(sent["body"])} if "body" in sent else {})


def _without_made_slug(typed: Content, data: QueryDict, before: Content) -> Content:
    """Where no slug was typed, one that was made from the headline is nobody's wish."""
    return typed if data.get("slug") else typed | {"slug": before.get("slug", "")}
