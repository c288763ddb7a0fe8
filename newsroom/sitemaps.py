"""What search engines may list: the sitemap, and that of the news."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import cast
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.archive import Archive, Month, months_of
from articles.models import Article, ArticleQuerySet, Page
from fundraising.models import Campaign
from newsroom.alternates import Alternates, alternates_by_story, versions_of_pages, with_default
from newsroom.feed_formats import writable
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import keep
from translations.indexing import indexable

# Each sitemap holds a range of ids as long as this, so that what is new moves nothing from one to
# the next; readers of sitemaps take 50,000 addresses at most.
IDS_IN_ONE = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_FOR, NEWS_AT_MOST = timedelta(hours=48), 1000  # what readers of news sitemaps take
# The pages of what articles are of: how each is named in an article.
SUBJECTS: dict[str, dict[str, str]] = {
    "articles:section_detail": {"slug": "section__slug"},
    "articles:topic_detail": {"slug": "topics__slug"},
    "articles:contributor_detail": {
        "slug": "contributions__contributor__slug",
        "contributions__credited_as": "",
    },
}
XML = "application/xml; charset=utf-8"


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps: one of the paper's own pages, that of the news where there are any,
    and those of the articles. Two queries."""
    lines = [f'<sitemapindex xmlns="{NAMESPACE}">', _sitemap(reverse("sitemap_of_pages"), None)]
    if newest := _news(request).first():
        lines.append(_sitemap(reverse("sitemap_of_news"), newest.publish_at))
    ranges = (
        _listed(request)
        .annotate(range=F("pk") / IDS_IN_ONE)
        .values_list("range")
        .annotate(changed_at=Max(Coalesce("updated_at", "publish_at")))
        .order_by("range")
    )
    for number, changed_at in ranges:
        lines.append(_sitemap(reverse("sitemap_of_articles", args=[number]), changed_at))
    return _answer([*lines, "</sitemapindex>"])


@require_safe
def sitemap_of_pages(request: HttpRequest) -> HttpResponse:
    """The editions' front pages, archives, corrections, moderation, translators, campaigns and
    standing pages, and those of sections, topics and people where the edition has something.

    Five queries, and one for each edition.
    """
    editions = SiteSettings.of(request).editions
    found = _in_each(editions, lambda: reverse("front_page"))
    found += _in_each(editions, Archive().get_absolute_url)
    for month, where in _months(request).items():
        found += _in_each(where, month.get_absolute_url)
    found += _in_each(editions, lambda: reverse("articles:correction_list"))
    found += _in_each(editions, lambda: reverse("comments:moderation"))
    found += _in_each(editions, lambda: reverse("translations:translator_list"))
    for view, named in SUBJECTS.items():
        for slug, where in _subjects(request, **named).items():
            found += _in_each(where, partial(reverse, view, args=[slug]))
    if campaigns := list(Campaign.objects.begun(request_now(request))):
        found += _in_each(editions, lambda: reverse("fundraising:campaign_list"))
    for campaign in campaigns:
        found += _in_each(editions, campaign.get_absolute_url)
    pages = list(Page.objects.filter(language__in=editions).defer("body"))
    versions = versions_of_pages(pages)
    for page in pages:
        address = settings.SITE_URL + page.get_absolute_url()
        found.append(_url(address, page.updated_at, versions[page.slug]))
    return _answer([_urlset(), *found, "</urlset>"])


@require_safe
def sitemap_of_articles(request: HttpRequest, number: int) -> HttpResponse:
    """The articles of one range of ids, with their stories' versions. Two queries."""
    ids = range(number * IDS_IN_ONE, (number + 1) * IDS_IN_ONE)
    listed = _listed(request).filter(pk__gte=ids.start, pk__lt=ids.stop).order_by("pk")
    places = list(listed.values_list("pk", "story"))
    if not places:
        raise Http404
    alternates = alternates_by_story(
        {story for _pk, story in places},
        now=request_now(request),
        editions=SiteSettings.of(request).editions,
    )
    found = [_article(pk, alternates[story]) for pk, story in places if story in alternates]
    return _answer([_urlset(), *found, "</urlset>"])


