"""Which public pages are kept, and by what they differ."""

import re
from collections.abc import Hashable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from pagecache.wsgi import is_https

_others = (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
_edition = f"(?:/(?:{'|'.join(map(re.escape, _others))}))?"
# Each kind of page with the questions that it answers; other ones in its address change nothing.
PAGES = [
    (re.compile(rf"{_edition}{pattern}"), frozenset(questions.split()))
    for pattern, questions in (
        ("/", ""),
        ("/(?:sections|topics|contributors)/[^/]+/", "page"),
        ("/pages/[^/]+/", ""),
        ("/articles/[^/]+/", "sort lang"),
        ("/articles/[^/]+/comments/", "sort lang show after thread passage"),
        ("/articles/[^/]+/comments/latest/", ""),
        ("/articles/[^/]+/passages/", ""),
        ("/comments/[0-9]+/(?:history/)?", ""),
        ("/support/(?:[^/]+/)?", ""),
    )
]
# What is asked of one moment or for one person.
NEVER = {"posted", "since"}
MOST_QUESTIONS, LONGEST = 20, 400


def key_of(environ: dict[str, Any]) -> Hashable | None:
    """What the page is kept by: scheme, host, path and the questions that it answers.

    None for what is never kept. Other questions are taken out of the environment.
    """
    path, host = environ["PATH_INFO"], environ.get("HTTP_HOST", "")
    answered = next((questions for page, questions in PAGES if page.fullmatch(path)), None)
    if answered is None or host.partition(":")[0] not in settings.ALLOWED_HOSTS:
        return None
    raw = environ.get("QUERY_STRING", "")
    if not raw:
        return is_https(environ), host, path, ""
    try:
        asked = dict(parse_qsl(raw, keep_blank_values=True, max_num_fields=MOST_QUESTIONS))
    except ValueError:
        return None
    if NEVER & asked.keys():
        return None
    kept = {name: asked[name] for name in sorted(answered & asked.keys())}
    if any(len(value) > LONGEST for value in kept.values()):
        return None
    query = environ["QUERY_STRING"] = urlencode(kept)
    return is_https(environ), host, path, query
