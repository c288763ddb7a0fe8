"""How Django tells the cache in front of it that a page may be kept, and for how long."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Page-Cache"  # between Django and the wrapper only
WANTED = "pagecache.wanted"  # in the environment of a request whose answer may be kept


UNCHANGED = "unchanged"  # what was posted shows on no page


def changes_nothing(response: Any) -> Any:
    """Says of the answer to a form that no page shows what was sent: kept ones will do."""
    response.headers[HEADER] = UNCHANGED
    return response


def keep(response: Any, *tags: str) -> Any:
    """Says that the page is the same for everybody, and which drops concern it."""
    response.page_tags = (*tags, "site")
    return response


def depend(request: HttpRequest, *tags: str) -> None:
    """Says of a part of the page that is being made which further drops concern it."""
    vars(request).setdefault("page_tags", []).extend(tags)


def is_wanted(request: HttpRequest, response: HttpResponseBase) -> bool:
    return bool(request.META.get(WANTED)) and hasattr(response, "page_tags")


def write(request: HttpRequest, response: Any, *, now: datetime, ends_at: datetime | None) -> None:
    """Marks the response for the wrapper; `ends_at` is the next moment at which it changes."""
    left = (ends_at - now).total_seconds() if ends_at else None
    tags = list(dict.fromkeys([*response.page_tags, *vars(request).get("page_tags", ())]))
    response.headers[HEADER] = json.dumps({"tags": tags, "left": left})


def read(header: str) -> tuple[frozenset[str], float]:
    """The tags, and after how many seconds the page ends."""
    mark = json.loads(header)
    left = mark["left"]
    return frozenset(mark["tags"]), float("inf") if left is None else left
