"""What writers do with their own comments: change them, take them back; and what they said before.

Members are known by their account, guests by their signed cookie. Of somebody else's comment
nothing is said, not even that it is one.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments.answering import keep_pace, retry_later, status_of
from comments.editing import edit, erase, may_edit
from comments.forms import TextForm
from comments.guests import writer_of
from comments.models import Comment, CommentVersion, Status, tags_of_talk
from comments.refusals import NotYours, Refused, TooLate
from comments.views import beside_its_field, live_articles, posted_place
from operations.clock import request_now
from pagecache.marks import keep
from richtext.comments import stored_comment_html
from throttling.addresses import client_prefix


def own_or_404(request: HttpRequest, pk: int) -> Comment:
    comment = get_object_or_404(Comment.objects.select_related("discussion", "author"), pk=pk)
    if not writer_of(request).wrote(comment):
        raise Http404
    return comment


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with the text; a refusal keeps what was typed."""
    comment = own_or_404(request, pk)
    article = get_object_or_404(live_articles(request), story=comment.discussion.story_id)
    data = request.POST if request.method == "POST" else None
    form = TextForm(data, initial={"text": comment.text})
    refusal: Refused | None = None
    status = 422 if form.is_bound else 200
    try:
        if not may_edit(comment, request_now(request)):
            raise TooLate
        if form.is_valid():
            keep_pace(request, {"comments": settings.COMMENTS_PER_PREFIX})
            text, now = form.cleaned_data["text"], request_now(request)
            network = client_prefix(request)
            edit(comment, text=text, by=writer_of(request), now=now, network=network)
            return redirect(posted_place(article, comment))
    except Refused as error:
        refusal, status = beside_its_field(form, error), status_of(error)
    context = {"article": article, "comment": comment, "form": form, "refusal": refusal}
    response = render(request, "comments/comment_edit.html", context, status=status)
    return retry_later(response, refusal)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then does. Works also where nobody reads any more; a repeat finds it done."""
    erased = Comment.objects.filter(pk=pk, status=Status.ERASED).select_related("discussion")
    if request.method == "POST" and (comment := erased.first()):
        return redirect(_back(request, comment))
    comment = own_or_404(request, pk)
    if request.method == "POST":
        try:
            erase(comment, by=writer_of(request))
        except NotYours:  # deleted a moment ago
            raise Http404
        return redirect(_back(request, comment))
    context: dict[str, Any] = {
        "comment": comment,
        "html": stored_comment_html(comment.html),
        "back": _back(request, comment),
        "has_answers": Comment.objects.filter(in_reply_to=comment).exists(),
    }
    return render(request, "comments/comment_delete.html", context)


def _back(request: HttpRequest, comment: Comment) -> str:
    """The comment's place, or one's own list where this edition does not show it."""
    article = live_articles(request).filter(story=comment.discussion.story_id).first()
    if article is None:
        return reverse("personal:own_comments")
    if comment.status == Status.ERASED:
        return f"{article.get_absolute_url()}?posted={comment.pk}#posted"
    return posted_place(article, comment)


@require_safe
def comment_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a comment said when others answered it. The same for everybody. 404 without."""
    comments = Comment.objects.public().filter(has_history=True)
    comment = get_object_or_404(comments.select_related("discussion", "author"), pk=pk)
    article = get_object_or_404(live_articles(request), story=comment.discussion.story_id)
    versions = CommentVersion.objects.filter(comment=comment, was_answered=True)
    context = {
        "article": article,
        "comment": comment,
        "html": stored_comment_html(comment.html),
        "versions": [(version, stored_comment_html(version.html)) for version in versions],
    }
    page = render(request, "comments/comment_history.html", context)
    return keep(page, *tags_of_talk(article))
