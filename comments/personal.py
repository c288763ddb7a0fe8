"""A reader's own comments and votes: as data for the script, and as a page.

Public pages are the same for everybody, so that what differs from reader to reader is asked for
apart: by the script, where the marker cookie says that there is something, or by following a link.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.remits import is_within
from comments.appealing import told_about
from comments.asking import ASK
from comments.editing import EDITABLE, may_edit
from comments.flagging import flags_of
from comments.guests import writer_of
from comments.models import Comment, Discussion, Participant, Status, Vote
from comments.models.moderation import REJECTED
from comments.sanctioning import sanctions_of
from comments.visits import last_visit, new_for, unread
from comments.voting import Voter
from comments.wanted import Show
from operations.clock import request_now
from operations.models import SiteSettings
from richtext.comments import stored_comment_html

MOST = 1000  # of one conversation
PER_PAGE = 50
MOST_UNREAD = 20


@never_cache
@require_safe
def overlay(request: HttpRequest) -> JsonResponse:
    """Own votes and own comments below `?article=<id>`, held ones with their text; and what is new.

    At most twelve queries. 404 for an article that readers were never to know of.
    """
    number, now = _number(request.GET.get("article", "")), request_now(request)
    article = get_object_or_404(Article.objects.once_public(now), pk=number)
    discussion = Discussion.objects.of_story(article.story_id)
    voter = writer_of(request)
    accepts = discussion.accepts(SiteSettings.of(request).comment_policy, at=now)
    own = list(written_by(voter).filter(discussion=discussion.pk)[:MOST])
    votes = votes_of(voter).filter(comment__discussion=discussion.pk)[:MOST]
    return JsonResponse(
        {
            "votes": dict(votes.values_list("comment_id", "value")),
            "own": [{"id": one.pk, "edit": accepts and may_edit(one, now)} for one in own],
            "held": [_held(one) for one in reversed(own) if one.status == Status.HELD],
            "visit": _visit(article, discussion, voter, now),
            "ask": _ask_address(request, article),
        }
    )


def _visit(article: Article, discussion: Discussion, voter: Voter, now: datetime) -> dict[str, Any]:
    """`now`, to be told when it has been seen; the last visit, and what is new since."""
    known = Participant.objects.exclude(writer="")
    here = known.filter(writer=voter.key, discussion=discussion.pk).first()
    since = last_visit(here, now=now) if here else None
    new = new_for(discussion, voter, since=since)[:MOST] if since else Comment.objects.none()
    numbers = list(new.values_list("pk", flat=True))
    return {
        "now": now.isoformat(),
        "since": since and since.isoformat(),
        "new": numbers,
        "label": _label(len(numbers), article.language),
        "member": voter.user.public_name if voter.user else "",
    }


def _label(count: int, language: str) -> str:
    with override(language):
        text = ngettext(
            "%(count)d new since your last visit", "%(count)d new since your last visit", count
        )
    return text % {"count": count}


def _ask_address(request: HttpRequest, article: Article) -> str:
    """Where the desk asks readers about a passage, for who may."""
    may_ask = request.user.is_staff and request.user.has_perm(ASK)
    if not (may_ask and is_within(request.user, article)):
        return ""
    return f"{reverse('admin:comments_passage_add')}?article={article.pk}"


def _held(comment: Comment) -> dict[str, Any]:
    written = timezone.localtime(comment.created_at)
    with override(comment.language):
        text = formats.date_format(written, "DATETIME_FORMAT")
    return {
        "id": comment.pk,
        "answers": comment.in_reply_to_id,
        "name": comment.name,
        "language": comment.language,
        "written": written.isoformat(timespec="seconds"),
        "written_text": text,
        "html": comment.html,
    }


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    return int(typed)


def written_by(voter: Voter) -> QuerySet[Comment]:
    """What they wrote and readers see, or will once a moderator agrees; newest first."""
    return _all_by(voter).filter(status__in=EDITABLE)


def _all_by(voter: Voter) -> QuerySet[Comment]:
    """Also what was taken away, which its writer may read and have looked at again."""
    comments = Comment.objects.filter(voter.wrote_it, status__in=[*EDITABLE, *REJECTED])
    return comments.select_related("author").order_by("-id")


def votes_of(voter: Voter) -> QuerySet[Vote]:
    """Their votes that still stand, on the newest comments first."""
    return Vote.objects.filter(voter=voter.key).exclude(value=0).order_by("-comment_id")


@never_cache
@require_safe
def own_comments(request: HttpRequest) -> HttpResponse:
    """A page of what one wrote and voted; without a cookie or an account, what would be here."""
    voter, now = writer_of(request), request_now(request)
    before = _number(request.GET.get("before", "9" * 18))
    votes_before = _number(request.GET.get("votes_before", "9" * 18))
    policy = SiteSettings.of(request).comment_policy
    comments = _all_by(voter).select_related("author", "article", "discussion")
    comments = comments.filter(pk__lt=before).defer("article__body")
    votes = votes_of(voter).filter(comment_id__lt=votes_before, comment__status=Status.PUBLIC)
    shown, more = _page(list(comments[: PER_PAGE + 1]))
    votes = votes.select_related("comment__article", "comment__author", "comment__discussion")
    votes = votes.defer("comment__article__body")
    voted, more_votes = _page(list(votes[: PER_PAGE + 1]))
    told = told_about(shown)
    context = {
        "unread": _unread(voter, now, SiteSettings.of(request).editions),
        "comments": [_entry(each, now, policy) | {"told": told.get(each.pk)} for each in shown],
        "votes": [_entry(vote.comment, now, policy) | {"value": vote.value} for vote in voted],
        "flags": flags_of(voter),
        "sanctions": sanctions_of(voter.keys),
        "before": shown[-1].pk if more else None,
        "votes_before": voted[-1].comment_id if more_votes else None,
    }
    return render(request, "comments/own_comments.html", context)


def _unread(voter: Voter, now: datetime, languages: list[str]) -> list[dict[str, Any]]:
    """Conversations with something new, through an edition that is live. Two queries."""
    rows = list(unread(voter, now=now).select_related("discussion")[:MOST_UNREAD])
    stories = [row.discussion.story_id for row in rows]
    live = Article.objects.live(now).filter(story__in=stories, language__in=languages)
    live = live.defer("body").order_by("-pk")
    active = get_language()
    editions = {article.story_id: article for article in live}
    editions |= {each.story_id: each for each in live if each.language == active}
    return [
        {"new": row.new, "article": article, "address": _new_address(article, row.since)}
        for row in rows
        if (article := editions.get(row.discussion.story_id))
    ]


def _new_address(article: Article, since: datetime) -> str:
    with override(article.language):
        asked = {"show": Show.NEW.value, "since": since.isoformat()}
        return reverse("comments:conversation", args=[article.slug], query=asked)


def _page[T](rows: Sequence[T]) -> tuple[Sequence[T], bool]:
    return rows[:PER_PAGE], len(rows) > PER_PAGE


def _entry(comment: Comment, now: datetime, policy: str) -> dict[str, Any]:
    """The comment with its addresses below the edition that it was written in, where that lives."""
    is_live = comment.article.is_live(now)
    with override(comment.article.language):
        addresses = {
            verb: reverse(f"comments:comment_{verb}", args=[comment.pk])
            for verb in ("edit", "delete", "vote", "appeal")
        }
    is_open = comment.discussion.accepts(policy, at=now)
    if not (is_live and is_open and may_edit(comment, now)):
        del addresses["edit"]
    place = f"{comment.article.get_absolute_url()}#comment-{comment.pk}" if is_live else ""
    return {
        "comment": comment,
        "html": stored_comment_html(comment.html),
        "place": place,
        **addresses,
    }
