"""Pages of the desk around an article's revisions: listed, compared, named, brought back."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from articles import drafts, revising
from articles.admin.drafting import posted_revision
from articles.comparing import compared
from articles.models import Article, ReviewEntry, ReviewKind, Revision
from articles.previewing import DAYS

SEEN_BY = "articles.view_revision"
A_PAGE = 50
PUBLIC, NEWEST = "public", "draft"  # what stands for a number in the addresses of comparisons
LARGEST = 2**31 - 1


@require_safe
def revisions(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """All that was saved and published, newest first. As many queries for many as for few."""
    article = known_article(request, pk, model_admin)
    pages = Paginator(with_review(article.revisions.all()), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = with_words(page)
    newest, public = drafts.newest(article), article.published_revision
    context = {
        **about(request, article, model_admin, title=_("Revisions of “%(headline)s”")),
        "page": page,
        "newest": newest,
        "public": public,
        "shown": shown,
        "chosen": _chosen(shown, public),
        "days_shared": DAYS,
        "may_change": model_admin.has_change_permission(request, article),
    }
    return render(request, "admin/articles/article/revisions.html", context)


@require_safe
def compare(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Two revisions and how they differ. `from` and `to` are numbers, `public` or `draft`.

    Without them: the newest, and what it follows on.
    """
    article = known_article(request, pk, model_admin)
    newer = asked_revision(article, request.GET.get("to", NEWEST))
    before = article.revisions.filter(number__lt=newer.number)
    older = before.first() or newer
    if "from" in request.GET:
        older = asked_revision(article, request.GET["from"])
    context = {
        **about(request, article, model_admin, title=_("Compare revisions of “%(headline)s”")),
        "older": older,
        "newer": newer,
        "comparisons": compared(older.snapshot, newer.snapshot),
        "steps": _steps(article, newer),
        "public": article.published_revision,
        "newest": drafts.newest(article),
        "may_change": model_admin.has_change_permission(request, article),
    }
    return render(request, "admin/articles/article/compare.html", context)


@require_POST
def label(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Gives a revision a name, or takes it away."""
    article = known_article(request, pk, model_admin, is_changed=True)
    revision = asked_revision(article, request.POST.get("revision", ""))
    try:
        revising.label(revision, text=request.POST.get("label", ""), by=cast(User, request.user))
    except ValidationError as refused:
        context = {
            **about(request, article, model_admin, title=_("Label of a revision")),
            "revision": revision,
            "errors": refused.messages,
            "typed": request.POST.get("label", ""),
        }
        return render(request, "admin/articles/article/label.html", context, status=422)
    model_admin.message_user(
        request, _("The label of revision %(number)d is saved.") % {"number": revision.number}
    )
    return redirect("admin:articles_article_revisions", article.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Asks, with what it would change; by POST writes a draft that says what the revision said."""
    article = known_article(request, pk, model_admin, is_changed=True)
    sent = request.POST if request.method == "POST" else request.GET
    revision = asked_revision(article, sent.get("revision", ""))
    newest, errors = drafts.newest(article), []
    if request.method == "POST":
        seen = posted_revision(request, article.revisions.all(), "seen")
        try:
            if seen is None and newest is not None:
                raise drafts.StaleDraft(newest)
            draft = revising.restore(article, revision, by=cast(User, request.user), seen=seen)
            told = {"old": revision.number, "new": draft.number}
            text = _("Revision %(old)d is back as a draft, revision %(new)d.")
            model_admin.message_user(request, text % told)
            return redirect("admin:articles_article_change", article.pk)
        except ValidationError as refused:
            errors = refused.messages
    before = newest.snapshot if newest else drafts.snapshot(article)
    context = {
        **about(request, article, model_admin, title=_("Restore a revision of “%(headline)s”")),
        "revision": revision,
        "newest": newest,
        "errors": errors,
        "comparisons": compared(before, {**before, **_brought(revision)}),
    }
    status = 422 if errors else 200
    return render(request, "admin/articles/article/restore.html", context, status=status)


def known_article(
    request: HttpRequest, pk: int, model_admin: Any, *, is_changed: bool = False
) -> Article:
    """The article, for who may read its drafts, and with `is_changed` write them."""
    if not request.user.has_perm(SEEN_BY) or not model_admin.has_change_permission(request):
        raise PermissionDenied
    article = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if is_changed and not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    return article


def asked_revision(article: Article, asked: str) -> Revision:
    """The article's revision of this number; 404 for all that is none."""
    rows = article.revisions.select_related("created_by")
    if asked == NEWEST:
        found = rows.first()
    elif asked == PUBLIC:
        found = rows.published().first()
    else:
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 11
        number = int(asked) if is_number else 0
        found = rows.filter(number=number).first() if 0 < number <= LARGEST else None
    if found is None:
        raise Http404
    return found


def with_review(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    """With `review`, the kind of what was decided last about each. No query of its own."""
    decisions = ReviewEntry.objects.filter(revision=OuterRef("pk")).exclude(kind=ReviewKind.NOTE)
    last = decisions.order_by("-created_at", "-id").values("kind")[:1]
    return (
        rows.select_related("created_by", "based_on")
        .defer("snapshot", "based_on__snapshot")
        .annotate(review=Subquery(last))
    )


def with_words(rows: Iterable[Revision]) -> list[Revision]:
    """The rows with `decision`: what was decided last, in words."""
    words = dict(ReviewKind.choices)
    listed: list[Any] = list(rows)
    for each in listed:
        each.decision = words.get(each.review, "")
    return listed


def about(request: HttpRequest, article: Article, model_admin: Any, *, title: Any) -> Any:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title % {"headline": article} if "%(headline)s" in str(title) else title,
        "opts": model_admin.opts,
        "original": article,
    }


def _chosen(shown: list[Revision], public: Revision | None) -> dict[str, int]:
    """Which two of a page are marked to be compared: the newest, with what readers see."""
    if not shown:
        return {}
    newest = shown[0].number
    numbers = [each.number for each in shown]
    is_other = public is not None and public.number in numbers and public.number != newest
    older = public.number if is_other and public else shown[min(1, len(shown) - 1)].number
    return {"from": older, "to": newest}


def _steps(article: Article, newer: Revision) -> dict[str, tuple[int, int]]:
    """The pairs of neighbours before and after this one: (from, to) by their numbers."""
    numbers = article.revisions.values_list("number", flat=True)
    down = list(numbers.filter(number__lt=newer.number).order_by("-number")[:2])
    up = numbers.filter(number__gt=newer.number).order_by("number").first()
    found = {"back": (down[1], down[0])} if len(down) == 2 else {}
    return found | ({"on": (newer.number, up)} if up else {})


def _brought(revision: Revision) -> dict[str, Any]:
    """What of a revision comes back: the parts of a draft."""
    keys = {part.key for part in drafts.parts()}
    return {key: value for key, value in revision.snapshot.items() if key in keys}
