"""Every page that links and lists lead to: its HTML by Nu, its formats by their rules."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import feedparser

from audit import crawl
from audit.report import Part, Table
from tests.deploy.site import Site
from tests.newsroom import validity
from tests.newsroom.crawling import Page
from tests.programs import need

MOST_SHOWN = 40
SCHEMAS = Path(__file__).with_name("schemas")
XML = {"application/atom+xml": validity.atom, "application/rss+xml": validity.rss}


def look(site: Site, tools: Path, folder: Path) -> Part:
    pages = crawl.Reader(site).crawl()
    paths, errors = nu(pages, tools, folder)
    said = "Every address that a link or list names, asked as readers do; HTML by the Nu checker, "
    said += "sitemaps by the schema of sitemaps.org, Atom by one of RFC 4287, feeds by feedparser, "
    said += "all formats by our rules."
    broken, wrong = list(crawl.broken(pages)), list(crawl.faults(pages))
    formats = [each for each in pages if each.status == 200 and is_format(each)]
    unread = [f"{page.path}: {fault}" for page in formats for fault in misread(page)]
    unread += schemas(formats, tools, folder)
    numbers = {
        "addresses asked": len(pages), "of these broken": len(broken),
        "pages of HTML": paths, "errors in them": errors.total(),
        "feeds and sitemaps": len(formats), "faults in them": len(unread),
        "links to no place, requests to others": len(wrong),
    }  # fmt: skip
    rows = [[name, f"{number:,}"] for name, number in numbers.items()]
    several = [f"{text} ({number} ×)" for text, number in errors.most_common()]
    listed = [each for found in (several, unread, broken, wrong) for each in found[:MOST_SHOWN]]
    return Part(said, [Table(["", ""], rows)], listed)


def nu(pages: list[Page], tools: Path, folder: Path) -> tuple[int, Counter[str]]:
    """How many pages were looked at; each error with its first page, and how often it is there."""
    made, paths = folder / "pages", {}
    made.mkdir()
    for number, page in enumerate(pages):
        if crawl.kind(page) == "text/html" and page.status not in (301, 302, 405):
            file = made / f"{number}.html"
            file.write_text(crawl.body(page))
            paths[file.resolve().as_uri().replace("///", "/")] = page.path
    java = need("java", package="default-jre-headless")
    command = [java, "-Xss8m", "-jar", str(tools / "vnu-jar" / "build" / "dist" / "vnu.jar")]
    command += ["--format", "json", "--exit-zero-always", str(made)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800).stderr
    errors: Counter[str] = Counter()
    where: dict[str, str] = {}
    for message in json.loads(said)["messages"]:
        if message["type"] in ("error", "non-document-error"):
            place = paths.get(message.get("url", "").replace("///", "/"), "?")
            first = where.setdefault(message["message"], f"{place}: {extract(message)}")
            errors[f"{message['message']} First at {first}"] += 1
    return len(paths), errors


def extract(message: dict[str, str]) -> str:
    return f"`{' '.join(message.get('extract', '').split())[:120]}`"


def is_format(page: Page) -> bool:
    return crawl.kind(page) in {*XML, "application/xml", "application/feed+json"}


def misread(page: Page) -> Iterator[str]:
    """What our rules and feedparser do not like."""
    text, kind = crawl.body(page), crawl.kind(page)
    if kind in XML:
        yield from XML[kind](text)
        read = feedparser.parse(text.encode())
        if read.bozo:
            yield str(read.get("bozo_exception"))
    elif kind == "application/xml":
        yield from validity.sitemap(text)
    else:
        yield from validity.json_feed(json.loads(text))


def schemas(pages: list[Page], tools: Path, folder: Path) -> Iterator[str]:
    """What schemas do not allow: sitemaps.org's in sitemaps, ours of RFC 4287 in Atom.

    Indexes of sitemaps have another one, and are read by our rules alone.
    """
    made = folder / "schemas"
    shutil.copytree(SCHEMAS, made)
    shutil.copy(tools / "sitemap" / "schema" / "sitemap.xsd", made)
    for number, page in enumerate(pages):
        text, file = crawl.body(page), made / f"{number}.xml"
        if crawl.kind(page) == "application/atom+xml":
            schema = ("--relaxng", "atom.rng")
        elif "<urlset" in text:
            schema = ("--schema", "all.xsd")
        else:
            continue
        file.write_text(text)
        yield from (f"{page.path}: {line}" for line in disallowed(file, *schema))


def disallowed(file: Path, kind: str, schema: str) -> list[str]:
    """The first lines of what xmllint says of a file that is not valid; nothing of a valid one."""
    xmllint = need("xmllint", package="libxml2-utils")
    command = [xmllint, "--nonet", "--noout", kind, str(file.parent / schema), str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if not said.returncode:
        return []
    lines = said.stderr.strip().splitlines() or ["not valid"]
    return [line.removeprefix(str(file)) for line in lines[:3]]
