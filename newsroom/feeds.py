"""Feeds: the newest articles of an edition, in full, for programs that collect them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from articles.figures import filled, images_of, licensed
from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Correction,
    Image,
    Role,
    Section,
    Series,
    Topic,
)
from newsroom import feed_formats
from newsroom.feed_formats import Entry, Feed, Person
from newsroom.provenance import Provenance, provenances_of
from operations.addresses import address
from operations.clock import request_now, site_day
from operations.models import SiteSettings
from operations.templatetags.machine_times import machine_time
from pagecache.marks import keep
from richtext.elsewhere import links_with_host
from richtext.reading import for_elsewhere

ENTRIES = 30


@dataclass(frozen=True)
class _Subject:
    """What a feed is about: its title, its page, and the name and arguments of its address."""

    title: str
    page_url: str
    name: str
    args: tuple[str, ...] = ()

    def url(self, kind: str, language: str) -> str:
        with override(language):
            return settings.SITE_URL + reverse(self.name, args=[*self.args, kind])


@require_safe
def latest_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The edition's newest articles."""
    page = address("front_page")
    subject = _Subject(SiteSettings.of(request).name, page, "latest_feed")
    return _feed(request, kind, subject, Article.objects.all())


@require_safe
def contributor_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The newest of what somebody had a part in, in this edition."""
    known = Contributor.objects.known(request_now(request))
    contributor = get_object_or_404(known, slug=slug)
    theirs = Article.objects.under_the_name_of(contributor)
    return _feed_of(request, kind, contributor, "contributor_feed", theirs)


@require_safe
def section_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The section's newest articles in this edition, wherever the desk has put them."""
    section = get_object_or_404(Section, slug=slug)
    return _feed_of(request, kind, section, "section_feed", section.articles.all())


@require_safe
def topic_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The newest articles on the topic in this edition."""
    topic = get_object_or_404(Topic, slug=slug)
    return _feed_of(request, kind, topic, "topic_feed", topic.articles.all())


@require_safe
def series_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The newest parts of the series in this edition."""
    series = get_object_or_404(Series, slug=slug)
    return _feed_of(request, kind, series, "series_feed", Article.objects.in_series(series))


def newest(articles: ArticleQuerySet, *, now: datetime) -> ArticleQuerySet:
    """Those of the articles that a feed of the active edition shows. Four queries."""
    live = articles.live(now).in_edition(get_language())
    return live.newest_first().for_reading()[:ENTRIES]


def _feed_of(
    request: HttpRequest,
    kind: str,
    subject: Contributor | Section | Series | Topic,
    name: str,
    articles: ArticleQuerySet,
) -> HttpResponse:
    """The feed of something that has a page; `name` is that of the feed's address."""
    title = f"{subject.name} – {SiteSettings.of(request).name}"
    page = subject.get_absolute_url()
    return _feed(request, kind, _Subject(title, page, name, (subject.slug,)), articles)


def _feed(
    request: HttpRequest, kind: str, subject: _Subject, articles: ArticleQuerySet
) -> HttpResponse:
    """The answer in one of the formats. Six queries for the entries, however many there are."""
    site, now, language = SiteSettings.of(request), request_now(request), get_language()
    shown = provenances_of(list(newest(articles, now=now)), now=now, editions=site.editions)
    known = images_of(provenance.article.body for provenance in shown)
    pictures = licensed(known, on=site_day(now))
    feed = Feed(
        title=subject.title,
        paper=site.name,
        language=language,
        page_url=urljoin(settings.SITE_URL, subject.page_url),
        self_url=subject.url(kind, language),
        other_languages=[
            (code, subject.url(kind, code)) for code in site.editions if code != language
        ],
        entries=[_entry(provenance, pictures) for provenance in shown],
    )
    content_type, write = feed_formats.FORMATS[kind]
    return keep(HttpResponse(write(feed), content_type=content_type), "lists")


def entry_id(article: Article) -> str:
    """What names the article for good, whatever becomes of its address: a tag URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{article.created_at:%Y-%m-%d}:articles/{article.pk}"


def _entry(provenance: Provenance, pictures: dict[int, Image]) -> Entry:
    article = provenance.article
    published_at = cast(datetime, article.publish_at)  # it is live
    return Entry(
        id=entry_id(article),
        url=provenance.url,
        title=article.headline,
        language=article.language,
        summary=provenance.description,
        html=full_text(provenance, pictures),
        published_at=published_at,
        changed_at=max(published_at, article.updated_at or published_at),
        authors=_authors(provenance),
        translators=_people(article, Role.TRANSLATOR),
        source_url=provenance.source_url,
        source_language=provenance.attribution.source_language if provenance.attribution else "",
        credit=provenance.credit.text if provenance.credit else "",
        alternates=[
            (language, url)
            for language, url in provenance.alternates.links_of(article)
            if language not in (article.language, "x-default")
        ],
        subjects=[each.name for each in (article.section, *article.topics.all()) if each],
        image_url=_image_url(article, on=site_day(provenance.now)),
    )


def _image_url(article: Article, *, on: date) -> str:
    """Of the picture, at the address that outlives its file; '' for none to be seen on the day."""
    image = article.lead_image
    if image is None or not image.file or not image.is_licensed_on(on):
        return ""
    return settings.SITE_URL + reverse("image_file", args=[image.pk])


def full_text(provenance: Provenance, pictures: dict[int, Image]) -> SafeString:
    """Retractions, the credit line, the text and other corrections, for elsewhere than the page."""
    text = for_elsewhere(provenance.article.body, base_url=provenance.url)
    article = provenance.article
    credit = provenance.credit and links_with_host(provenance.credit.html, settings.SITE_URL)
    return format_html(
        "{}{}{}{}",
        _told(article.retractions),
        format_html("<p>{}</p>", credit) if credit else "",
        filled(text, pictures, site_url=settings.SITE_URL),
        _told(article.other_corrections),
    )


def _told(corrections: list[Correction]) -> SafeString:
    shown = (
        (
            each.get_kind_display(),
            machine_time(each.created_at),
            date_format(localtime(each.created_at)),
            each.text,
        )
        for each in corrections
    )
    line = '<p><strong>{}</strong> (<time datetime="{}">{}</time>): {}</p>'
    return format_html_join("", line, shown)


def _authors(provenance: Provenance) -> list[Person]:
    """The reporters; where the byline has none, whom the source names, or where it appeared."""
    reporters = _people(provenance.article, Role.REPORTER)
    if reporters or not (provenance.attribution and provenance.attribution.source_work):
        return reporters
    work = provenance.attribution.source_work
    if work.byline:
        return [Person(work.byline)]
    return [Person(work.publication.name, work.publication.url)]


def _people(article: Article, role: Role) -> list[Person]:
    return [
        Person(line.name, settings.SITE_URL + line.person.get_absolute_url() if line.person else "")
        for line in article.contributions.all()
        if line.role == role
    ]