@require_safe
def sitemap_of_news(request: HttpRequest) -> HttpResponse:
    """What began in the last 48 hours, in all editions. One query."""
    name = SiteSettings.of(request).name
    found = [_piece_of_news(article, name) for article in _news(request)[:NEWS_AT_MOST]]
    urlset = f'<urlset xmlns="{NAMESPACE}" xmlns:news="{NEWS}">'
    return _answer([urlset, *found, "</urlset>"])


def _news(request: HttpRequest) -> ArticleQuerySet:
    since = request_now(request) - NEWS_FOR
    fresh = _listed(request).filter(publish_at__gt=since).newest_first()
    return fresh.only("language", "slug", "headline", "publish_at")


def _piece_of_news(article: Article, publication: str) -> str:
    said = {
        "news:publication": f"<news:name>{_text(publication)}</news:name>"
        f"<news:language>{article.language}</news:language>",
        "news:publication_date": cast(datetime, article.publish_at).isoformat(),
        "news:title": _text(article.headline),
    }
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    place = _place(settings.SITE_URL + article.get_absolute_url(), None)
    return f"<url>{place}<news:news>{inner}</news:news></url>"


def _text(text: str) -> str:
    return escape(writable(text))


def _in_each(editions: Sequence[str], address: Callable[[], str]) -> list[str]:
    """The entries of a page that every edition has."""
    places = []
    for code in editions:
        with override(code):
            places.append((code, settings.SITE_URL + address()))
    return [_url(place, None, with_default(places)) for _code, place in places]


def _months(request: HttpRequest) -> dict[Month, list[str]]:
    """The months of the archive, each with the editions that have one. A query for each edition."""
    live, found = Article.objects.live(request_now(request)), defaultdict(list)
    for code in SiteSettings.of(request).editions:
        for month in months_of(live.in_edition(code)):
            found[replace(month, articles=0)].append(code)
    return found


def _subjects(request: HttpRequest, *, slug: str, **named: str) -> dict[str, list[str]]:
    """{slug: the editions where something live is of the subject}. One query."""
    editions = SiteSettings.of(request).editions
    live = Article.objects.live(request_now(request)).filter(**named, language__in=editions)
    found = defaultdict(list)
    for each, code in live.values_list(slug, "language").distinct().order_by(slug):
        if each is not None:
            found[each].append(code)
    return {each: sorted(codes, key=editions.index) for each, codes in found.items()}


def _listed(request: HttpRequest) -> ArticleQuerySet:
    """All articles that search engines may list now."""
    live = Article.objects.live(request_now(request))
    return live.filter(indexable(), language__in=SiteSettings.of(request).editions)


def _article(pk: int, alternates: Alternates) -> str:
    """Its entry; '' where it was taken away while the sitemap was made."""
    version = next((each for each in alternates.versions if each.article.pk == pk), None)
    if version is None:
        return ""
    changed_at = version.article.updated_at or version.article.publish_at
    return _url(version.url, changed_at, alternates.links)


def _urlset() -> str:
    return f'<urlset xmlns="{NAMESPACE}" xmlns:xhtml="{XHTML}">'


def _sitemap(path: str, changed_at: datetime | None) -> str:
    return f"<sitemap>{_place(settings.SITE_URL + path, changed_at)}</sitemap>"


def _url(address: str, changed_at: datetime | None, links: list[tuple[str, str]]) -> str:
    shown = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>'
        for language, url in links
    )
    return f"<url>{_place(address, changed_at)}{shown}</url>"


def _place(address: str, changed_at: datetime | None) -> str:
    changed = f"<lastmod>{changed_at.isoformat()}</lastmod>" if changed_at else ""
    return f"<loc>{escape(address)}</loc>{changed}"


def _answer(lines: list[str]) -> HttpResponse:
    text = "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *lines, ""])
    return keep(HttpResponse(text, content_type=XML), "lists")
