"""Names that the apps above keep for their people, so that no member bears them.

Accounts lie below these apps, so they add their part from `AppConfig.ready()`, as to
`accounts.belongings`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User

# What to tell who is refused the name, '' where it is free; None is somebody who signs up.
Keeper = Callable[[str, User | None], Any]

_keepers: list[Keeper] = []


def register(*keepers: Keeper) -> None:
    """Adds keepers; the same one once."""
    _keepers.extend(each for each in keepers if each not in _keepers)


def refuse_kept(name: str, *, user: User | None = None) -> None:
    """Raises ValidationError where the name is kept for somebody else. A query for each keeper."""
    for keeper in _keepers:
        if told := keeper(name, user):
            raise ValidationError(told, code="kept")
