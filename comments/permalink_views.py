"""The permalink of a comment."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from articles.models import Article, Status
from comments.forms import empty_form
from comments.fragment import badges, reading_context
from comments.lines import Shown
from comments.models import Comment, tags_of_talk
from comments.passages import Passages
from comments.permalinks import edition_of, look_around
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import keep


@require_safe
def comment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment with those it answers and its replies, below its own edition or a live one."""
    comment = get_object_or_404(Comment.objects.select_related("discussion", "author"), pk=pk)
    article = _edition(request, comment)
    if article is None:
        return _gone_or_404(request, comment)
    if article.language != get_language():
        with override(article.language):
            return redirect(reverse("comments:comment_detail", args=[pk]))
    site = SiteSettings.of(request)
    now = request_now(request)
    shown = Shown(Passages(article, []), badges(article), site.scores_until(now))
    around = look_around(comment, shown=shown)
    if around is None:
        raise Http404("No such comment")
    place = {"thread": around.thread} | ({"after": around.place} if around.place else {})
    address = reverse("comments:conversation", args=[article.slug], query=place)
    context = reading_context(article, comment.discussion, site, now) | {
        "comment": comment,
        "around": around,
        "place_url": f"{address}#comment-{pk}",
        "reply_form": empty_form(auto_id="reply_%s", is_reply=True),
    }
    page = render(request, "comments/comment_detail.html", context)
    return keep(page, *tags_of_talk(article))


def _edition(request: HttpRequest, comment: Comment) -> Article | None:
    """Through which the comment is read: its own, else the active one, else any that is live."""
    live = Article.objects.live(request_now(request)).select_related("section")
    editions = live.filter(
        story=comment.discussion.story_id, language__in=SiteSettings.of(request).editions
    ).prefetch_related("contributions__contributor")
    return edition_of(comment, editions.order_by("pk"))


def _gone_or_404(request: HttpRequest, comment: Comment) -> HttpResponse:
    """410 where the story was withdrawn, else 404."""
    withdrawn = Article.objects.filter(status=Status.WITHDRAWN, story=comment.discussion.story_id)
    if withdrawn.exists():
        return HttpResponseGone(render_to_string("articles/article_gone.html", {}, request))
    raise Http404
