"""Many comments of one network in one day only add to doubts: a school goes by one address."""

from comments.screening.submission import Finding, Submission

RULE = "crowd"
MANY = 10  # comments, above which one more is in doubt
SOME = 4


def judge(it: Submission) -> Finding | None:
    return Finding(RULE, weight=SOME) if it.facts.from_network > MANY else None
