"""What a Django site usually does: model instances, and a template that calls itself.

The page is the same in everything but its conversation, and even that shows the same: the same
comments with the same parts. Nothing is fetched one by one.
"""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from articles.models import Article
from comments.forms import CommentForm
from comments.models import Comment, Discussion
from operations.clock import request_now


def usual_comments(discussion: Discussion) -> QuerySet[Comment]:
    """The public comments in the order of their threads, newest thread first."""
    comments = Comment.objects.public().filter(discussion=discussion.pk)
    people = ("author", "in_reply_to__author", "passage")
    return comments.select_related(*people).order_by("-tree_id", "lft")


def usual_article(request: HttpRequest, slug: str) -> HttpResponse:
    live = Article.objects.live(request_now(request))
    article = get_object_or_404(live.for_reading().in_edition(get_language()), slug=slug)
    found = Discussion.objects.filter(story=article.story_id).first()
    discussion = found or Discussion(story_id=article.story_id)
    context = {
        "article": article,
        "discussion": discussion,
        "nodes": usual_comments(discussion),
        "form": CommentForm(auto_id="comment_%s"),
        "reply_form": CommentForm(auto_id="reply_%s", is_reply=True),
    }
    return render(request, "usual/article.html", context)
