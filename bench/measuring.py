"""Times, rounds and rows of results."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

Work = Callable[[], Any]


@dataclass(frozen=True)
class Row:
    """One line of the results. `holds` is None where nothing is promised."""

    what: str
    measured: str
    bound: str = ""
    holds: bool | None = None
    value: float = 0.0  # the median, for the tests


def milliseconds(work: Work) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def middle(work: Callable[[], float], number: int = 5) -> Callable[[], float]:
    """The median of so many of its figures: one that was interrupted says nothing."""
    return lambda: statistics.median(work() for _time in range(number))


def turns(*works: Callable[[], float], rounds: int) -> list[list[float]]:
    """Each work's figures of so many rounds, in every one of which each has its turn.

    One round more comes first and is forgotten: it fills caches and opens connections.
    """
    figures: list[list[float]] = [[] for _work in works]
    for number in range(rounds + 1):
        for work, kept in zip(works, figures, strict=True):
            figure = work()
            if number:
                kept.append(figure)
    return figures


def ratio(
    what: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    unit: str = "ms",
) -> Row:
    """Ours by theirs, in the median of the rounds; between brackets the rounds' extremes."""
    ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
    middle = statistics.median(ratios)
    figures = (
        f"{_plain(statistics.median(ours))} against {_plain(statistics.median(theirs))} {unit}"
    )
    measured = f"{middle:.2f} × ({min(ratios):.2f}–{max(ratios):.2f}); {figures}"
    return Row(what, measured, *_judged(middle, at_most, at_least, "×"), middle)


def figure(
    what: str,
    values: Sequence[float],
    unit: str,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    percentiles: Sequence[int] = (),
) -> Row:
    """The median with the extremes, or with percentiles of the single times."""
    middle = statistics.median(values)
    if percentiles:
        ranked = statistics.quantiles(values, n=100, method="inclusive")
        told = ", ".join(f"p{each} {_plain(ranked[each - 1])}" for each in percentiles)
        measured = f"{told} {unit}"
    else:
        spread = f" ({_plain(min(values))}–{_plain(max(values))})" if len(values) > 1 else ""
        measured = f"{_plain(middle)}{spread} {unit}"
    return Row(what, measured, *_judged(middle, at_most, at_least, unit), middle)


def fact(what: str, is_so: bool, measured: str) -> Row:
    return Row(what, measured, "always", is_so, float(is_so))


def _judged(
    value: float, at_most: float | None, at_least: float | None, unit: str
) -> tuple[str, bool | None]:
    if at_most is not None:
        return f"≤ {at_most:g} {unit}", value <= at_most
    if at_least is not None:
        return f"≥ {at_least:g} {unit}", value >= at_least
    return "", None


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


@contextmanager
def database_time(kept: list[float], statements: list[tuple[str, Any]]) -> Iterator[None]:
    """Adds up the milliseconds spent in statements, and notes these with their parameters."""

    def clock(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            kept.append((time.perf_counter() - begun) * 1000)
            statements.append((sql, params))

    with connection.execute_wrapper(clock):
        yield
