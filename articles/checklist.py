"""What other apps want to be true before an article is published.

Apps register their checks in `AppConfig.ready()`; `publish()` runs them under its locks.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.models import Article

Check = Callable[["Article"], Iterable[str]]

_checks: list[Check] = []


def register(check: Check) -> Check:
    """Adds a check; it yields a sentence for each thing that is missing. Usable as a decorator."""
    if check not in _checks:
        _checks.append(check)
    return check


def problems(article: "Article") -> list[str]:
    """What the registered checks find missing, in their order."""
    return [problem for check in _checks for problem in check(article)]
