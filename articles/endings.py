"""What other apps say about when a published article ends.

Apps register in `AppConfig.ready()`; `publish()` asks them under its locks.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.models import Article

# Given the article and when the desk wants it to end, it says when it ends; None is never.
Ending = Callable[["Article", datetime | None], datetime | None]

_endings: list[Ending] = []


def register(ending: Ending) -> Ending:
    """Adds an ending. Usable as a decorator."""
    if ending not in _endings:
        _endings.append(ending)
    return ending


def end_of(article: "Article", *, wanted: datetime | None) -> datetime | None:
    """When the article ends, after all endings had their say; they may write what they decided."""
    for ending in _endings:
        wanted = ending(article, wanted)
    return wanted
