"""Reading a conversation, writing into it and voting, below one edition."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.forms import Form
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseGone,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Article, ArticleQuerySet, Status
from articles.reading import find_article
from comments.addressed import addressed_comment
from comments.answering import keep_pace, retry_later, status_of
from comments.following import follow_as_asked
from comments.forms import QUOTED, CommentForm
from comments.fragment import NoSuchPage, conversation_context
from comments.guests import guest_id, guest_id_or_new, remember, writer_of
from comments.lines import hides_score
from comments.models import Comment, Discussion, Passage, tags_of_talk
from comments.posting import Guest, post
from comments.preview import MOST as PREVIEWS
from comments.refusals import BranchClosed, Closed, MembersOnly, QuestionClosed, Refused
from comments.signs import signs_of
from comments.visits import note_visit
from comments.voting import Voter, vote
from comments.wording import to_html
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import changes_parts, keep
from richtext.comments import stored_comment_html
from richtext.passages import ArticleText, Selector
from throttling.addresses import client_prefix

VOTE_VALUES = {"1": 1, "-1": -1, "0": 0}
VOTED = {
    1: gettext_lazy("You voted for this comment."),
    -1: gettext_lazy("You voted against this comment."),
    0: gettext_lazy("You took your vote back."),
}


def live_articles(request: HttpRequest) -> ArticleQuerySet:
    """Through these one reads and writes below the active edition."""
    live = Article.objects.live(request_now(request)).in_edition(get_language())
    return live.select_related("section")


def gone_or_404(request: HttpRequest, **lookup: Any) -> HttpResponse:
    """410 where this edition's article was withdrawn, else 404."""
    articles = Article.objects.in_edition(get_language())
    if article := articles.filter(status=Status.WITHDRAWN, **lookup).first():
        page = render_to_string("articles/article_gone.html", {}, request)
        return keep(HttpResponseGone(page), article.tag)
    raise Http404


