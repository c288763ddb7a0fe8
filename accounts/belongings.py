"""What the apps keep of a person: shown on the profile, given out, and given up when they leave.

Accounts lie below the apps that people write in, so these add their part from `AppConfig.ready()`
(docs/decisions/0026), as `articles.drafts` and `articles.checklist` are added to.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest

from accounts.models import User


class Line(NamedTuple):
    """A sentence on the profile page, and where it leads if it leads anywhere."""

    text: str
    address: str = ""


class Belonging:
    """One kind of what is a person's own. Each method may be left as it is."""

    key = ""  # its name in the file that people download
    title: Any = ""

    def lines(self, request: HttpRequest) -> list[Line]:
        """For the profile of who asks; none is nothing to tell. A query or two."""
        return []

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        """All of it, one by one, as JSON takes it with Django's encoder."""
        yield from ()

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """Lets go of what is theirs while they leave, within that transaction.

        The account's row is locked and still says who they are. Safe to repeat.
        """


_belongings: list[Belonging] = []


def register(*belongings: Belonging) -> None:
    """Adds kinds, in the order in which the profile shows them; one with the same key once."""
    known = {each.key for each in _belongings}
    _belongings.extend(each for each in belongings if each.key not in known)


def belongings() -> list[Belonging]:
    return [*_belongings]
