"""Where a slug that readers once knew leads: on in one step, or to the word that it is gone."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override

from articles.models import Article, Contributor, Redirect, RedirectKind, Status
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import keep

# The first step of an address, and what the slug after it names.
KINDS = {kind.step: kind for kind in RedirectKind}


def moved(request: HttpRequest) -> HttpResponse | None:
    """The answer for an address whose slug names nothing now; None where it never did.

    The same page below today's slug, whatever was asked of it (a form keeps what it sends), or
    410. Nothing that readers may not see is hinted at. One query where the address has a slug.
    """
    match: Any = request.resolver_match
    kind = KINDS.get(match.route.lstrip("^").removeprefix(f"{get_language()}/").partition("/")[0])
    if kind is None or "slug" not in match.kwargs:
        return None
    found = Redirect.objects.find(kind, match.kwargs["slug"], language=get_language())
    if found is None:
        return None
    target = found.target
    if target is None:
        return _gone(request, kind, "lists")
    if isinstance(target, Article):
        if target.status == Status.WITHDRAWN:
            return _gone(request, kind, target.tag)
        if not target.is_live(request_now(request)):
            return None
    if isinstance(target, Contributor) and not _is_known(target, now=request_now(request)):
        return None
    if getattr(target, "language", get_language()) not in SiteSettings.of(request).editions:
        return None
    return _on(request, target)


def _is_known(person: Contributor, *, now: datetime) -> bool:
    return Contributor.objects.known(now).filter(pk=person.pk).exists()


def _on(request: HttpRequest, target: Any) -> HttpResponse:
    match: Any = request.resolver_match
    with override(getattr(target, "language", get_language())):
        address = reverse(match.view_name, kwargs={**match.kwargs, "slug": target.slug})
    is_read = request.method in ("GET", "HEAD")
    response = HttpResponsePermanentRedirect(address, preserve_request=not is_read)
    patch_cache_control(response, max_age=0, must_revalidate=True)  # a slug may come back
    tag = target.tag if isinstance(target, Article) else "lists"
    return keep(response, tag)


def _gone(request: HttpRequest, kind: RedirectKind, tag: str) -> HttpResponse:
    name = "article_gone" if kind == RedirectKind.ARTICLE else "gone"
    return keep(HttpResponseGone(render_to_string(f"articles/{name}.html", {}, request)), tag)
