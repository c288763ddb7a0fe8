"""A reader who follows every link of the site through nginx, and what is wrong with the answers."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from tests.deploy.site import NAME, Site
from tests.newsroom.crawling import Crawler, Page

HERE = f"https://{NAME}"
ONLY_POSTED = 405  # a form's address says so to whoever asks for it
BEGINNING = re.compile("(/[a-z]{2})?/comments/")  # to which a script adds a comment's number
MOST_ALIKE = 20
FETCHED = {"img", "script", "iframe", "audio", "video", "source", "track", "embed", "object"}
FETCHING = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
ALIKE = re.compile(r"\d+|(?<==)[^&]*")
TYPE = re.compile(r"^content-type:\s*([^;\s]+)", re.IGNORECASE | re.MULTILINE)


class Reader(Crawler):
    """Of addresses that differ in their numbers and answers alone it asks so many."""

    hidden = ("/admin/", "/accounts/", "/me/")

    def __init__(self, site: Site) -> None:
        super().__init__(site.nginx.port, ["/", "/de/", "/tr/", "/ru/", "/ar/", "/sitemap.xml",
                                           "/robots.txt"])  # fmt: skip
        self.site, self.origins = site, {("", ""), ("https", NAME)}
        self.alike: Counter[str] = Counter()

    def _links(self, page: Page) -> Iterator[str]:
        for path in super()._links(page):
            if path in self.paths:
                continue
            self.alike[form := ALIKE.sub("", path)] += 1
            if self.alike[form] <= MOST_ALIKE:
                yield path

    def ask(self, path: str, method: str = "GET") -> Page:
        begun = time.time()
        answer = self.site.ask(path, method=method)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        text = f"{headers}\n\n{answer.body.decode(errors='replace')}"
        return Page(path, answer.status, text, begun, time.time())


class Found(NamedTuple):
    """What one page holds."""

    ids: set[str]
    places: set[str]  # parts of pages that its links lead to
    fetched: set[str]  # what a browser asks for by itself


def body(page: Page) -> str:
    return page.text.partition("\n\n")[2]


def kind(page: Page) -> str:
    told = TYPE.search(page.text.partition("\n\n")[0])
    return told[1].lower() if told else ""


def broken(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        is_page = page.status != ONLY_POSTED and not BEGINNING.fullmatch(page.path)
        if page.status >= 400 and is_page:
            yield f"{page.path}: {page.status}"


def faults(pages: list[Page]) -> Iterator[str]:
    """Links to parts that a page does not have, and whatever comes from another host."""
    found = {page.path: read(page) for page in pages
             if page.status == 200 and kind(page) == "text/html"}  # fmt: skip
    for path, page in found.items():
        for address in sorted(page.fetched):
            if urlsplit(address).netloc not in ("", NAME) and not address.startswith("data:"):
                yield f"{path} asks {address}"
        for place in sorted(page.places):
            leads, _, part = place.partition("#")
            if leads in found and part and unquote(part) not in found[leads].ids:
                yield f"{path} leads to {place}, which is not there"


def read(page: Page) -> Found:
    parser = _Parser(page.path)
    parser.feed(body(page))
    return parser.found


class _Parser(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.base, self.found = f"{HERE}{path}", Found(set(), set(), set())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if "id" in told:
            self.found.ids.add(told["id"])
        if tag == "a" and "#" in told.get("href", ""):
            place = urljoin(self.base, told["href"])
            if place.startswith(f"{HERE}/"):
                self.found.places.add(place.removeprefix(HERE))
        if tag in FETCHED:
            several = [each.split()[0] for each in told.get("srcset", "").split(", ") if each]
            one = [told[name] for name in ("src", "poster", "data") if told.get(name)]
            self.found.fetched.update(urljoin(self.base, each) for each in several + one)
        if tag == "link" and FETCHING & set(told.get("rel", "").split()):
            self.found.fetched.add(urljoin(self.base, told.get("href", "")))
