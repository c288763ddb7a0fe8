"""One feed in three formats: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

# What no XML 1.0 document may contain, in whatever writing.
_unwritable = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Person:
    name: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One article. Addresses are absolute; `html` is safe."""

    id: str
    url: str
    title: str
    language: str
    summary: str
    html: str
    published_at: datetime
    changed_at: datetime
    authors: list[Person]
    translators: list[Person]
    source_url: str
    source_language: str
    credit: str
    alternates: list[tuple[str, str]]  # (language, address)
    subjects: list[str]
    image_url: str


@dataclass(frozen=True)
class Feed:
    """A list of entries, newest first, and where it stands."""

    title: str
    paper: str
    language: str
    page_url: str
    self_url: str
    other_languages: list[tuple[str, str]]  # (language, address of the same feed there)
    entries: list[Entry]

    @property
    def changed_at(self) -> datetime:
        """When anything in it changed last; not when it was made, so that it stays the same."""
        return max(
            (entry.changed_at for entry in self.entries), default=datetime(2000, 1, 1, tzinfo=UTC)
        )


def rss(feed: Feed) -> str:
    root = Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.page_url)
    _add(channel, "description", feed.title)
    _add(channel, "language", feed.language)
    if feed.entries:
        _add(channel, "lastBuildDate", _mail_date(feed.changed_at))
    _link(channel, "self", feed.self_url, prefix="atom:", type="application/rss+xml")
    for language, url in feed.other_languages:
        _link(channel, "alternate", url, prefix="atom:", hreflang=language,
              type="application/rss+xml")  # fmt: skip
    for entry in feed.entries:
        _rss_item(channel, entry)
    return _document(root)


def _rss_item(channel: Element, entry: Entry) -> None:
    item = SubElement(channel, "item")
    _add(item, "title", entry.title)
    _add(item, "link", entry.url)
    _add(item, "guid", entry.id, isPermaLink="false")
    _add(item, "pubDate", _mail_date(entry.published_at))
    for person in entry.authors:
        _add(item, "dc:creator", person.name)
    for person in entry.translators:
        _add(item, "dc:contributor", person.name)
    _add(item, "dc:language", entry.language)
    if entry.source_url:
        _add(item, "dc:source", entry.source_url)
    for subject in entry.subjects:
        _add(item, "category", subject)
    if entry.summary:
        _add(item, "description", entry.summary)
    _add(item, "content:encoded", entry.html)


def atom(feed: Feed) -> str:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add(root, "id", feed.self_url)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.changed_at.isoformat())
    _atom_person(root, "author", Person(feed.paper))
    _link(root, "self", feed.self_url, type="application/atom+xml")
    _link(root, "alternate", feed.page_url, type="text/html", hreflang=feed.language)
    for language, url in feed.other_languages:
        _link(root, "alternate", url, type="application/atom+xml", hreflang=language)
    for entry in feed.entries:
        _atom_entry(root, entry)
    return _document(root)


def _atom_entry(root: Element, entry: Entry) -> None:
    made = SubElement(root, "entry", {"xml:lang": entry.language})
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "published", entry.published_at.isoformat())
    _add(made, "updated", entry.changed_at.isoformat())
    for person in entry.authors:
        _atom_person(made, "author", person)
    for person in entry.translators:
        _atom_person(made, "contributor", person)
    _link(made, "alternate", entry.url, type="text/html", hreflang=entry.language)
    for language, url in entry.alternates:
        _link(made, "alternate", url, type="text/html", hreflang=language)
    if entry.source_url:
        _link(made, "via", entry.source_url, type="text/html", hreflang=entry.source_language)
    for subject in entry.subjects:
        SubElement(made, "category", {"term": writable(subject)})
    if entry.summary:
        _add(made, "summary", entry.summary)
    _add(made, "content", entry.html, type="html")


def _atom_person(parent: Element, role: str, person: Person) -> None:
    made = SubElement(parent, role)
    _add(made, "name", person.name)
    if person.url:
        _add(made, "uri", person.url)


def json_feed(feed: Feed) -> str:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "language": feed.language,
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False)


def _json_item(entry: Entry) -> dict[str, Any]:
    """Keys that begin with an underscore are an extension, as the format allows."""
    told = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.source_url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.image_url,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.changed_at.isoformat(),
        "authors": _json_people(entry.authors),
        "tags": entry.subjects,
        "language": entry.language,
        "_credit": _json_credit(entry) if entry.credit else None,
    }
    return {key: value for key, value in told.items() if value}


def _json_credit(entry: Entry) -> dict[str, Any]:
    return {
        "text": entry.credit,
        "source_language": entry.source_language,
        "translators": _json_people(entry.translators),
    }


def _json_people(people: list[Person]) -> list[dict[str, str]]:
    return [
        {"name": person.name, "url": person.url} if person.url else {"name": person.name}
        for person in people
    ]


FORMATS: dict[str, tuple[str, Callable[[Feed], str]]] = {
    "rss": ("application/rss+xml; charset=utf-8", rss),
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "json": ("application/feed+json; charset=utf-8", json_feed),
}


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = writable(text)


def _link(parent: Element, rel: str, href: str, *, prefix: str = "", **attributes: str) -> None:
    SubElement(parent, f"{prefix}link", {"rel": rel, "href": writable(href), **attributes})


def writable(text: str) -> str:
    """The text without what XML cannot hold."""
    return _unwritable.sub("", text)


def _document(root: Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def _mail_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
