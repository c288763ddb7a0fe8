"""Public pages about translations: how a source has changed since, and who translates."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Article, Correction, Revision
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import keep
from translations.changes import differences
from translations.models import published_revisions
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
    return keep(page, f"story:{article.story_id}")


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

    What was replaced before the article began was never to be seen. Three queries.
    """
    revisions = published_revisions(article.pk)
    newest = revisions.first()
    if newest is None or since > newest.number:
        raise Http404
    before = revisions.filter(created_at__lte=article.publish_at).defer("snapshot")
    first = before.first() or revisions.defer("snapshot").last() or newest
    seen = revisions.filter(number__gte=first.number, number__lte=max(since, first.number))
    return seen.first() or newest, newest


@require_safe
def translator_list(request: HttpRequest) -> HttpResponse:
    """Everybody with live translations, the same people in every edition."""
    found = all_translators(editions=SiteSettings.of(request).editions, now=request_now(request))
    context = {"translators": found}
    return keep(render(request, "translations/translator_list.html", context), "lists")
