"""Why a verb says no. Each carries a message for the person who asked."""

from django.utils.translation import gettext as _


class Refused(Exception):  # noqa: N818 - an answer, not a mishap
    """The conversation does not allow it. `str()` is the message, in the active language."""


class Closed(Refused):
    def __str__(self) -> str:
        return _("This conversation is closed.")


class QuestionClosed(Closed):
    def __str__(self) -> str:
        return _("No new answers are taken.")


class NotPublic(Refused):
    """The comment is held or removed, or belongs to another story; the article is not live."""

    def __str__(self) -> str:
        return _("This comment is not there, or no longer.")


class OwnComment(Refused):
    def __str__(self) -> str:
        return _("You cannot vote on your own comment.")


class OwnReport(Refused):
    def __str__(self) -> str:
        return _("You cannot report your own comment; you can change or delete it.")


class NoDownVotes(Refused):
    def __str__(self) -> str:
        return _("Here one can only vote for a comment, not against it.")


class NothingToAppeal(Refused):
    def __str__(self) -> str:
        return _("There is no decision about this comment to look at again.")


class OwnDecision(Refused):
    def __str__(self) -> str:
        return _("You decided about this comment: somebody else looks at it again.")


class NotYours(Refused):
    """Somebody else's comment; whose it is nobody learns."""

    def __str__(self) -> str:
        return _("This comment is not there, or no longer.")


class TooLate(Refused):
    def __str__(self) -> str:
        return _("The time in which this comment could be changed is over.")


class TooOften(Refused):
    def __str__(self) -> str:
        return _("That was a lot in a short time. Please wait some minutes and send it again.")
