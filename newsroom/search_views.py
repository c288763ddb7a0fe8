"""The search: live articles, and what readers wrote below them. Never kept: nobody asks twice."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.searching import (
    Asked,
    Place,
    articles_saying,
    excerpts,
    page_of,
    searchable,
    similar_words,
)
from newsroom.search_forms import Order, SearchForm
from operations.clock import request_now
from operations.models import SiteSettings

TERM = re.compile(r"[^\W\d_]{3,}")
MOST_TERMS = 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Its form, and what was found; 422 where the form says what is wrong with the question."""
    form = SearchForm(
        request.GET.dict(),
        here=get_language() or settings.LANGUAGE_CODE,
        editions=SiteSettings.of(request).editions,
        auto_id="search_%s",
    )
    if not form.is_valid():
        return render(request, "newsroom/search.html", {"form": form}, status=422)
    found = _found(request, form) if form.cleaned_data["q"] else {}
    return render(request, "newsroom/search.html", {"form": form} | found)


def _found(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    """What the page shows of it: at most seven queries."""
    given, now = form.cleaned_data, request_now(request)
    languages = searchable(given["q"], form.languages)
    if not languages:
        return {"is_too_common": True}
    asked = Asked(
        given["q"],
        languages,
        section=given["section"],
        name=given["by"],
        since=given["since"],
        until=given["until"],
        is_by_time=given["sort"] == Order.NEWEST,
    )
    place, listing = _place(request), Article.objects.for_listing()
    articles, after = page_of(
        articles_saying(asked, now=now),
        asked,
        shown=listing,
        moment="publish_at",
        now=now,
        place=place,
    )
    if not articles:
        return {"results": [], "suggestion": "" if place else _suggestion(asked, now=now)}
    shown = excerpts(articles, asked.words)
    results = [(article, *shown[article.pk]) for article in articles]
    return {"results": results, "after": after}


def _place(request: HttpRequest) -> Place | None:
    if "after" not in request.GET:
        return None
    try:
        return Place.read(request.GET["after"])
    except BadSignature:
        raise Http404("No such place")


def _suggestion(asked: Asked, *, now: datetime) -> str:
    """The words as the headlines write them, where that finds something; else ''."""
    words = asked.words.lower()
    if not (terms := list(dict.fromkeys(TERM.findall(words)))[:MOST_TERMS]):
        return ""
    similar = similar_words(terms, languages=asked.languages, now=now)
    other = TERM.sub(lambda term: similar.get(term[0], term[0]), words)
    is_better = other != words and articles_saying(replace(asked, words=other), now=now).exists()
    return other if is_better else ""
