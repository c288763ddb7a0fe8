"""What the formats of feeds and sitemaps demand, as functions that yield everything that is wrong.

RFC 4287 (Atom), the RSS 2.0 specification with its profile, JSON Feed 1.1, the protocol and schemas
of sitemaps.org and Google's of news. Elements and keys that a format does not have are faults too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
DC, CONTENT = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/rss/1.0/modules/content/}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SEQUENCE = ("loc", "lastmod", "changefreq", "priority")

# fmt: off
# {element: (least, most)} of each kind of parent
ANY = 10**9
PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
META = {"author": (0, ANY), "category": (0, ANY), "contributor": (0, ANY), "id": (1, 1),
        "link": (0, ANY), "rights": (0, 1), "title": (1, 1), "updated": (1, 1)}
FEED = META | {"generator": (0, 1), "icon": (0, 1), "logo": (0, 1), "subtitle": (0, 1),
               "entry": (0, ANY)}
ENTRY = META | {"content": (0, 1), "published": (0, 1), "source": (0, 1), "summary": (0, 1)}
CHANNEL = {"title": (1, 1), "link": (1, 1), "description": (1, 1), "language": (0, 1),
           "lastBuildDate": (0, 1), "item": (0, ANY), f"{ATOM}link": (1, ANY)}
ITEM = {"title": (1, 1), "link": (1, 1), "description": (0, 1), "guid": (1, 1), "pubDate": (1, 1),
        "category": (0, ANY), f"{CONTENT}encoded": (0, 1),
        **{DC + name: (0, ANY) for name in ("creator", "contributor", "language", "source")}}
JSON_FEED = {"version", "title", "home_page_url", "feed_url", "description", "language", "icon",
             "favicon", "authors", "items", "next_url", "expired", "hubs", "user_comment"}
JSON_ITEM = {"id", "url", "external_url", "title", "content_html", "content_text", "summary",
             "image", "banner_image", "date_published", "date_modified", "authors", "tags",
             "language", "attachments"}
# fmt: on


def _children(parent: Element, allowed: dict[str, tuple[int, int]], space: str) -> Iterator[str]:
    counted = Counter(each.tag for each in parent)
    full = {name if name.startswith("{") else space + name: span for name, span in allowed.items()}
    for name in counted.keys() - full.keys():
        yield f"{parent.tag} has no {name}"
    for name, (least, most) in full.items():
        if not least <= counted[name] <= most:
            yield f"{parent.tag} has {counted[name]} {name}"


def _addresses(found: Iterable[str | None]) -> Iterator[str]:
    for address in found:
        parts = urlsplit(address or "")
        if parts.scheme not in ("http", "https") or not parts.netloc or " " in (address or ""):
            yield f"no absolute address: {address!r}"


def _moments(found: Iterable[str | None]) -> Iterator[str]:
    for each in found:
        if not MOMENT.fullmatch(each or ""):
            yield f"no moment: {each!r}"


def _unlike(found: Iterable[str | None]) -> Iterator[str]:
    yield from (f"twice: {each}" for each, times in Counter(found).items() if times > 1)


def atom(text: str) -> Iterator[str]:
    feed = fromstring(text)
    if feed.tag != f"{ATOM}feed":
        yield f"no feed: {feed.tag}"
        return
    entries = feed.findall(f"{ATOM}entry")
    yield from _children(feed, FEED, ATOM)
    for entry in entries:
        yield from _children(entry, ENTRY, ATOM)
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            yield "an entry without an author"
    for part in (feed, *entries):
        links = part.findall(f"{ATOM}link")
        yield from _addresses(link.get("href") for link in links)
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in links]
        yield from _unlike(str(kind) for kind in kinds)
        yield from (f"no language: {kind}" for kind in kinds if not _is_language(kind[2]))
        yield from ("a category without a term" for each in part.findall(f"{ATOM}category")
                    if not each.get("term"))  # fmt: skip
        if not any(kind[0] == "alternate" for kind in kinds):
            yield "nothing alternate"
        for person in (*part.findall(f"{ATOM}author"), *part.findall(f"{ATOM}contributor")):
            yield from _children(person, PERSON, ATOM)
    yield from _moments(each.text for name in ("updated", "published")
                        for each in feed.iter(ATOM + name))  # fmt: skip
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    yield from _unlike(ids)
    yield from (f"no IRI: {each}" for each in ids if not urlsplit(each or "").scheme)


def _is_language(code: str | None) -> bool:
    return code is None or bool(LANGUAGE.fullmatch(code))


def rss(text: str) -> Iterator[str]:
    root = fromstring(text)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None or len(root) != 1:
        yield "no RSS 2.0"
        return
    items = channel.findall("item")
    yield from _children(channel, CHANNEL, "")
    for item in items:
        yield from _children(item, ITEM, "")
        guid = item.find("guid")
        if guid is not None and guid.get("isPermaLink") != "false":
            yield from _addresses([guid.text])
    yield from _addresses(part.findtext("link") for part in (channel, *items))
    yield from _addresses(link.get("href") for link in channel.findall(f"{ATOM}link"))
    yield from _unlike(item.findtext("guid") for item in items)
    for each in (*root.iter("pubDate"), *root.iter("lastBuildDate")):
        try:
            parsedate_to_datetime(each.text or "")
        except ValueError:
            yield f"no date: {each.text}"


def json_feed(told: dict[str, Any]) -> Iterator[str]:
    if told.get("version") != "https://jsonfeed.org/version/1.1" or not told.get("title"):
        yield "no JSON Feed 1.1"
    yield from (f"no such key: {key}" for key in told.keys() - JSON_FEED if key[0] != "_")
    yield from _addresses(told[key] for key in ("home_page_url", "feed_url") if key in told)
    for item in told.get("items", [{}]):
        yield from (f"no such key: {key}" for key in item.keys() - JSON_ITEM if key[0] != "_")
        if not isinstance(item.get("id"), str) or not item["id"]:
            yield "an item without an id"
        if "content_html" not in item and "content_text" not in item:
            yield "an item without content"
        addresses = ("url", "external_url", "image", "banner_image")
        yield from _addresses(item[key] for key in addresses if key in item)
        moments = ("date_published", "date_modified")
        yield from _moments(item[key] for key in moments if key in item)
        for person in item.get("authors", []):
            if not person or person.keys() - {"name", "url", "avatar"}:
                yield f"no author: {person}"
    yield from _unlike(item.get("id") for item in told.get("items", []))


def sitemap(text: str) -> Iterator[str]:
    root = fromstring(text)
    entry = {f"{MAP}urlset": "url", f"{MAP}sitemapindex": "sitemap"}.get(root.tag)
    if entry is None or not 1 <= len(root) <= 50_000 or len(text.encode()) > 50 * 2**20:
        yield "no sitemap"
        return
    yield from _children(root, {entry: (1, ANY)}, MAP)
    allowed = {"loc": (1, 1), "lastmod": (0, 1)}
    if entry == "url":
        allowed |= {"changefreq": (0, 1), "priority": (0, 1)}
        allowed |= {f"{XHTML}link": (0, ANY), f"{NEWS}news": (0, 1)}
    places = []
    for each in root:
        yield from _children(each, allowed, MAP)
        names = [child.tag.removeprefix(MAP) for child in each if child.tag.startswith(MAP)]
        if names != [name for name in SEQUENCE if name in names]:
            yield f"out of order: {names}"
        places.append(each.findtext(f"{MAP}loc") or "")
        yield from _moments(found.text for found in each.findall(f"{MAP}lastmod"))
        yield from _addresses(link.get("href") for link in each.findall(f"{XHTML}link"))
        for news in each.findall(f"{NEWS}news"):
            yield from _news(news)
    yield from _addresses(places)
    yield from _unlike(places)
    yield from (f"too long: {place}" for place in places if len(place) >= 2048)
    if len({urlsplit(place)[:2] for place in places}) > 1:
        yield "addresses of several sites"


def _news(news: Element) -> Iterator[str]:
    yield from _children(
        news, {"publication": (1, 1), "publication_date": (1, 1), "title": (1, 1)}, NEWS
    )
    for publication in news.findall(f"{NEWS}publication"):
        yield from _children(publication, {"name": (1, 1), "language": (1, 1)}, NEWS)
    yield from ("nothing in an element" for each in news.iter()
                if not len(each) and not (each.text or "").strip())  # fmt: skip
    for each in news.findall(f"{NEWS}publication_date"):
        yield from _moments([each.text])
    for each in news.iter(f"{NEWS}language"):
        if not LANGUAGE.fullmatch(each.text or ""):
            yield f"no language: {each.text}"
