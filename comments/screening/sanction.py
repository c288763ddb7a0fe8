"""Who is suspended or banned writes nothing; of some all comments wait for a moderator."""

from comments.sanctioned import HELD_PERSON, refuse
from comments.screening.submission import Finding, Submission


def judge(it: Submission) -> Finding | None:
    standing = refuse(it.standing)
    return Finding(HELD_PERSON, standing.reason) if standing.is_held else None
