"""What the crawl and the formats' rules of the audit take for a fault."""

import pytest

from audit import crawl, markup
from audit.screenshots import FOLDER, PAGES, WINDOWS
from tests.newsroom.crawling import Page
from tests.programs import need

HTML = "Content-Type: text/html; charset=utf-8"
SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://news.example/</loc><lastmod>2026-11-22T12:00:00Z</lastmod></url></urlset>"""


def page(body, *, path="/", status=200, head=HTML):
    return Page(path, status, f"{head}\n\n{body}", 0, 0)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="#text">Text</a>', "/ leads to /#text, which is not there"),
        ('<img src="https://elsewhere.example/a.png">', "/ asks https://elsewhere.example/a.png"),
        ('<source srcset="/a.webp 1x, //b.example/a.webp 2x">', "/ asks https://b.example/a.webp"),
        ('<link rel="icon" href="https://b.example/i.svg">', "/ asks https://b.example/i.svg"),
    ],
    ids=["no such part", "picture", "set of pictures", "icon"],
)
def test_faults_of_links_are_found(body, fault):
    assert list(crawl.faults([page(body)])) == [fault]


def test_what_leads_on_and_stays_here_is_no_fault():
    body = '<a href="/b/#text">Text</a><a href="https://b.example/#x">B</a><img src="/a.png">'
    other = page('<p id="text">', path="/b/")
    assert list(crawl.faults([page(body), other])) == []


def test_addresses_that_are_only_posted_to_are_not_broken():
    pages = [page("", path=f"/{status}/", status=status) for status in (200, 302, 404, 405, 500)]
    assert list(crawl.broken(pages)) == ["/404/: 404", "/500/: 500"]


def test_sitemap_is_read_by_the_schemas(tmp_path):
    need("xmllint", package="libxml2-utils")
    schema = tmp_path / "tools" / "sitemap" / "schema" / "sitemap.xsd"
    schema.parent.mkdir(parents=True)
    schema.write_text(SCHEMA)
    pages = [page(SITEMAP), page(SITEMAP.replace("lastmod", "changed"), path="/bad.xml")]
    found = list(markup.schemas(pages, tmp_path / "tools", tmp_path))
    assert found and all(each.startswith("/bad.xml: ") for each in found)


def test_every_picture_of_a_page_is_one_of_the_command():
    made = {f"{page}-{window}.webp" for page in PAGES for window in WINDOWS}
    assert {each.name for each in FOLDER.glob("*.webp")} == made


SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9">
  <element name="urlset"><complexType><sequence><element name="url"><complexType><sequence>
    <element name="loc" type="anyURI"/><element name="lastmod" type="dateTime"/>
  </sequence></complexType></element></sequence></complexType></element></schema>"""
