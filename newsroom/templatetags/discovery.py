"""What a page says of itself to other sites: search engines, networks, feed readers."""

from functools import cache
from typing import Any

from babel.core import Locale, get_global
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Article, Contributor, Page, Series
from articles.series import SeriesPage, instalment_of, pages_of
from newsroom.alternates import versions_of_pages
from newsroom.cards import Card
from newsroom.provenance import Provenance
from newsroom.structured_data import (
    Node,
    conversation,
    json_ld,
    of_article,
    person,
    way_to,
    web_site,
)
from operations.clock import request_now, site_day
from operations.models import SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def provenance(context: dict[str, Any], article: Article) -> Provenance:
    """`{% provenance article as its %}`: the article's Provenance, the same in every block."""
    return Provenance.of(context["request"], article)


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any], article: Article) -> SafeString:
    """The article as a script element of data, which no browser runs."""
    request = context["request"]
    its, site = Provenance.of(request, article), SiteSettings.of(request)
    return _data(of_article(its, instalment=instalment_of(request, article), site=site))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: dict[str, Any], above: Any, here: str) -> SafeString:
    """The way to this page; `above` is the step before it, if there is one."""
    return _data([way_to(here, context["request"].path, above=above)])


@register.simple_tag(takes_context=True)
def web_site_data(context: dict[str, Any]) -> SafeString:
    return _data([web_site(SiteSettings.of(context["request"]), language=get_language())])


@register.simple_tag(takes_context=True)
def person_data(context: dict[str, Any], contributor: Contributor) -> SafeString:
    return _data([person(contributor, on=site_day(request_now(context["request"])))])


@register.simple_tag(takes_context=True)
def conversation_data(context: dict[str, Any]) -> SafeString:
    """The comments on the first page of a conversation, which the context shows."""
    count = context["discussion"].comment_count
    return _data([conversation(context["article"], context["page"].lines, count=count)])


@register.simple_tag(takes_context=True)
def card_of(context: dict[str, Any], article: Article) -> Card | None:
    """What a link to it shows in place of a picture; drawn when somebody asks for it."""
    return Card.of(article, paper=SiteSettings.of(context["request"]).name)


def _data(nodes: list[Node]) -> SafeString:
    return format_html('<script type="application/ld+json">{}</script>', json_ld(nodes))


@register.simple_tag(takes_context=True)
def alternate_links(context: dict[str, Any], article: Article) -> list[tuple[str, str]]:
    """(hreflang, address) of each version of the story that search engines may list."""
    return Provenance.of(context["request"], article).alternates.links_of(article)


@register.simple_tag(takes_context=True)
def other_versions(context: dict[str, Any], article: Article) -> list[Article]:
    """The story's live articles in the site's other editions."""
    return Provenance.of(context["request"], article).alternates.others(article)


@register.simple_tag(takes_context=True)
def versions_of_page(context: dict[str, Any], page: Page) -> list[Page]:
    """The standing page in every edition that has it. One query."""
    request = context["request"]
    if "page_versions" not in (kept := vars(request)):
        editions = SiteSettings.of(request).editions
        found = Page.objects.filter(slug=page.slug, language__in=editions)
        kept["page_versions"] = list(found.defer("body"))
    return kept["page_versions"]


@register.simple_tag(takes_context=True)
def pages_of_series(context: dict[str, Any], series: Series) -> list[SeriesPage]:
    """The series in every edition that has something of it. One query."""
    request = context["request"]
    if "series_pages" not in (kept := vars(request)):
        editions = SiteSettings.of(request).editions
        kept["series_pages"] = pages_of(series, now=request_now(request), editions=editions)
    return kept["series_pages"]


@register.filter
def links_of_pages(pages: list[Page | SeriesPage]) -> list[tuple[str, str]]:
    """(hreflang, address) of versions of one page or series, for search engines."""
    return next(iter(versions_of_pages(pages).values()), [])


@register.filter
@cache
def og_locale(language: str) -> str:
    """The language with its likeliest country, as Open Graph wants it: de_DE, ar_EG."""
    parsed = Locale.parse(language, sep="-")
    known = get_global("likely_subtags")
    wider = (f"{parsed.language}_{parsed.script}", parsed.language)
    likely = next((known[key] for key in wider if key in known), parsed.language)
    return f"{parsed.language}_{parsed.territory or likely.rpartition('_')[2].upper()}"
