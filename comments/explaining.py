"""How decisions are told to writers, and how the rules that decide are called at the desk."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


class Words(NamedTuple):
    """`desk` names the rule for moderators; `writer` ends "Decided automatically: …"."""

    desk: Promise | str
    writer: Promise | str


# By the rule's name in `ModerationEntry.rule` and `.findings`.
WORDS = {
    "held_first": Words(
        pgettext_lazy("rule", "all comments are held first"),
        gettext_lazy("every comment waits here at first"),
    ),
    "author": Words(
        pgettext_lazy("rule", "the author has all comments held"),
        gettext_lazy("every comment below this author's stories waits at first"),
    ),
    "flags": Words(
        pgettext_lazy("rule", "reports of readers"), gettext_lazy("several readers reported it")
    ),
    "sanction": Words(
        pgettext_lazy("rule", "all of this person's comments are held"),
        gettext_lazy("all that you write waits for a moderator"),
    ),
    "trap": Words(
        pgettext_lazy("rule", "filled in the hidden field"),
        gettext_lazy("a field of the form was filled in that people do not see"),
    ),
    "words": Words(
        pgettext_lazy("rule", "word of the list"),
        gettext_lazy("it has a word that a moderator looks at first"),
    ),
    "links": Words(pgettext_lazy("rule", "many links"), gettext_lazy("it has many links")),
    "newcomer": Words(
        pgettext_lazy("rule", "newcomer"),
        gettext_lazy("it has a link and is one of your first comments"),
    ),
    "repeated": Words(
        pgettext_lazy("rule", "same text below other stories"),
        gettext_lazy("the same text stands elsewhere"),
    ),
    "history": Words(
        pgettext_lazy("rule", "much was taken away lately"),
        gettext_lazy("several of your comments were taken away"),
    ),
    "external": Words(
        pgettext_lazy("rule", "check by another service"),
        gettext_lazy("a service that checks comments for us has doubts about it"),
    ),
    "external_failed": Words(
        pgettext_lazy("rule", "check by another service failed"),
        gettext_lazy("the service that checks comments for us did not answer"),
    ),
    "no_script": Words(
        pgettext_lazy("rule", "form without its script"),
        gettext_lazy("it was sent without the script of our form"),
    ),
    "crowd": Words(
        pgettext_lazy("rule", "much from one network today"),
        gettext_lazy("many comments come from your network today"),
    ),
    "haste": Words(pgettext_lazy("rule", "sent in haste"), gettext_lazy("it was sent in haste")),
    "doubts": Words(
        pgettext_lazy("rule", "several small doubts"),
        gettext_lazy("several small signs together, such as how fast it was sent"),
    ),
}

# By rule and detail, where a finding's detail is words of ours and no number or word of a list.
DETAILS = {
    ("repeated", "same writer"): pgettext_lazy("finding", "same writer"),
    ("repeated", "same network"): pgettext_lazy("finding", "same network"),
}


def name_of(rule: str) -> str:
    """As the desk calls it; its own name where it is none of today's."""
    return str(WORDS[rule].desk) if rule in WORDS else rule


def detail_of(rule: str, detail: str) -> str:
    """As the desk reads it."""
    return str(DETAILS.get((rule, detail), detail))


def told_of(rule: str) -> str:
    """As its writer is told."""
    return str(WORDS[rule].writer) if rule in WORDS else _("a moderator looks at it first")


def noted(told: str, note: str) -> str:
    """What was decided, and after it what the moderator wrote to go with it, if anything."""
    if not note:
        return told
    return f"{told} {_('The moderator’s note: “%(note)s”') % {'note': note}}".strip()
