"""The pages of the paper: articles, sections, topics, series, contributors, standing pages."""

import re
from functools import partial
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseGone,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.arranging import Arranged, slots_at
from articles.foreseeing import foreseen
from articles.framing import allow_frames
from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Correction,
    Page,
    Section,
    Series,
    Status,
    Topic,
)
from articles.moved import moved
from articles.readership import TAG, most_read, tally
from articles.reading import find_article
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache import shells
from pagecache.marks import changes_nothing, keep
from throttling.addresses import client_prefix
from throttling.limits import hit

ARTICLES_A_PAGE = 20
READINGS_PER_PREFIX = 300  # in ten minutes
NUMBER = re.compile(rb"[1-9][0-9]{0,17}")


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An article below its own language; 410 once withdrawn, a redirect from what it was called
    and from another edition."""
    shell = shells.find(request)
    if shell is None:
        article = find_article(request, slug, ahead=foreseen)
        if article is None:
            live = Article.objects.live(request_now(request))
            return moved(request) or _elsewhere_or_gone(request, live, slug)
        shell = shells.make(request, article, partial(_detail, request, article), article.tag)
    article, page = shell.subject, HttpResponse(shell.filled(request))
    response = allow_frames(request, keep(page, article.tag), article.body)
    if "posted" in request.GET:  # the page as its writer sees it after commenting
        patch_cache_control(response, private=True, no_store=True)
    return response


def _detail(request: HttpRequest, article: Article) -> str:
    return render_to_string("articles/article_detail.html", {"article": article}, request)


def _elsewhere_or_gone(request: HttpRequest, live: ArticleQuerySet, slug: str) -> HttpResponse:
    """A withdrawn article's 410, a redirect to the one other edition with this slug, or 404."""
    withdrawn = Article.objects.in_edition(get_language()).filter(slug=slug)
    if gone := withdrawn.filter(status=Status.WITHDRAWN).first():
        page = render_to_string("articles/article_gone.html", {}, request)
        return keep(HttpResponseGone(page), gone.tag)
    editions = SiteSettings.of(request).editions
    elsewhere = live.filter(slug=slug, language__in=editions)[:2]
    if len(elsewhere) == 1:
        return redirect(elsewhere[0])
    raise Http404


@require_safe
def section_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return section_page(request, get_object_or_404(Section, slug=slug))


def section_page(request: HttpRequest, section: Section) -> HttpResponse:
    """With what the desk has put on it, and what is read most. Two queries more than others."""
    now = request_now(request)
    slots = slots_at(now, language=get_language(), section=section)
    language, is_first = get_language(), "page" not in request.GET
    read = most_read(language=language, now=now, section=section) if is_first else []
    articles = Arranged(_live(request, section.articles.all()), slots)
    return keep(_listing(request, "section", section, articles, most_read=read), "lists", TAG)


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    return _listing(request, "topic", topic, Arranged(_live(request, topic.articles.all())))


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Its parts in the order in which they are read."""
    series = get_object_or_404(Series, slug=slug)
    parts = _live(request, Article.objects.in_series(series)).numbered().for_listing()
    return _listing(request, "series", series, parts, oldest_first=True)


@require_safe
def contributor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Of whom a piece names that is or was public; of nobody else is there a page."""
    people = Contributor.objects.known(request_now(request)).select_related("portrait")
    contributor = get_object_or_404(people, slug=slug)
    theirs = Article.objects.under_the_name_of(contributor)
    return _listing(request, "contributor", contributor, Arranged(_live(request, theirs)))


def _live(request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
    """What readers of this edition see now."""
    return articles.live(request_now(request)).in_edition(get_language())


def _listing(
    request: HttpRequest, kind: str, subject: Any, articles: Any, **more: Any
) -> HttpResponse:
    """A page of the subject's articles, in their order; 404 past the last page."""
    page = page_of(request, articles)
    context = {kind: subject, "articles": page.object_list, "page": page, **more}
    return keep(render(request, f"articles/{kind}_detail.html", context), "lists")


def page_of(request: HttpRequest, things: Any) -> Any:
    """The page that is asked for; 404 past the last one."""
    try:
        return Paginator(things, ARTICLES_A_PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404


@never_cache
@require_POST
def note_reading(request: HttpRequest) -> HttpResponse:
    """Takes an article's key from a page that was read. One query, for the limit."""
    told = request.read(20)
    if not NUMBER.fullmatch(told):
        return HttpResponseBadRequest()
    network = client_prefix(request)
    if hit({f"readings:{network}": READINGS_PER_PREFIX}, seconds=600):
        tally.add(int(told), network=network)
    return changes_nothing(HttpResponse(status=204))


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """What the edition told its readers of its mistakes in live pieces, the newest first."""
    live = _live(request, Article.objects.all())
    told = Correction.objects.filter(article__in=live).select_related("article")
    page = page_of(request, told.defer("article__body").order_by("-created_at", "-id"))
    return keep(render(request, "articles/correction_list.html", {"page": page}), "lists")


@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug, language=get_language())
    shown = render(request, "articles/page_detail.html", {"page": page})
    return allow_frames(request, keep(shown), page.body)
