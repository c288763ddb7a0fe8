"""Why a verb says no. Each carries a message for the person who asked."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.forms import guest_name, other_name_proposed
from accounts.house_names import OF_THE_HOUSE


class Refused(Exception):  # noqa: N818 - an answer, not a mishap
    """The conversation does not allow it. `str()` is the message, in the active language.

    `field` is the form's field that the message is about, and `seconds` after how many it is worth
    another try, where the refusal knows it.
    """

    field = ""
    seconds: int | None = None
    asks_to_sign_in = False


class Closed(Refused):
    def __str__(self) -> str:
        return _("This conversation is closed.")


class MembersOnly(Refused):
    asks_to_sign_in = True

    def __str__(self) -> str:
        return _("Below this story only members write. Please sign in.")


class UnwantedWord(Refused):
    """A word of the site's list."""

    def __init__(self, word: str, *, field: str = "text") -> None:
        super().__init__(word, field)
        self.word, self.field = word, field

    def __str__(self) -> str:
        return _("This is not used here: %(word)s") % {"word": self.word}


class NameTaken(Refused):
    """A member goes by the name of this guest, or by one that looks the same."""

    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return other_name_proposed(self.name)


class NameOfAByline(NameTaken):
    """A public byline has the name of this guest, or one that looks the same."""

    def __str__(self) -> str:
        told = _("This name stands in the paper's bylines. You could write “%(name)s”.")
        return told % {"name": guest_name(self.name)}


class NameOfTheHouse(Refused):
    """The name is the paper's, or claims one of its roles."""

    field = "name"

    def __str__(self) -> str:
        return str(OF_THE_HOUSE)


class TooSoon(Refused):
    """In slow mode, before the pause between two comments is over."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.seconds = int(left.total_seconds()) + 1

    def __str__(self) -> str:
        text = ngettext(
            "This conversation goes slowly: please send it again in %(count)d second.",
            "This conversation goes slowly: please send it again in %(count)d seconds.",
            self.seconds or 0,
        )
        return text % {"count": self.seconds}


class QuestionClosed(Closed):
    def __str__(self) -> str:
        return _("No new answers are taken.")


class BranchClosed(Closed):
    def __str__(self) -> str:
        return _("No more replies are taken here.")


class ClosedAbove(Refused):
    def __str__(self) -> str:
        return _("What it answers takes no replies. Open that first.")


class NotAThread(Refused):
    def __str__(self) -> str:
        return _("Only the first comment of a thread can be pinned.")


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


class NoSuchComment(Refused):
    """Nor does anybody learn whether there is one that readers know nothing of."""

    def __str__(self) -> str:
        return _("There is no such comment on this site.")


class AlreadyRemoved(Refused):
    def __str__(self) -> str:
        return _("This comment was removed already.")


class NothingToAppeal(Refused):
    def __str__(self) -> str:
        return _("There is no decision about this comment to look at again.")


class NothingToRefuse(Refused):
    def __str__(self) -> str:
        return _("Readers see this comment: the appeal can only be granted.")


class OwnDecision(Refused):
    def __str__(self) -> str:
        return _("You decided about this comment: somebody else looks at it again.")


class OwnMatter(Refused):
    def __str__(self) -> str:
        return _("This is about you: others decide.")


class Outranked(Refused):
    def __str__(self) -> str:
        return _("This is about a colleague: whoever stands above them decides.")


class NotYours(Refused):
    """Somebody else's comment; whose it is nobody learns."""

    def __str__(self) -> str:
        return _("This comment is not there, or no longer.")


class TooLate(Refused):
    def __str__(self) -> str:
        return _("The time in which this comment could be changed is over.")


class TooOften(Refused):
    def __init__(self, seconds: int | None = None) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return _("That was a lot in a short time. Please wait some minutes and send it again.")
