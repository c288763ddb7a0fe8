"""What becomes of a comment as it is written: small rules, in order, each in a module of its own.

A rule is a function that takes a `Submission` and asks nothing of anybody else. It returns None,
or a `Finding`, or raises a `Refused` or ValidationError, whose message the writer reads. To add
one, write it, put it in RULES, where those that refuse stand before those that hold, and say in
`comments/explaining.py` how it is called and told. What it wants to know and no submission has yet
becomes a column of the one query in `learning.py`.
"""

from collections.abc import Callable

from comments.screening import (
    author,
    conversation,
    crowd,
    external,
    form,
    history,
    length,
    links,
    markup,
    names,
    newcomer,
    rate,
    repeated,
    sanction,
    slow,
    story,
    words,
)
from comments.screening.submission import HOLDS, Finding, Submission, Verdict

Rule = Callable[[Submission], Finding | None]

# Before anything is asked of the database: they refuse what cannot be shown.
RULES_OF_TEXT: tuple[Rule, ...] = (length.judge, markup.judge, words.refuse)
# Within the transaction that writes the comment, the writer's turn taken, nothing of it locked.
RULES: tuple[Rule, ...] = (
    # these refuse; a sanction may also hold
    sanction.judge,
    conversation.judge,
    names.judge,
    rate.judge,
    slow.judge,
    # these hold
    form.trap,
    words.hold,
    links.judge,
    newcomer.judge,
    repeated.judge,
    history.judge,
    story.judge,
    author.judge,
    external.judge,
    # these only add to doubts
    form.judge,
    crowd.judge,
)
DOUBTS = "doubts"  # the rule where no finding holds the comment, and all of them together do


def look_over(submission: Submission) -> None:
    """Raises ValidationError for a text that cannot be shown, or UnwantedWord."""
    for rule in RULES_OF_TEXT:
        rule(submission)


def screen(submission: Submission) -> Verdict:
    """What the rules say of it, once its facts and its discussion are known. No query.

    The first finding of full weight decides; the others are kept beside it. Raises what a rule
    raises.
    """
    findings = tuple(found for rule in RULES if (found := rule(submission)))
    if decisive := next((each for each in findings if each.weight >= HOLDS), None):
        return Verdict(decisive.rule, decisive.reason, findings)
    if sum(each.weight for each in findings) >= HOLDS:
        return Verdict(DOUBTS, "", findings)
    return Verdict(findings=findings)
