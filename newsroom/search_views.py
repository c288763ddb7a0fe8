"""The search: live articles, and what readers wrote below them. Never kept: nobody asks twice."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.found import found_articles
from articles.resembling import TERM, articles_alike, lowered, similar_words
from articles.searching import (
    Asked,
    Place,
    TakesTooLong,
    articles_saying,
    excerpts,
    in_time,
    page_of,
    searchable,
)
from comments.searching import comments_saying, found_comments, read_through
from comments.searching import excerpts as comment_excerpts
from newsroom.search_forms import Kind, Order, SearchForm
from operations.clock import request_now
from operations.composed import prepared_cursor
from operations.models import SiteSettings
from throttling.addresses import client_prefix
from throttling.limits import hit, seconds_left

WINDOW = 600  # seconds; the setting SEARCHES_PER_PREFIX counts in it


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Its form, and what was found; 422 where the form says what is wrong with the question.

    429 for who asks too often; a form without words, or with wrong ones, is not counted.
    """
    kind = _kind(request)
    form = SearchForm(
        request.GET.dict(),
        kind=kind,
        here=get_language() or settings.LANGUAGE_CODE,
        editions=SiteSettings.of(request).editions,
        auto_id="search_%s",
    )
    shown: dict[str, Any] = {"form": form, "kind": kind, "kinds": Kind}
    if not form.is_valid():
        return render(request, "newsroom/search.html", shown, status=422)
    if not form.cleaned_data["q"]:
        return render(request, "newsroom/search.html", shown)
    if not _takes_turn(request):
        shown["is_too_often"] = True
        response = render(request, "newsroom/search.html", shown, status=429)
        response.headers["Retry-After"] = str(seconds_left(WINDOW))
        return response
    try:
        with in_time():
            shown |= _found(request, form, kind)
    except TakesTooLong:
        shown["is_too_common"] = True
    return render(request, "newsroom/search.html", shown)


def _takes_turn(request: HttpRequest) -> bool:
    """Counts one more search from this network; whether it is within the limit. One query."""
    return hit(
        {f"searches:{client_prefix(request)}": settings.SEARCHES_PER_PREFIX},
        seconds=WINDOW,
        open_cursor=prepared_cursor,
    )


def _kind(request: HttpRequest) -> Kind:
    try:
        return Kind(request.GET.get("in", Kind.ARTICLES))
    except ValueError:
        raise Http404("Nothing of this kind is searched")


def _found(request: HttpRequest, form: SearchForm, kind: Kind) -> dict[str, Any]:
    """What the page shows of it."""
    given = form.cleaned_data
    languages = searchable(given["q"], form.languages)
    if not languages:
        return {"is_too_common": True}
    asked = Asked(
        given["q"],
        languages,
        section=given["section"],
        name=given.get("by", ""),
        since=given["since"],
        until=given["until"],
        is_by_time=given["sort"] == Order.NEWEST,
    )
    look = Look(request_now(request), SiteSettings.of(request).editions, _place(request))
    results, after = FINDERS[kind](asked, look)
    if results or look.place:
        return {"results": results, "after": after}
    similar = similar_words(asked, now=look.now)
    shown: dict[str, Any] = {"results": []}
    shown["suggestion"] = _suggestion(asked, similar, look, FINDERS[kind])
    if not shown["suggestion"] and kind == Kind.ARTICLES:
        shown["alike"] = _alike(asked, similar, look)
    return shown


def _place(request: HttpRequest) -> Place | None:
    if "after" not in request.GET:
        return None
    try:
        return Place.read(request.GET["after"])
    except BadSignature:
        raise Http404("No such place")


class Look(NamedTuple):
    """When one looks, for what the readers of which editions see, and from which place on."""

    now: datetime
    editions: list[str]
    place: Place | None


type Finder = Callable[[Asked, Look], tuple[list[tuple[Any, ...]], str]]


def _articles(asked: Asked, look: Look) -> tuple[list[tuple[Any, ...]], str]:
    """(article, headline, excerpt), and where the next page begins. Four queries."""
    page, after = page_of(
        articles_saying(asked, now=look.now),
        asked,
        load=found_articles,
        moment="publish_at",
        now=look.now,
        place=look.place,
    )
    marked = excerpts(page, asked.words) if page else {}
    return [(article, *marked[article.pk]) for article in page if article.pk in marked], after


def _comments(asked: Asked, look: Look) -> tuple[list[tuple[Any, ...]], str]:
    """(comment, its article, excerpt), and where the next page begins. Four queries."""
    page, after = page_of(
        comments_saying(asked, editions=look.editions, now=look.now),
        asked,
        load=found_comments,
        moment="public_at",
        now=look.now,
        place=look.place,
    )
    marked = comment_excerpts(page, asked.words) if page else {}
    articles = read_through(page, editions=look.editions, now=look.now) if page else {}
    shown = [each for each in page if each.pk in marked and each.pk in articles]
    return [(each, articles[each.pk], marked[each.pk]) for each in shown], after


FINDERS: dict[Kind, Finder] = {Kind.ARTICLES: _articles, Kind.COMMENTS: _comments}


def _suggestion(asked: Asked, similar: dict[str, str], look: Look, find: Finder) -> str:
    """The words as the headlines write them, where that finds something; else ''."""
    words = lowered(asked)
    other = TERM.sub(lambda term: similar.get(term[0], term[0]), words)
    is_better = other != words and find(replace(asked, words=other), look)[0]
    return other if is_better else ""


def _alike(asked: Asked, terms: Collection[str], look: Look) -> list[tuple[Any, ...]]:
    """(article, headline, excerpt) of those whose headlines are like the terms."""
    articles = articles_alike(asked, terms, now=look.now)
    shown = excerpts(articles, asked.words) if articles else {}
    return [(article, *shown[article.pk]) for article in articles if article.pk in shown]
