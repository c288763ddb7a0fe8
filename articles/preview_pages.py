"""The real pages with what is not published yet: for the desk, and for who has a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP, build_policy
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.framing import policy_for
from articles.models import Article
from articles.previewing import find_link, shown
from operations.clock import request_now
from throttling.limits import hit, seconds_left

SCHEMES = ("light", "dark")
A_MINUTE = 60  # looks at one link, each of which may hold up whoever saves the article


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows; 404 for one that expired, was revoked or never was, 429 at the limit."""
    link = find_link(token, now=request_now(request))
    if link is None:
        raise Http404
    if not hit({f"preview:{link.pk}": A_MINUTE}, seconds=60):
        waiting = render(request, "429.html", status=429)
        waiting.headers["Retry-After"] = str(seconds_left(60))
        return waiting
    with shown(link):
        return preview_of(request, Article.objects.for_reading().get(pk=link.article_id))


def preview_of(request: HttpRequest, article: Article) -> HttpResponse:
    """The article's page as it would be if its rows were published now."""
    article.slug = article.slug or f"preview-{article.pk}"
    article.publish_at = article.publish_at or request_now(request)
    with as_preview(request, article.language):
        page = render(request, "articles/article_detail.html", {"article": article})
    return kept_private(page, article.language, article.body)


@contextmanager
def as_preview(request: HttpRequest, language: str) -> Iterator[None]:
    """Within it templates write the page in the language and say nothing to other sites.

    `?scheme=` forces its light or its dark colours.
    """
    scheme = request.GET.get("scheme", "")
    vars(request)["preview"] = {"scheme": scheme if scheme in SCHEMES else ""}
    request.LANGUAGE_CODE = language
    with override(language):
        yield


def kept_private(response: Any, language: str, *texts: str) -> HttpResponse:
    """Says that nobody keeps or lists the page, and that our own pages alone may frame it."""
    policy: Any = policy_for(*texts) | {"frame-ancestors": [CSP.SELF]}
    headers = {
        "Cache-Control": "no-store, private",
        "Content-Language": language,
        "Content-Security-Policy": build_policy(policy),
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "SAMEORIGIN",
        "X-Robots-Tag": "noindex, nofollow",
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response
