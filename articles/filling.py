"""The values of a snapshot as the article's form sends them, whichever fields it shows."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localtime

BYLINE = "contributions"
MOST_ROWS = 100  # of what a form claims to hold
LINE = ("id", "article", "contributor", "role", "position", "credited_as", "DELETE")


def field(name: str, data: QueryDict, value: Any) -> None:
    data[name] = "" if value is None else str(value)


def moment(name: str, data: QueryDict, value: str | None) -> None:
    local = localtime(datetime.fromisoformat(value)) if value else None
    data[f"{name}_0"] = f"{local:%Y-%m-%d}" if local else ""
    data[f"{name}_1"] = f"{local:%H:%M:%S}" if local else ""


def section(data: QueryDict, value: dict[str, Any] | None) -> None:
    field("section", data, value and value["id"])


def topics(data: QueryDict, value: list[dict[str, Any]] | None) -> None:
    data.setlist("topics", [str(each["id"]) for each in value or []])


def picture(data: QueryDict, value: dict[str, Any] | None) -> None:
    value = value or {}
    field("lead_image", data, value.get("id"))
    field("lead_caption", data, value.get("caption"))
    field("lead_alt", data, value.get("alt"))
    tick("lead_is_decorative", data, is_on=bool(value.get("is_decorative")))


def byline(data: QueryDict, value: list[dict[str, Any]] | None) -> None:
    """Makes the rows that the form has say `value`, as somebody would who changes them by hand.

    A row that both know keeps its key; one that `value` lacks is ticked to go; new ones follow.
    """
    count = rows(data, BYLINE)
    known = {data.get(f"{BYLINE}-{number}-id"): number for number in range(count)}
    for number in range(MOST_ROWS):
        for name in LINE if number >= count else ():
            data.pop(f"{BYLINE}-{number}-{name}", None)
        if number < count:
            tick(f"{BYLINE}-{number}-DELETE", data, is_on=True)
    total = count
    for position, line in enumerate(value or []):
        number = known.pop(str(line["id"]), total)
        total += number == total
        _fill_line(data, number, line | {"position": position})
    data[f"{BYLINE}-TOTAL_FORMS"] = str(total)


def _fill_line(data: QueryDict, number: int, line: dict[str, Any]) -> None:
    prefix = f"{BYLINE}-{number}"
    tick(f"{prefix}-DELETE", data, is_on=False)
    field(f"{prefix}-contributor", data, line["contributor"]["id"])
    for name in ("role", "position", "credited_as"):
        field(f"{prefix}-{name}", data, line.get(name))


def rows(data: QueryDict, prefix: str) -> int:
    """How many of a formset's rows are stored already, by what it sends."""
    sent = data.get(f"{prefix}-INITIAL_FORMS", "")
    is_number = sent.isascii() and sent.isdigit() and len(sent) < 9
    return min(int(sent), MOST_ROWS) if is_number else 0


def tick(name: str, data: QueryDict, *, is_on: bool) -> None:
    data.pop(name, None)
    if is_on:
        data[name] = "on"
