"""Asking, while somebody writes, what was decided about them.

The question takes the person's turn, shared by all that they do until its transaction ends; a
decision takes it alone. So of a comment and a ban at once one is first: either the comment was
there before the ban, or it is refused.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from comments.explaining import noted
from comments.models.moderation import Reason
from comments.models.sanctions import SHUTTING_OUT, Measure
from comments.refusals import Refused
from operations.composed import prepared_cursor

HELD_PERSON = "sanction"  # the rule where all that somebody writes is held
COLUMNS = "standing.measure, standing.reason, standing.note, standing.ends_at"
STANDING = "comments_sanction_of(%(people)s::text[]) standing"  # no row where nothing is in force
QUESTION = f"SELECT {COLUMNS} FROM (SELECT) one LEFT JOIN {STANDING} ON true"  # noqa: S608 - ours


class Standing(NamedTuple):
    """The heaviest of what is in force about somebody; `measure` is '' where nothing is."""

    measure: str = ""
    reason: str = ""
    note: str = ""
    ends_at: datetime | None = None

    @property
    def is_shut_out(self) -> bool:
        return self.measure in SHUTTING_OUT

    @property
    def is_held(self) -> bool:
        return self.measure == Measure.HOLD


class Sanctioned(Refused):
    """Suspended or banned; says why and until when."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing

    def __str__(self) -> str:
        return told(self.standing)


def told(standing: Standing) -> str:
    """What is in force, why and until when, in the active language."""
    words = {"reason": str(Reason(standing.reason).label)}
    if standing.ends_at:
        at = timezone.localtime(standing.ends_at)
        words["end"] = formats.date_format(at, "DATETIME_FORMAT")
    return noted(_sentence(standing) % words, standing.note)


def _sentence(standing: Standing) -> str:
    if standing.measure == Measure.BAN:
        return _("You may not take part here any more. Reason: %(reason)s.")
    if standing.measure == Measure.SUSPEND:
        return _("You may not take part here until %(end)s. Reason: %(reason)s.")
    if standing.measure == Measure.WARN:
        return _("A moderator warns you. Reason: %(reason)s.")
    if standing.ends_at:
        return _("Until %(end)s your comments wait for a moderator. Reason: %(reason)s.")
    return _("Your comments wait for a moderator. Reason: %(reason)s.")


def ask(people: list[str]) -> Standing:
    """What is in force about somebody, by all that they go by (`Voter.keys`).

    Their turns are kept until the transaction ends. Raises Sanctioned for who is shut out. One
    query.
    """
    with prepared_cursor() as cursor:
        cursor.execute(QUESTION, {"people": people})
        return refuse(standing_of(*cursor.fetchone()))


def standing_of(measure: str | None, *more: Any) -> Standing:
    """What COLUMNS say."""
    return Standing(measure, *more) if measure else Standing()


def refuse(standing: Standing) -> Standing:
    """The standing itself, unless it is of who is shut out: then it raises Sanctioned."""
    if standing.is_shut_out:
        raise Sanctioned(standing)
    return standing