@require_safe
def conversation(request: HttpRequest, slug: str) -> HttpResponse:
    article = find_article(request, slug)
    if article is None:
        return gone_or_404(request, slug=slug)
    try:
        context = conversation_context(request, article, is_page=True)
    except NoSuchPage:
        return render(request, "comments/no_such_page.html", {"article": article}, status=404)
    page = render(request, "comments/conversation.html", context)
    passage = context["wanted"].passage
    if passage and passage not in context["glance"].passages:
        return page  # any number might be asked for
    return keep(page, *tags_of_talk(article))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: HttpRequest, slug: str) -> HttpResponse:
    return _write(request, get_object_or_404(live_articles(request), slug=slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply's form. What was typed is kept also if the comment answered has disappeared."""
    answered, article = addressed_comment(request, pk)
    if request.method != "POST" and not answered.is_public:
        raise Http404
    return _write(request, article, answered)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passage_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer to what the desk asks about a passage."""
    asked = Passage.objects.exclude(question="")
    passage = get_object_or_404(asked, pk=pk)
    article = get_object_or_404(live_articles(request), pk=passage.article_id)
    return _write(request, article, passage=passage)


def _write(
    request: HttpRequest,
    article: Article,
    answered: Comment | None = None,
    passage: Passage | None = None,
) -> HttpResponse:
    """Shows the form, or publishes and leads to the comment; a refusal shows the form again."""
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        initial=dict(zip(QUOTED, asked_selector(request, article), strict=True)),
        article=article,
        is_member=request.user.is_authenticated,
        is_reply=bool(answered or passage),
    )
    refusal: Refused | None = None
    status, preview = 200, ""
    try:
        _check_door(request, article, answered, passage)
        if form.is_valid() and "preview" in request.POST:
            keep_pace(request, {"previews": PREVIEWS})
            preview = to_html(form.cleaned_data["text"])
        elif form.is_valid():
            _count_in(request, article)
            return _publish(request, article, form, answered, passage or form.passage)
        elif form.is_bound:
            status = 422
    except Refused as error:
        refusal, status = beside_its_field(form, error), status_of(error)
    quoted = answered if answered and answered.is_public else None
    context = {
        "article": article,
        "answered": quoted,
        "answered_html": stored_comment_html(quoted.html) if quoted else "",
        "passage": passage,
        "form": form,
        "refusal": refusal,
        "preview": stored_comment_html(preview),
    }
    response = render(request, "comments/comment_form.html", context, status=status)
    return retry_later(response, refusal)


def _count_in(request: HttpRequest, article: Article) -> None:
    """Raises TooOften beyond what one network and one story take. One query.

    More than one person may write, since offices and mobile networks share a prefix; but of those
    whom nobody knows yet few, each of whom would count as a person of their own.
    """
    most = {"comments": settings.COMMENTS_PER_PREFIX}
    if not writer_of(request).key:
        most["comments of new guests"] = settings.FORMS_PER_PREFIX
    of_story = {f"comments on {article.story_id}": settings.COMMENTS_PER_STORY}
    keep_pace(request, most, everybodys=of_story)


def _check_door(
    request: HttpRequest, article: Article, answered: Comment | None, passage: Passage | None
) -> None:
    """Raises Closed, MembersOnly, BranchClosed or QuestionClosed where nobody like them writes."""
    story = article.story_id
    discussion = answered.discussion if answered else Discussion.objects.of_story(story)
    policy = SiteSettings.of(request).comment_policy
    if not discussion.accepts(policy, at=request_now(request)):
        raise Closed
    if discussion.is_for_members and not request.user.is_authenticated:
        raise MembersOnly
    if answered and answered.is_public and answered.closed_at:
        raise BranchClosed
    if passage and passage.is_closed:
        raise QuestionClosed


def beside_its_field(form: Form, refusal: Refused) -> Refused | None:
    """Puts the message beside the field that it is about; else it is still to be shown."""
    if refusal.field not in form.fields:
        return refusal
    form.add_error(refusal.field, str(refusal))
    return None


def asked_selector(request: HttpRequest, article: Article) -> Selector:
    """The words that the address names, or the whole of the paragraph with its number, from 0.

    Empty where they are not in the text: nobody quotes by a link what the paper does not say.
    """
    number = request.GET.get("paragraph", "")
    if number.isascii() and number.isdigit() and len(number) < 6:
        found = ArticleText(article.body).selector_of_paragraph(int(number))
        return found or Selector("")
    named = Selector(*(request.GET.get(name, "") for name in QUOTED))
    is_there = bool(named.exact) and ArticleText(article.body).find(named) is not None
    return named if is_there else Selector("")


def _publish(
    request: HttpRequest,
    article: Article,
    form: CommentForm,
    answered: Comment | None,
    passage: Passage | None,
) -> HttpResponse:
    typed, member = form.cleaned_data, request.user if request.user.is_authenticated else None
    guest = None if member else Guest(typed["name"], typed["email"], guest_id_or_new(request))
    comment = post(
        article,
        text=typed["text"],
        author=member,
        guest=guest,
        in_reply_to=answered,
        passage=passage,
        now=request_now(request),
        writer=_writer(request, guest),
        site=SiteSettings.of(request),
        network=client_prefix(request),
        signs=signs_of(request),
        carried=guest_id(request),
    )
    if member:  # a guest's are noted where they asked to be remembered, by the script
        note_visit(comment.discussion, Voter(member), at=request_now(request))
    follow_as_asked(comment, article, typed["notify"])
    response = HttpResponseRedirect(posted_place(article, comment))
    # Of a repeat too the id is this browser's own: another's, for the price of knowing what they
    # wrote, would let it edit their comment.
    remember(response, guest.id if guest else None)
    return changes_parts(response)


def posted_place(article: Article, comment: Comment) -> str:
    """Where its writer finds the comment: a thread at its place, else the notice of it.

    A reply may stand on another page, and one that is held in none.
    """
    is_in_sight = comment.is_public and comment.parent_id is None
    anchor = f"comment-{comment.pk}" if is_in_sight else "posted"
    return f"{article.get_absolute_url()}?posted={comment.pk}#{anchor}"


def _writer(request: HttpRequest, guest: Guest | None) -> str:
    """Who sends it, for noticing a repeat: a browser that clicks twice may have no cookie yet."""
    if guest is None:
        return f"member:{request.user.pk}"
    return "\0".join(("guest", client_prefix(request), guest.name, guest.email.casefold()))


@never_cache
@require_POST
def comment_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the voter's vote; answers with a page that offers undo, or with JSON for the script.

    Neither tells a score that is still hidden, which is None.
    """
    comment, article = addressed_comment(request, pk)
    site = SiteSettings.of(request)
    member = request.user if request.user.is_authenticated else None
    known = guest_id(request)
    guest = known if member else known or uuid4()
    is_new = guest is not None and guest != known
    context: dict[str, Any] = {"article": article, "comment": comment}
    value = VOTE_VALUES.get(request.POST.get("value", ""))
    if value is None:
        return _vote_answer(request, context | {"message": _("A vote is 1, -1 or 0.")}, 422)
    try:
        votes = settings.VOTES_PER_PREFIX
        # enough for a family, too few to carry a comment
        keep_pace(
            request,
            {"votes": votes, f"votes on {pk}": max(votes // 15, 10)},
            hourly={"new voters": settings.NEW_VOTERS_PER_PREFIX} if is_new else {},
        )
        now = request_now(request)
        score = vote(comment, voter=Voter(member, guest), value=value, site=site, now=now)
    except Refused as refusal:
        context |= {"message": str(refusal), "refusal": refusal}
        return _vote_answer(request, context, status_of(refusal))
    until = site.scores_until(now)
    told = None if hides_score(comment, until) else score
    context |= {"value": value, "score": told, "message": VOTED[value]}
    response = changes_parts(_vote_answer(request, context, 200))
    remember(response, None if member else guest)
    return response


def _vote_answer(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        data = {key: context[key] for key in ("score", "value", "message") if key in context}
        return retry_later(JsonResponse(data, status=status), context.get("refusal"))
    response = render(request, "comments/vote_done.html", context, status=status)
    return retry_later(response, context.get("refusal"))
