"""What must or should be true before an article is published.

Apps register their checks in `AppConfig.ready()`; `publish()` runs them under its locks. A finding
blocks, or warns: a warning may be overridden with a reason, a block never.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from articles.models import Article


class Finding(NamedTuple):
    """`code` is kept with what was published in spite of it. `field` is one of the article's form,
    `byline` or `credit` for a part of it, or empty for the whole."""

    code: str
    message: str
    field: str = ""
    is_warning: bool = False


Check = Callable[["Article"], Iterable[Finding]]

_checks: list[Check] = []


def register(*checks: Check) -> None:
    """Adds checks; each yields a finding for each thing that is amiss."""
    _checks.extend(check for check in checks if check not in _checks)


def findings(article: "Article") -> list[Finding]:
    """What the registered checks find: what blocks before what warns, else in their order.

    The article's rows say what is checked; for its own fields, the instance.
    """
    found = [finding for check in _checks for finding in check(article)]
    return sorted(found, key=lambda finding: finding.is_warning)
