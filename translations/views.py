"""Public pages about translations: changes of a source, two editions at once, translators."""

import re
from datetime import date
from itertools import chain

from django.db.models import TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from articles.figures import filled, images_of, licensed
from articles.framing import allow_frames
from articles.models import Article, Correction, Revision
from articles.reading import find_article
from operations.clock import request_now, site_day
from operations.models import SiteSettings
from pagecache.marks import keep
from richtext.blocks import blocks, pairs
from translations.changes import differences
from translations.models import published_revisions
from translations.together import companions
from translations.translators import all_translators

NUMBER = re.compile("[1-9][0-9]{0,8}")


@require_safe
def article_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """A live article compared with its revision `?from=`, or with what was published first."""
    live = Article.objects.live(request_now(request)).in_edition(get_language())
    article = get_object_or_404(live, slug=slug)
    old, new = _revisions(article, since=_asked_number(request))
    corrections = Correction.objects.filter(
        article=article, revision__number__gt=old.number, revision__number__lte=new.number
    )
    context = {
        "article": article,
        "since": max(filter(None, (old.created_at, article.publish_at))),
        "corrections": corrections.order_by("id"),
        "differences": differences(old, new),
    }
    page = render(request, "translations/article_changes.html", context)
    return keep(page, article.tag)


def _asked_number(request: HttpRequest) -> int:
    """The number of a revision, 0 where none is asked for; 404 for anything else."""
    asked = request.GET.get("from")
    if asked is None:
        return 0
    if not NUMBER.fullmatch(asked):
        raise Http404
    return int(asked)


def _revisions(article: Article, *, since: int) -> tuple[Revision, Revision]:
    """What readers saw when the revision of this number was the last, and what they see now.

    What no reader has seen, and what was taken back, is never shown: the page begins with the last
    revision that replaced no text which was being read. Three queries.
    """
    revisions = published_revisions(article.pk)
    newest = revisions.first()
    if newest is None or since > newest.number:
        raise Http404
    replaces = Coalesce(KT("snapshot__replaces_read"), Value(""), output_field=TextField())
    first = revisions.annotate(replaces=replaces).exclude(replaces="true").defer("snapshot").first()
    if first is None:
        raise Http404
    seen = revisions.filter(number__gte=first.number, number__lte=max(since, first.number))
    return seen.first() or newest, newest


@require_safe
def translator_list(request: HttpRequest) -> HttpResponse:
    """Everybody with live translations, the same people in every edition."""
    found = all_translators(editions=SiteSettings.of(request).editions, now=request_now(request))
    context = {"translators": found}
    return keep(render(request, "translations/translator_list.html", context), "lists")


@require_safe
def article_with(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The article beside the same story in `language`, block by block.

    404 unless both are live, in editions, and one was made from the other or both from one source.
    """
    article, now = find_article(request, slug), request_now(request)
    if article is None or language not in SiteSettings.of(request).editions:
        raise Http404
    siblings = Article.objects.live(now).filter(story=article.story_id).exclude(pk=article.pk)
    other = siblings.in_edition(language).for_reading().first()
    if other is None or not companions(article, [other]).articles:
        raise Http404
    left = blocks(article.body, prefix=f"{article.language}-")
    with override(other.language):
        right = blocks(other.body, prefix=f"{other.language}-")
    couples = pairs([block.kind for block in left], [block.kind for block in right])
    context = {
        "article": article,
        "siblings": [other],
        "sides": [article, other],
        "pairs": _side_by_side(
            [
                (
                    left[one].html if one is not None else SafeString(),
                    right[two].html if two is not None else SafeString(),
                )
                for one, two in couples
            ],
            languages=(article.language, other.language),
            on=site_day(now),
        ),
    }
    page = render(request, "translations/article_with.html", context)
    kept = keep(page, article.tag)
    return allow_frames(request, kept, article.body, other.body)


def _side_by_side(
    couples: list[tuple[SafeString, SafeString]], *, languages: tuple[str, str], on: date
) -> list[tuple[SafeString, ...]]:
    """The couples with their pictures, which speak their side's language. One query if any."""
    known = licensed(images_of(chain.from_iterable(couples)), on=on)

    def shown(text: SafeString, language: str) -> SafeString:
        with override(language):
            return filled(text, known)

    return [tuple(map(shown, couple, languages)) for couple in couples]
