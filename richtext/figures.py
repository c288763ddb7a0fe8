"""Pictures in a safe text: which they are, and what is put in the place of each."""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

_figure = re.compile(
    r'<figure(?: class="(?P<size>wide)")?><img src="[^"]*?/images/(?P<id>\d+)/"'
    r'(?: alt="(?P<alt>[^"]*)")?>(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>',
    re.DOTALL,
)


class Figure(NamedTuple):
    """One picture as the text says it. `alt` is None where the text says nothing of it."""

    image: int
    alt: SafeString | None
    caption: SafeString
    is_wide: bool


def figures_of(text: str) -> list[Figure]:
    return [_read(found) for found in _figure.finditer(text)]


def fill(text: SafeString, markup: Callable[[Figure], SafeString]) -> SafeString:
    """The safe text with this markup in the place of each figure."""
    return mark_safe(_figure.sub(lambda found: markup(_read(found)), text))  # noqa: S308


def _read(found: re.Match[str]) -> Figure:
    return Figure(
        image=int(found["id"]),
        alt=None if found["alt"] is None else mark_safe(found["alt"]),  # noqa: S308
        caption=mark_safe(found["caption"] or ""),  # noqa: S308
        is_wide=bool(found["size"]),
    )
