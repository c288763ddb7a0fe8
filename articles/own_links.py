"""The links in an article's text to our own pages: they lead somewhere, as the views have it."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import (
    Article,
    Contributor,
    Page,
    Redirect,
    RedirectKind,
    Section,
    Series,
    Status,
    Topic,
)
from articles.moved import KINDS
from operations.clock import database_now
from operations.models import SiteSettings
from richtext.articles import clean_article_html
from richtext.contents import entries
from richtext.outline import Outline

PLACES = {"", "top", "main", "text", "conversation"}  # of each article's page
DESK = ("/admin/", "/accounts/", "/me/")  # no reader finds there what the writer saw
# Of the route that an address has: what its slug names.
_named = re.compile(rf"(?:^|[/^])({'|'.join(KINDS)})/(?:<|\(\?P<)")


class Name(NamedTuple):
    """What an address names, and the language below which it does."""

    kind: RedirectKind
    language: str
    slug: str


def own_links_lead_somewhere(article: Article) -> Iterator[Finding]:
    """At the moment at which readers get them. Queries like `dead_paths`, and two more."""
    links = [(link, own_path(link.url, of=article)) for link in Outline(article.body or "").links]
    ours = [(link, path) for link, path in links if path is not None]
    own = _own_addresses(article) if ours else ()
    asked = {path for _link, path in ours if not path.startswith(("#", *own))}
    dead = {path for _link, path in ours if path.startswith("#") and path[1:] not in PLACES}
    if asked:
        now = database_now()
        dead |= dead_paths(asked, at=max(article.publish_at or now, now))
    if dead:
        dead -= {f"#{each.id}" for each in entries(clean_article_html(article.body or ""))}
    for link, path in ours:
        if path in dead:
            message = _("The link “%(words)s” leads to no page of ours that readers see: %(url)s")
            said = {"words": link.text or link.url, "url": link.url}
            yield Finding("link_broken", message % said, "body")


def own_path(url: str, *, of: Article) -> str | None:
    """The path of an address of our own, `#…` for a place in the text; None for others."""
    if url.startswith("#"):
        return url
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc:
            return (parts.path or "/") if parts.netloc == own_host() else None
    except ValueError:  # not an address at all
        return url
    return urlsplit(urljoin(_path_of(of), url)).path or "/"


def own_host() -> str:
    return urlsplit(settings.SITE_URL).netloc


def _path_of(article: Article) -> str:
    return article.get_absolute_url() if article.slug else f"/{article.language}/articles/-/"


def _own_addresses(article: Article) -> tuple[str, ...]:
    """Of the article itself and of its people, whose pages there are once it is public."""
    lines = article.contributions.all().under_own_name().select_related("contributor")
    with override(article.language):
        people = [line.contributor.get_absolute_url() for line in lines]
    return (article.get_absolute_url(), *people) if article.slug else (*people,)


def dead_paths(paths: Collection[str], *, at: datetime) -> set[str]:
    """Those at which readers get no page at that moment, and are led on to none.

    A query for the settings, and two at most for each kind of thing that the paths name.
    """
    editions = SiteSettings.load().editions
    names = {path: _name(path, editions=editions) for path in paths}
    leading: set[Name] = set()
    for kind in {name.kind for name in names.values() if isinstance(name, Name)}:
        of_kind = {name for name in names.values() if isinstance(name, Name) and name.kind == kind}
        is_led = _articles if kind == RedirectKind.ARTICLE else _others
        leading |= is_led(kind, of_kind, at=at, editions=editions)
    return {path for path, name in names.items() if not (name is True or name in leading)}


def _name(path: str, *, editions: list[str]) -> Name | bool:
    """What the path names; else whether it is a page at all."""
    path = unquote(path)
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return True
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    is_bare = path == f"/{language}"  # the site knows it with a slash at its end alone
    if is_bare or path.startswith(DESK) or language not in editions:
        return False
    default = f"/{settings.LANGUAGE_CODE}/"
    if path.startswith(default):  # it redirects to the bare path
        path = path.removeprefix(default[:-1])
    with override(language):
        try:
            match = _resolved(path)
        except Resolver404:
            return False
    kind, slug = _named.search(match.route), match.kwargs.get("slug", "")
    return kind is None or Name(KINDS[kind[1]], language, slug)


def _resolved(path: str) -> Any:
    try:
        return resolve(path)
    except Resolver404:
        return resolve(f"{path}/")


def _articles(
    kind: RedirectKind, names: set[Name], *, at: datetime, editions: list[str]
) -> set[Name]:
    """What `views.article_detail` answers with a page or leads on from. Two queries."""
    moved = _moved(kind, names)
    known = Article.objects.filter(slug__in={name.slug for name in names})
    times = ("status", "publish_at", "unpublish_at")
    rows = {(each.language, each.slug): each for each in known.only("language", "slug", *times)}
    live = [each for each in rows.values() if each.is_live(at)]

    def leads(name: Name) -> bool:
        here = rows.get((name.language, name.slug))
        if here in live:
            return True
        if (name.language, name.slug) in moved:
            target = moved[name.language, name.slug]
            if target is None or target.status == Status.WITHDRAWN:
                return False
            if target.is_live(at):
                return target.language in editions
        if here is not None and here.status == Status.WITHDRAWN:
            return False
        elsewhere = [each for each in live if each.slug == name.slug and each.language in editions]
        return len(elsewhere) == 1

    return {name for name in names if leads(name)}


def _others(
    kind: RedirectKind, names: set[Name], *, at: datetime, editions: list[str]
) -> set[Name]:
    """Pages, sections, topics, series and people that are there, or moved within the editions."""
    slugs = {name.slug for name in names}
    if kind == RedirectKind.PAGE:
        pages = Page.objects.filter(slug__in=slugs).values_list("language", "slug")
        there = {name for name in names if (name.language, name.slug) in {*pages}}
    else:
        rows: Any = {
            RedirectKind.SECTION: Section.objects.all(),
            RedirectKind.TOPIC: Topic.objects.all(),
            RedirectKind.SERIES: Series.objects.all(),
            RedirectKind.CONTRIBUTOR: Contributor.objects.known(at),
        }[kind]
        known = set(rows.filter(slug__in=slugs).values_list("slug", flat=True))
        there = {name for name in names if name.slug in known}
    missing = names - there
    moved = _moved(kind, missing) if missing else {}
    languages = {*editions, ""}  # what has no language of its own is in all
    return there | {
        name
        for name in missing
        for place in ((name.language if kind == RedirectKind.PAGE else "", name.slug),)
        if (target := moved.get(place)) and getattr(target, "language", "") in languages
    }


def _moved(kind: RedirectKind, names: set[Name]) -> dict[tuple[str, str], Any]:
    """By language and slug: what stands elsewhere now, None for what is gone. One query."""
    old = Redirect.objects.filter(kind=kind, slug__in={name.slug for name in names})
    found = old.select_related(kind.value).defer("article__body", "page__body")
    return {(each.language, each.slug): each.target for each in found}
