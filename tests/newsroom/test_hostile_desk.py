"""The corpus of hostile input in the desk's own fields, and in every output: it stays words."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.test import Client
from PIL import Image

from articles.models import Article, Contributor
from comments.following import follow
from comments.models import Kind
from newsroom import feeds
from operations.models import SiteSettings
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_error_report, write
from tests.comments.post_office import work
from tests.newsroom import validity
from tests.newsroom.hostile_paper import WORDS, make_hostile_paper, make_hostile_sections
from tests.newsroom.structure import Structure
from tests.newsroom.test_hostile_input import HEADERS, SCRIPT, check_desk
from translations.models import Attribution

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# what a page may say in its head beyond what one without a picture or summary does
MORE = {"description", "og:description", "og:image", "og:image:width", "og:image:height",
        "og:image:alt", "twitter:card", "robots"}  # fmt: skip


class Head(HTMLParser):
    """{property or name: content} of a page's meta elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.told[name] = given.get("content") or ""


@pytest.fixture
def calm(client):
    """What a page of a harmless article is built of, at the least and at the most."""
    make_site(editions=("en", "de"))
    return Structure(client.get(make_article(slug="calm").get_absolute_url()).text)


def check(html: str, calm: Structure | None = None) -> None:
    page = Structure(html)
    assert page.faults == []
    for tag in ("iframe", "object", "embed", "math", "video", "audio", "marquee", "dialog"):
        assert page.elements[tag] == 0, tag
    assert "pwned()</script>" not in html and "<base href" not in html.lower()
    if calm:
        assert page.elements["script"] <= calm.elements["script"] + 2  # pictures, credits
        assert page.elements["style"] == calm.elements["style"]
    for data in SCRIPT.findall(html):
        assert "@context" in json.loads(data)


def test_corpus_is_nearly_all_taken_by_the_desk():
    assert len(WORDS) > 200 and len(set(WORDS)) > 200


def test_pages_of_articles_hold_words_and_tell_machines_the_same(client, calm):
    usual = set(Head(client.get("/articles/calm/").text).told) | MORE
    for article in make_hostile_paper():
        html = client.get(article.get_absolute_url()).text
        check(html, calm)
        told = Head(html).told
        assert told["og:title"] == article.headline
        assert set(told) <= usual, article
        nodes = [node for data in SCRIPT.findall(html) for node in json.loads(data)["@graph"]]
        assert article.headline in [node.get("headline") for node in nodes]


def test_lists_hold_words(client, calm):
    articles = make_hostile_paper()
    month = f"/archive/{articles[0].publish_at:%Y/%m}/"
    pages = ["/", "/sections/harbour/", "/corrections/", "/translators/", "/archive/", month]
    pages += [person.get_absolute_url() for person in Contributor.objects.filter(
        contributions__credited_as="")]  # fmt: skip
    pages += [each.topics.get().get_absolute_url() for each in articles[::2]]
    pages += [f"/search/?q={word}" for word in ("pwned", "evil", "script", "javascript")]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        check(answer.text, calm)


def test_names_of_sections_and_of_the_paper_hold_words(client, calm):
    make_hostile_sections()
    for vector in WORDS[::10]:
        SiteSettings.objects.update(name=vector[:80], place=vector[:80], footers={"en": vector})
        for page in ("/", "/articles/calm/"):
            check(client.get(page).text, calm)


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_feeds_are_feeds_and_hold_words(client, monkeypatch, calm, kind):
    monkeypatch.setattr(feeds, "ENTRIES", 1000)
    articles = make_hostile_paper()
    text = client.get(f"/sections/harbour/feeds/latest.{kind}").text
    if kind == "json":
        items = json.loads(text)["items"]
        titles, parts = [each["title"] for each in items], [each["content_html"] for each in items]
    else:
        assert list({"atom": validity.atom, "rss": validity.rss}[kind](text)) == []
        found = ElementTree.fromstring(text)
        titles = [each.text or "" for each in found.iter() if each.tag.endswith("title")]
        bodies = [each for each in found.iter() if re.search("}(content|encoded)$", each.tag)]
        parts = [each.text or "" for each in bodies]
    said = {shown(title) for title in titles}
    assert {shown(article.headline) for article in articles} <= said and len(parts) > len(articles)
    for part in parts:
        page = Structure(part)
        assert page.faults == [] and not page.elements["script"], part


def shown(text: str) -> str:
    return " ".join(text.split())


def test_sitemaps_hold_nothing_but_addresses(client, calm):
    make_hostile_paper()
    for path in ("/news-sitemap.xml", "/sitemap.xml", "/sitemaps/pages.xml"):
        assert ElementTree.fromstring(client.get(path).content) is not None


def test_cards_are_drawn_of_any_headline(client, calm):
    drawn = 0
    for vector in WORDS[::6]:
        page = client.get(make_article(headline=vector[:200]).get_absolute_url()).text
        address = Head(page).told.get("og:image", "").removeprefix("http://localhost:8000")
        if address.startswith("/cards/"):  # else a font lacks its letters
            answer = client.get(address)
            assert Image.open(BytesIO(answer.content)).format == "PNG", vector
            drawn += 1
    assert drawn > 20


def test_mails_with_headlines_have_one_line_of_a_subject(calm):
    make_colleague("moderator")
    member, made = make_user(), [make_article(headline=vector[:200]) for vector in WORDS[::3]]
    for article in made:
        follow(article, kind=Kind.STORY, member=member)
        write(article)
    make_error_report(made[0])
    work()
    assert len(mail.outbox) >= len(made)
    for sent in mail.outbox:
        message = sent.message()
        assert set(message.keys()) <= HEADERS
        assert not re.search(r"[\r\n](?![ \t])", str(message["Subject"]))
        assert all("evil.example" not in address for address in sent.recipients())
        for part in message.walk():
            if part.get_content_type() == "text/html":
                assert Structure(part.get_payload(decode=True).decode()).faults == []


def test_desk_holds_its_own_words(calm):
    articles, desk = make_hostile_paper(), Client()
    desk.force_login(make_user(is_staff=True, is_superuser=True))
    plain = Article.objects.get(slug="calm")
    allowed = Structure(desk.get(f"/admin/articles/article/{plain.pk}/change/").text)
    lists = ["articles/article", "articles/contributor", "articles/topic", "articles/image",
             "articles/section", "translations/sourcework", "translations/publication"]  # fmt: skip
    for page in ["", *(f"{name}/" for name in lists), "translations/desk/"]:
        check_desk(desk.get(f"/admin/{page}").text, allowed)
    for article in articles[::5]:
        credit = Attribution.objects.get(article=article)
        line = article.contributions.get()
        pages = (f"articles/article/{article.pk}", f"articles/contributor/{line.contributor_id}",
                 f"translations/sourcework/{credit.source_work_id}")  # fmt: skip
        for page in pages:
            answer = desk.get(f"/admin/{page}/change/")
            assert answer.status_code == 200
            check_desk(answer.text, allowed)
