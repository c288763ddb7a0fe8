"""What the head of a conversation leads to, and what its script asks and tells."""

from collections.abc import Callable

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from comments import glance
from comments.answering import keep_pace
from comments.fragment import EVER, asked_for, moment
from comments.guests import guest_id_or_new, remember, writer_of
from comments.models import Comment, Discussion, tags_of_talk
from comments.refusals import TooOften
from comments.views import live_articles
from comments.visits import note_visit
from comments.voting import Voter
from comments.wanted import Wanted
from operations.clock import request_now
from pagecache.marks import changes_nothing, keep

MOST = 1000  # new comments that are counted
LOOK_UPS = 60  # from one address prefix in ten minutes


@require_safe
def most_reacted(request: HttpRequest, slug: str) -> HttpResponse:
    return _lead_to(request, slug, glance.most_reacted)


@require_safe
def hottest(request: HttpRequest, slug: str) -> HttpResponse:
    return _lead_to(request, slug, glance.hottest)


def _lead_to(
    request: HttpRequest, slug: str, find: Callable[[Discussion], Comment | None]
) -> HttpResponse:
    """To the comment's permalink; to the conversation where there is none yet, or too often."""
    article = _article(request, slug)
    try:
        keep_pace(request, {"look-ups": LOOK_UPS})  # they read the whole conversation
        comment = find(Discussion.objects.of_story(article.story_id))
    except TooOften:
        comment = None
    response = redirect(comment) if comment else redirect("comments:conversation", slug)
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """When the latest comment became public: what pages that stay open ask again and again.

    With `?since=`, how many have since, in all languages or in `?lang=`: asked where that is not
    none. Both are the same for everybody, and 304 for as long as nothing has happened.
    """
    article = _article(request, slug)
    wanted = asked_for(request.GET, is_page=False)
    discussion = Discussion.objects.of_story(article.story_id)
    if "since" in request.GET:
        return _news(request, discussion, wanted)
    public = Comment.objects.public().filter(discussion=discussion.pk)
    at = public.aggregate(latest=Max("public_at"))["latest"] or EVER
    answer = _unless_known(request, {"latest": at.isoformat()}, f'"{at.timestamp():f}"')
    return keep(answer, *tags_of_talk(article))


def _news(request: HttpRequest, discussion: Discussion, wanted: Wanted) -> HttpResponse:
    since = moment(request.GET["since"])
    public = Comment.objects.public().filter(discussion=discussion.pk, public_at__gt=since)
    if wanted.language:
        public = public.filter(language=wanted.language)
    capped = public.order_by("-public_at").values("public_at")[:MOST]
    found = capped.aggregate(count=Count("public_at"), latest=Max("public_at"))
    at = found["latest"] or since
    etag = f'"{found["count"]}-{at.timestamp():f}"'
    count = found["count"]
    return _unless_known(request, {"count": count, "label": _label(count)}, etag)


def _unless_known(request: HttpRequest, data: dict[str, object], etag: str) -> HttpResponse:
    """The data, or 304 where the browser has them."""
    response = JsonResponse(data)
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response


def _label(count: int) -> str:
    text = ngettext("%(count)d new comment: show", "%(count)d new comments: show", count)
    return text % {"count": count}


@never_cache
@require_POST
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    """Notes that whoever asks has seen what was there `until` a time, else until now.

    The script tells it by itself. Who has none asks by a button, which is how such a guest asks to
    be remembered, and is led back.
    """
    article = _article(request, slug)
    now = request_now(request)
    until = min(moment(request.POST["until"]), now) if "until" in request.POST else now
    discussion = Discussion.objects.of_story(article.story_id)
    if request.get_preferred_type(["application/json", "text/html"]) != "text/html":
        note_visit(discussion, writer_of(request), at=until)
        return changes_nothing(HttpResponse(status=204))
    member = request.user if request.user.is_authenticated else None
    guest = None if member else guest_id_or_new(request)
    note_visit(discussion, Voter(member, guest), at=until)
    response = redirect(f"{article.get_absolute_url()}#conversation")
    remember(response, guest)
    return response


def _article(request: HttpRequest, slug: str) -> Article:
    return get_object_or_404(live_articles(request).defer("body"), slug=slug)
