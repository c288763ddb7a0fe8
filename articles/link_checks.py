"""The links in an article's text: ours must lead somewhere, others were seen to answer."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import (
    Article,
    Contributor,
    LinkCheck,
    Page,
    Redirect,
    RedirectKind,
    Section,
    Topic,
)
from operations.clock import database_now
from operations.models import SiteSettings
from richtext.outline import Link, Outline

REMEMBERED = timedelta(days=7)
LONGEST = 2000  # as LinkCheck takes it
PLACES = {"", "top", "main", "text", "conversation"}  # of each article's page; texts have no ids
# The site answers there, if not to everybody: it asks to sign in, or will not talk to programs.
ALIVE = {401, 402, 403, 405, 406, 407, 418, 429, 451, 999}
DESK = ("/admin/", "/accounts/", "/me/")  # no reader finds there what the writer saw
# Of the route that an address has: what its slug names.
_named = re.compile(r"(?:^|[/^])(articles|sections|topics|contributors|pages)/(?:<|\(\?P<)")
MODELS: dict[str, Any] = {"sections": Section, "topics": Topic, "contributors": Contributor}


def links_of(html: str) -> list[Link]:
    return [link for link in Outline(html).links if link.url]


# To our own pages


def own_links_lead_somewhere(article: Article) -> Iterator[Finding]:
    """At the moment at which readers get them. A query or two for each link to ourselves."""
    outline = Outline(article.body or "")
    at: datetime | None = None
    for link in outline.links:
        path = own_path(link.url, of=article)
        if path is None:
            continue
        if path.startswith("#"):
            is_there = path[1:] in PLACES
        else:
            at = at or max(article.publish_at or database_now(), database_now())
            is_there = _is_own(path, article) or leads_somewhere(path, at=at)
        if not is_there:
            message = _("The link “%(words)s” leads to no page of ours that readers see: %(url)s")
            said = {"words": link.text or link.url, "url": link.url}
            yield Finding("link_broken", message % said, "body")


def _is_own(path: str, article: Article) -> bool:
    """Whether it is the article itself, or a page below it."""
    return article.slug != "" and path.startswith(article.get_absolute_url())


def own_path(url: str, *, of: Article) -> str | None:
    """The path of an address of our own, `#…` for a place in the text; None for others."""
    if url.startswith("#"):
        return url
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc:
            return (parts.path or "/") if parts.netloc == _own_host() else None
    except ValueError:  # not an address at all
        return url
    return urlsplit(urljoin(_path_of(of), url)).path or "/"


def _own_host() -> str:
    return urlsplit(settings.SITE_URL).netloc


def _path_of(article: Article) -> str:
    return article.get_absolute_url() if article.slug else f"/{article.language}/articles/-/"


def leads_somewhere(path: str, *, at: datetime) -> bool:
    """Whether readers get a page at the path at that moment, or are led on to one."""
    path = unquote(path)
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return True
    if path.startswith(DESK):
        return False
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    if language not in SiteSettings.load().editions:
        return False
    default = f"/{settings.LANGUAGE_CODE}/"
    if path.startswith(default):  # it redirects to the bare path
        path = path.removeprefix(default[:-1])
    with override(language):
        try:
            match = _resolved(path)
        except Resolver404:
            return False
    kind = _named.search(match.route)
    slug = match.kwargs.get("slug", "")
    return kind is None or _is_there(kind[1], slug, language=language, at=at)


def _resolved(path: str) -> Any:
    try:
        return resolve(path)
    except Resolver404:
        return resolve(f"{path}/")


def _is_there(kind: str, slug: str, *, language: str, at: datetime) -> bool:
    if kind == "articles":
        live = Article.objects.live(at)
        here = live.in_edition(language).filter(slug=slug)
        # under another edition's prefix readers are led to the one that has this slug
        return here.exists() or live.filter(slug=slug).count() == 1 or _is_redirected(
            RedirectKind.ARTICLE, slug, language=language, at=at
        )  # fmt: skip
    if kind == "pages":
        known: Any = Page.objects.filter(slug=slug, language=language)
        return known.exists() or _is_redirected(RedirectKind.PAGE, slug, language=language, at=at)
    known = MODELS[kind].objects.filter(slug=slug)
    single = RedirectKind(kind.removesuffix("s"))
    return known.exists() or _is_redirected(single, slug, language="", at=at)


def _is_redirected(kind: RedirectKind, slug: str, *, language: str, at: datetime) -> bool:
    old = Redirect.objects.filter(kind=kind, slug=slug, language=language)
    if kind == RedirectKind.ARTICLE:
        return old.filter(article__in=Article.objects.live(at)).exists()
    return old.exclude(**{kind: None}).exists()


# To other sites


def elsewhere(html: str) -> list[str]:
    """The web addresses of other sites in a text, each once, without what only browsers read."""
    found = {}
    for link in links_of(html):
        try:
            parts = urlsplit(link.url)
        except ValueError:
            continue
        address = parts._replace(fragment="").geturl()
        is_other = parts.scheme in ("http", "https") and parts.netloc not in ("", _own_host())
        if is_other and len(address) <= LONGEST:
            found[address] = link
    return list(found)


def unknown(urls: list[str], *, now: datetime) -> list[str]:
    """Those of the addresses that nobody has tried lately. One query, none without any."""
    if not urls:
        return []
    checks = LinkCheck.objects.filter(url__in=urls, checked_at__gt=now - REMEMBERED)
    known = set(checks.values_list("url", flat=True))
    return [url for url in urls if url not in known]


def is_dead(status: int) -> bool:
    return status == 0 or (status >= 400 and status not in ALIVE)


def other_sites_answer(article: Article) -> Iterator[Finding]:
    """By what the worker found out before: nothing is asked of them here. One query at most."""
    urls = elsewhere(article.body or "")
    if not urls:
        return
    since = database_now() - REMEMBERED
    for check in LinkCheck.objects.filter(url__in=urls, checked_at__gt=since).order_by("pk"):
        if is_dead(check.status):
            message = (
                _("This link answered with error %(status)d: %(url)s")
                if check.status
                else _("Nothing answers at this link: %(url)s")
            )
            said = {"status": check.status, "url": check.url}
            yield Finding("link_dead", message % said, "body", is_warning=True)
