"""Following by mail: the forms, the links in mails, and the page that lists it all.

A GET shows, a POST does. Nothing here is cached or indexed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from comments.answering import keep_pace, retry_later, status_of
from comments.following import ask_for_manage_link, change, confirm, follow, stop, stop_all
from comments.following_forms import ChangeForm, EmailForm, FollowForm
from comments.links import CONFIRM, MANAGE, STOP, STOP_ALL, read
from comments.models import Comment, Follower, Frequency, Kind, Subscription
from comments.notifying import edition_of_story
from comments.refusals import Refused, TooOften
from comments.views import live_articles
from operations.clock import request_now

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """GET and POST, never cached, never in a search engine, no address told to other sites."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(wrapped))


@personal
def story_follow(request: HttpRequest, slug: str) -> HttpResponse:
    return _follow(request, get_object_or_404(live_articles(request), slug=slug))


@personal
def comment_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Following all answers below a comment."""
    comments = Comment.objects.public().select_related("discussion", "author")
    comment = get_object_or_404(comments, pk=pk)
    story = comment.discussion.story_id
    return _follow(request, get_object_or_404(live_articles(request), story=story), comment)


def _follow(request: HttpRequest, article: Article, comment: Comment | None = None) -> HttpResponse:
    member = request.user if request.user.is_authenticated else None
    data = request.POST if request.method == "POST" else None
    form = FollowForm(data, is_member=bool(member))
    context = {"article": article, "comment": comment, "form": form}
    if not form.is_valid():
        return render(request, "comments/follow.html", context, status=422 if data else 200)
    try:
        keep_pace(request, {"follow": settings.FORMS_PER_PREFIX})
    except TooOften as refusal:
        return _refuse(request, "comments/follow.html", context, refusal)
    follow(
        article,
        kind=Kind.BRANCH if comment else Kind.STORY,
        comment=comment,
        member=member,
        email=form.cleaned_data.get("email", ""),
        frequency=form.cleaned_data["frequency"],
    )
    return redirect("comments:subscription_list" if member else "comments:mail_sent")


@require_safe
@never_cache
def mail_sent(request: HttpRequest) -> HttpResponse:
    """The same for an address that is known and one that is not."""
    return render(request, "comments/mail_sent.html")


@personal
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    subscription = _subscriptions().filter(pk=read(CONFIRM, token)).first()
    if subscription and request.method == "POST":
        confirm(subscription)
    context = {
        "subscription": subscription,
        "article": subscription and _article(request, subscription),
        "is_done": request.method == "POST" or (subscription and subscription.confirmed_at),
    }
    return render(request, "comments/subscription_confirm.html", context)


@csrf_exempt  # one click in a mail program (RFC 8058) has no page to come from: the link is signed
@personal
def subscription_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ends one subscription; again and again with the same answer."""
    pk = read(STOP, token)
    subscription = _subscriptions().filter(pk=pk).first()
    context = {
        "subscription": subscription,
        "article": subscription and _article(request, subscription),
        "is_done": request.method == "POST" or subscription is None,
    }
    if request.method == "POST":
        stop(pk)
    return render(request, "comments/subscription_stop.html", context)


@csrf_exempt  # as above: the link of a digest
@personal
def subscription_stop_all(request: HttpRequest, token: str) -> HttpResponse:
    pk = read(STOP_ALL, token)
    context = {"is_all": True, "is_done": request.method == "POST"}
    if request.method == "POST":
        stop_all(pk)
    return render(request, "comments/subscription_stop.html", context)


@personal
def subscription_list(request: HttpRequest) -> HttpResponse:
    """A member's; of somebody who is not signed in it asks for the address to mail a link to."""
    if request.user.is_authenticated:
        follower = Follower.objects.filter(member=request.user).first()
        return _manage(request, follower)
    data = request.POST if request.method == "POST" else None
    form = EmailForm(data)
    if not form.is_valid():
        status = 422 if data else 200
        return render(request, "comments/ask_for_link.html", {"form": form}, status=status)
    try:
        keep_pace(request, {"follow": settings.FORMS_PER_PREFIX})
    except TooOften as refusal:
        return _refuse(request, "comments/ask_for_link.html", {"form": form}, refusal)
    ask_for_manage_link(form.cleaned_data["email"])
    return redirect("comments:mail_sent")


@personal
def subscription_manage(request: HttpRequest, token: str) -> HttpResponse:
    """The same by a signed link, for guests and from a mail."""
    follower = Follower.objects.filter(pk=read(MANAGE, token)).first()
    return _manage(request, follower)


def _manage(request: HttpRequest, follower: Follower | None) -> HttpResponse:
    own = _subscriptions().confirmed().filter(follower=follower) if follower else None
    if request.method == "POST":
        if follower and own is not None:
            _apply(request, follower, own)
        return HttpResponseRedirect(request.path)
    rows = [
        {
            "subscription": subscription,
            "article": _article(request, subscription),
            "form": ChangeForm(
                initial={"frequency": subscription.frequency},
                auto_id=f"subscription_{subscription.pk}_%s",
            ),
        }
        for subscription in own or ()
    ]
    return render(request, "comments/subscription_list.html", {"rows": rows})


def _apply(request: HttpRequest, follower: Follower, own: Any) -> None:
    """What a button of the page asks for; somebody else's subscription is 404."""
    if "stop_all" in request.POST:
        stop_all(follower.pk)
        return
    chosen = request.POST.get("subscription", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        raise Http404("No such subscription")
    subscription = get_object_or_404(own, pk=int(chosen))
    form = ChangeForm(request.POST)
    if "stop" in request.POST:
        stop(subscription.pk)
    elif form.is_valid():
        change(subscription, frequency=Frequency(form.cleaned_data["frequency"]))


def _subscriptions() -> Any:
    return Subscription.objects.select_related(
        "discussion", "comment__author", "follower"
    ).order_by("-id")


def _article(request: HttpRequest, subscription: Subscription) -> Article | None:
    story = subscription.discussion.story_id
    return edition_of_story(story, get_language() or settings.LANGUAGE_CODE, request_now(request))


def _refuse(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refused
) -> HttpResponse:
    context |= {"refusal": refusal}
    return retry_later(render(request, template, context, status=status_of(refusal)), refusal)
