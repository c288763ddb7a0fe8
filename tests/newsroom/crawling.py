"""A reader who asks a running site for every address that there is, and for those one may guess."""

import http.client
import re
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

HIDDEN = ("/admin/", "/accounts/", "/me/", "/media/", "/static/")
_link = re.compile(
    r"""(?:href|src|action)\s*=\s*["']([^"']+)|data-[a-z-]+\s*=\s*["'](/[^"']*)|<loc>([^<]+)"""
    r"""|"(?:url|@id|feed_url|home_page_url|external_url)"\s*:\s*"([^"]+)"""
)
KINDS = ("articles", "sections", "topics", "series", "contributors", "pages")


class Page(NamedTuple):
    path: str
    status: int
    text: str  # headers and body
    begun: float
    ended: float


def addresses(known: dict[str, Iterable[Any]], languages: Iterable[str]) -> list[str]:
    """Every public address of the URL configuration, filled with all that is `known`.

    Its keys are the first part of an address whose slug it is (`articles`), else the parameter.
    """
    found: dict[str, None] = {}
    for name, route, parameters in _named(get_resolver()):
        kind = next((each for each in KINDS if f"{each}/" in route), "")
        choices = [known.get(kind if each == "slug" else each, ()) for each in parameters]
        for values, language in product(product(*choices), languages):
            with override(language):
                try:
                    path = reverse(name, kwargs=dict(zip(parameters, values, strict=True)))
                except NoReverseMatch:
                    continue
            if not path.startswith(HIDDEN):
                found[path] = None
    return list(found)


def _named(
    resolver: URLResolver, space: str = "", before: str = ""
) -> Iterator[tuple[str, str, list[str]]]:
    """(name, route, names of its parameters) of each pattern below."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            if each.namespace != "admin":
                yield from _named(each, inner, route)
        elif isinstance(each, URLPattern) and each.name:
            regex = each.pattern.regex.groupindex
            yield space + each.name, route, list(each.pattern.converters or regex)


class Crawler:
    """Asks one machine, eight requests at a time, and remembers every address that it met."""

    hidden: tuple[str, ...] = HIDDEN

    def __init__(self, port: int, paths: Iterable[str]) -> None:
        self.port, self.paths = port, dict.fromkeys(paths)
        self.origins = {("", ""), ("", f"localhost:{port}"), ("http", f"localhost:{port}")}

    def crawl(self) -> list[Page]:
        """Everything that is known, then whatever that leads to."""
        pages, waiting = [], list(self.paths)
        with ThreadPoolExecutor(8) as readers:
            while waiting:
                answers = list(readers.map(self.ask, waiting))
                pages += answers
                met = {path: None for page in answers for path in self._links(page)}
                waiting = [path for path in met if path not in self.paths]
                self.paths |= dict.fromkeys(waiting)
        return pages

    def ask(self, path: str, method: str = "GET") -> Page:
        begun = time.time()
        line = http.client.HTTPConnection("localhost", self.port, timeout=30)
        line.request(method, path)
        answer = line.getresponse()
        body = answer.read().decode(errors="replace")  # pictures too
        line.close()
        headers = "\n".join(f"{name}: {value}" for name, value in answer.getheaders())
        return Page(path, answer.status, f"{headers}\n\n{body}", begun, time.time())

    def _links(self, page: Page) -> Iterator[str]:
        for groups in _link.findall(page.text):
            try:
                parts = urlsplit(urljoin(page.path, unescape("".join(groups))))
            except ValueError:
                continue
            if parts[:2] in self.origins and parts.path.startswith("/"):
                path = parts._replace(scheme="", netloc="", fragment="").geturl()
                if not path.startswith(self.hidden):
                    yield path
