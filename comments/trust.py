"""How far somebody is trusted, from what became of what they wrote; and what that lets them do.

Pure functions of a record. Nothing is stored of a person: the record is read anew each time
(`comments.screening.learning`, by `trust_of_person`), from the newest of their comments
alone. A vote counts the same whoever casts it.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LOOK_BACK = 50  # of somebody's comments, from the newest on
SETTLED_HOURS = 24  # a public comment that nobody took away for so long has stood
KNOWN_FROM, TRUSTED_FROM = 3, 20  # comments that stood
DOUBTED_FROM = 2  # comments taken away, if they are a quarter of what was decided


class Trust(models.IntegerChoices):
    DOUBTED = 0, _("doubted")
    NEW = 1, pgettext_lazy("trust", "new")
    KNOWN = 2, pgettext_lazy("trust", "known")
    TRUSTED = 3, _("trusted")


@dataclass(frozen=True)
class Record:
    """How many of the latest comments stood, were taken away, and those of the latter as spam."""

    stood: int = 0
    rejected: int = 0
    spam: int = 0
    is_staff: bool = False


@dataclass(frozen=True)
class Allowance:
    """Links in one comment, comments in ten minutes, how many times as long as others one may
    change a comment, and how much one's report of a comment counts."""

    links: int
    comments: int
    edit_times: float
    flag_weight: int


ALLOWANCES = {
    Trust.DOUBTED: Allowance(links=0, comments=3, edit_times=0.5, flag_weight=0),
    Trust.NEW: Allowance(links=0, comments=20, edit_times=1, flag_weight=1),
    Trust.KNOWN: Allowance(links=3, comments=30, edit_times=1, flag_weight=1),
    Trust.TRUSTED: Allowance(links=10, comments=40, edit_times=4, flag_weight=2),
}


def trust_of(record: Record) -> Trust:
    """The level. Who works for the paper is trusted; what was taken away counts before the rest."""
    if record.is_staff:
        return Trust.TRUSTED
    decided = record.stood + record.rejected
    if record.rejected >= DOUBTED_FROM and record.rejected * 4 >= decided:
        return Trust.DOUBTED
    if record.spam and record.stood < KNOWN_FROM:
        return Trust.DOUBTED
    if record.stood >= TRUSTED_FROM and not record.rejected:
        return Trust.TRUSTED
    return Trust.KNOWN if record.stood >= KNOWN_FROM else Trust.NEW


def allowance_of(trust: int) -> Allowance:
    return ALLOWANCES[Trust(trust)]
