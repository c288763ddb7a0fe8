"""How Django tells the cache in front of it that a page may be kept, and for how long."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Page-Cache"  # between Django and the wrapper only
WANTED = "pagecache.wanted"  # in the environment of a request whose answer may be kept
SITE = "site"  # of all pages

UNCHANGED = "unchanged"  # what was posted shows on no page
PARTS = "parts"  # what was posted shows in parts that no shell holds: pagecache.shells


def changes_nothing(response: Any) -> Any:
    """Says of the answer to a form that no page shows what was sent: kept ones will do."""
    response.headers[HEADER] = UNCHANGED
    return response


def changes_parts(response: Any) -> Any:
    """Says of the answer to a form that pages show what was sent in parts made anew each time."""
    response.headers[HEADER] = PARTS
    return response


def keep(response: Any, *tags: str) -> Any:
    """Says that the page is the same for everybody, and which drops concern it."""
    response.page_tags = (*tags, SITE)
    return response


def depend(request: HttpRequest, *tags: str) -> None:
    """Says of a part of the page that is being made which further drops concern it."""
    dependencies(request).extend(tags)


def may_be_kept(request: HttpRequest) -> bool:
    """Whether the cache asks for the page, and not merely passes the request on."""
    return bool(request.META.get(WANTED))


def is_wanted(request: HttpRequest, response: HttpResponseBase) -> bool:
    return may_be_kept(request) and hasattr(response, "page_tags")


def dependencies(request: HttpRequest) -> list[str]:
    """The tags of the parts that were made so far."""
    return vars(request).setdefault("page_tags", [])


def write(request: HttpRequest, response: Any, *, left: float, age: float = 0) -> None:
    """Marks the response for the wrapper.

    `left` is how many seconds are left until what it shows changes by itself, and `age` how many
    seconds ago the oldest of it was made.
    """
    tags = list(dict.fromkeys([*response.page_tags, *dependencies(request)]))
    response.headers[HEADER] = json.dumps({"tags": tags, "left": left, "age": age})


def read(header: str) -> tuple[frozenset[str], float, float]:
    """The tags, `left` and `age`."""
    mark = json.loads(header)
    return frozenset(mark["tags"]), mark["left"], mark["age"]
