"""Which public pages are kept, and by what they differ."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port

from pagecache.pages import Key
from pagecache.wsgi import is_https, schemes

_others = (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
_edition = f"(?:/(?:{'|'.join(map(re.escape, _others))}))?"
# Each kind of page with the questions that it answers; other ones in its address change nothing.
PAGES = [
    (re.compile(rf"{_edition}{pattern}"), frozenset(questions.split()))
    for pattern, questions in (
        ("/", ""),
        ("/(?:sections|topics|series|contributors)/[^/]+/", "page"),
        (
            "(?:/(?:sections|topics|series|contributors)/[^/]+)?/feeds/latest[.](?:rss|atom|json)",
            "",
        ),
        ("/pages/[^/]+/", ""),
        ("/corrections/", "page"),
        ("/moderation/", ""),
        ("/archive/", ""),
        ("/archive/[0-9]{4}/[0-9]{2}/", "page"),
        ("/translators/", ""),
        ("/articles/[^/]+/", "sort lang"),
        ("/articles/[^/]+/comments/", "sort lang show after thread passage"),
        ("/articles/[^/]+/comments/latest/", ""),
        ("/articles/[^/]+/with/[^/]+/", ""),
        ("/articles/[^/]+/passages/", ""),
        ("/articles/[^/]+/changes/", "from"),
        ("/articles/[^/]+/republish/", ""),
        ("/comments/[1-9][0-9]*/(?:history/)?", ""),
        ("/support/(?:[^/]+/(?:embed/)?|[^/]+[.]json)?", ""),
    )
]
_of_the_site = (
    "/robots[.]txt|/(?:news-)?sitemap[.]xml"
    "|/sitemaps/(?:pages|articles-(?:0|[1-9][0-9]{0,17}))[.]xml"
)
PAGES.append((re.compile(_of_the_site), frozenset()))
# What is asked of one moment or for one person.
NEVER = {"posted", "since"}
MOST_QUESTIONS, LONGEST = 20, 400
NUMBER = re.compile("[1-9][0-9]{0,17}")  # in one writing alone: 07 would be 7 under another key
NUMBERS = {"page", "thread", "passage", "from"}


def key_of(environ: dict[str, Any]) -> Key | None:
    """What the page is kept by; None for what is never kept."""
    # What is remembered is not so at any length.
    path, host = environ["PATH_INFO"][: LONGEST + 1], environ.get("HTTP_HOST", "")[:LONGEST]
    key, answered = _place("https" if is_https(schemes(environ)) else "http", host, path)
    if key and environ.get("QUERY_STRING"):
        kept = _questions(environ["QUERY_STRING"], answered)
        return None if kept is None else key._replace(query=urlencode(kept))
    return key


@lru_cache(maxsize=4096)
def _place(scheme: str, host: str, path: str) -> tuple[Key | None, frozenset[str]]:
    """The key of a page that is asked nothing, and the questions that it answers."""
    pages = (questions for page, questions in PAGES if page.fullmatch(path))
    answered = next(pages, None) if len(path) <= LONGEST else None
    name, _port = split_domain_port(host)  # in one writing
    if answered is None or not name or name not in settings.ALLOWED_HOSTS:
        return None, frozenset()
    return Key(scheme, name, path), answered


def _questions(raw: str, answered: frozenset[str]) -> dict[str, str] | None:
    """Those of a query that the page answers, by their names; None where it is not kept."""
    try:
        asked = dict(parse_qsl(raw, keep_blank_values=True, max_num_fields=MOST_QUESTIONS))
    except ValueError:
        return None
    if NEVER & asked.keys():
        return None
    kept = {name: asked[name] for name in sorted(answered & asked.keys())}
    is_fit = all(len(value) <= LONGEST for value in kept.values()) and all(
        NUMBER.fullmatch(kept[name]) for name in NUMBERS & kept.keys()
    )
    return kept if is_fit else None
