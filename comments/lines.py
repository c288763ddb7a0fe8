"""Comments as their template writes them: text that it only joins."""

import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import formats, timezone
from django.utils.dateformat import DateFormat
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.names import shown_name
from comments.models import Comment, Reason, Status
from comments.models.moderation import REJECTED
from comments.passages import Passages
from comments.rows import Row
from richtext.comments import stored_comment_html

HUES = 12
KEPT = 2000  # of writers and of times, which the pages made next show again

Line = dict[str, Any]


class Shown(NamedTuple):
    """What a page's comments are shown with.

    `badges` are labels by member id, of those in the byline; what became public after
    `scores_until` shows no score yet, what did after `since` is marked as new.
    """

    passages: Passages
    badges: dict[int, str]
    scores_until: datetime
    since: datetime | None = None


class Times(NamedTuple):
    """How times are told: in which zone, and how in which language."""

    zone: tzinfo
    format: str
    language: str


Place = tuple[int, int]  # what the comment is grouped under, and how deep it stands there


def lines(
    rows: Sequence[Row],
    places: Sequence[Place],
    *,
    shown: Shown,
    context: Collection[int] = (),
) -> list[Line]:
    """What the template writes for each row, everything escaped and formatted already.

    Rows whose ids are `context` are only named.
    """
    score_hidden: Line = {
        "score": format_html('– <span class="visually-hidden">{}</span>', _("score still hidden")),
        "folded": False,  # it would tell
    }
    on_page = {row.id for row in rows}
    times = Times(
        timezone.get_current_timezone(), formats.get_format("DATETIME_FORMAT"), get_language() or ""
    )
    made = []
    for row, (tail, end) in zip(rows, tails(places), strict=True):
        line: Line = {"id": SafeString(row.id), "tail": tail, "end": end}
        if row.id in context:
            line |= {"context": True, "name": row.name if row.status == Status.PUBLIC else ""}
        elif row.status != Status.PUBLIC:
            line["hidden"] = row.status
            if row.status in REJECTED:
                line["why"] = _removed(row.reason, times.language)
        else:
            line |= _shown(row, times, shown)
            if hides_score(row, shown.scores_until):
                line |= score_hidden
            if row.answered_name:
                line["answered"] = SafeString(row.in_reply_to_id)
                line["answered_name"] = conditional_escape(shown_name("", "", row.answered_name))
                line["answered_is_here"] = row.in_reply_to_id in on_page
        made.append(line)
    return made


def hides_score(comment: Comment | Row, until: datetime) -> bool:
    """Whether readers are not told its score yet, because it became public after `until`.

    Where votes order the threads, its place among the others tells something, and the cursor of
    a page that ends with it even the score. That is accepted: another order would not be the one
    asked for.
    """
    return comment.public_at is not None and comment.public_at > until


def _shown(row: Row, times: Times, shown: Shown) -> Line:
    line: Line = {
        **_writer(row.name),
        **_written(row.created_at, times),
        "language": SafeString(row.language),
        "html": stored_comment_html(row.html),
        "score": SafeString(row.score),
        "edited": row.edited_at is not None,
        "has_history": row.has_history,
        "folded": row.score <= settings.COMMENTS_FOLD_AT,
    }
    if row.author_id in shown.badges:
        line["badge"] = shown.badges[row.author_id]
    elif row.is_staff:
        line["badge"] = pgettext("badge", "Staff")
    if row.pick_note is not None:
        line |= {"pick": True, "pick_note": row.pick_note}
    if row.pinned_at:
        line["pinned"] = True
    if row.closed_at:
        line["closed"] = True
    if row.passage_id:
        line |= shown.passages.of_comment(row)
    if shown.since and row.public_at and row.public_at > shown.since:
        line["is_new"] = True
    return line


# A page is made anew whenever somebody writes below it, mostly of the same comments.
@lru_cache(maxsize=10_000)
@lru_cache(maxsize=KEPT)
def _writer(name: str) -> Line:
    return {
        "name": conditional_escape(name),
        "initials": conditional_escape(initials(name)),
        "hue": SafeString(zlib.crc32(name.casefold().encode()) % HUES),
    }


@lru_cache(maxsize=100)
def _removed(reason: str, _language: str) -> SafeString:
    """A tombstone's words in the active language, which the caller names."""
    if reason == Reason.OTHER:
        return conditional_escape(_("This comment was removed."))
    words = _("This comment was removed: %(reason)s.") % {"reason": Reason(reason).label}
    return conditional_escape(words)


@lru_cache(maxsize=10_000)
@lru_cache(maxsize=KEPT)
def _written(at: datetime, times: Times) -> Line:
    local = at.astimezone(times.zone)
    return {
        "written": SafeString(local.isoformat(timespec="seconds")),
        "written_text": conditional_escape(DateFormat(local).format(times.format)),
    }


def tails(places: Sequence[Place]) -> Iterator[tuple[SafeString, SafeString]]:
    """What closes each comment's element, or opens its replies, by the depth of the next one.

    The second part closes the first comment of a group: what belongs to the whole of it goes
    between the two.
    """
    open_levels: list[int] = []
    for (group, level), (next_group, next_level) in pairwise([*places, (0, 0)]):
        if next_group == group and next_level > level:
            open_levels.append(level)
            yield SafeString('<div class="replies">'), SafeString("")
        elif next_group == group:
            closed = [one for one in open_levels if one >= next_level]
            open_levels = open_levels[: len(open_levels) - len(closed)]
            yield SafeString("</article>" + "</div></article>" * len(closed)), SafeString("")
        else:
            deep = len(open_levels)
            tail = "</article>" + "</div></article>" * (deep - 1) + "</div>" if deep else ""
            open_levels = []
            yield SafeString(tail), SafeString("</article>")


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()
