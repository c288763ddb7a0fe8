"""Pages of the desk on which moderators decide: the queues, and one comment by itself."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from comments.admin.deciding import (
    DecisionForm,
    MarkForm,
    Missed,
    Outcome,
    decide_all,
    last_act,
    remember,
    undo_all,
    undo_last,
    why_not_last,
)
from comments.guests import guest_id
from comments.judging import is_own
from comments.models import Comment, DeskMark
from comments.moderating import PERMISSION
from comments.queues import QUEUES, Case, Queue, cases, counts, queue_of, read, with_context
from comments.refusals import OwnMatter
from richtext.comments import stored_comment_html


@require_safe
def queues(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Leads to the first one."""
    _may_decide(request, model_admin)
    return redirect("admin:comments_comment_queue", next(iter(QUEUES)))


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, name: str, model_admin: Any) -> HttpResponse:
    """One queue. What is posted is decided about those chosen; else the page comes back, with why.

    As many queries for many as for few.
    """
    _may_decide(request, model_admin)
    if name not in QUEUES:
        raise Http404
    missed: list[Missed] = []
    form, status = None, 200
    page, back = request.get_full_path(), request.POST.get("next", "")
    if "undo" in request.POST:
        if outcome := undo_last(request, request.POST["undo"]):
            _tell(request, model_admin, outcome)
            missed, back = outcome.missed, outcome.first
            page = _page_elsewhere(back, QUEUES[name]) or page
        else:
            model_admin.message_user(request, why_not_last(request.POST["undo"]))
    elif request.method == "POST":
        one = request.POST.get("one", "")
        of = one if one.isascii() and one.isdigit() else "all"
        form = DecisionForm(request.POST, of=of)
        missed, status = _decided(request, model_admin, form)
    if missed:
        status = 409
    elif request.method == "POST" and status == 200:
        return _to(page, back)
    context = _queue_context(request, QUEUES[name], form)
    context |= {
        **model_admin.admin_site.each_context(request),
        "title": QUEUES[name].title,
        "opts": model_admin.opts,
        "missed": missed,
    }
    return render(request, "admin/comments/comment/queue.html", context, status=status)


def _may_decide(request: HttpRequest, model_admin: Any) -> None:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied


def _decided(
    request: HttpRequest, model_admin: Any, form: DecisionForm
) -> tuple[list[Missed], int]:
    """What was missed, and how the page answers where it is shown again."""
    if not form.is_valid():
        return [], 422
    outcome = decide_all(form, by=cast(User, request.user), guest=guest_id(request))
    remember(request, outcome)
    _tell(request, model_admin, outcome)
    return outcome.missed, 403 if outcome.own and not outcome.done else 200


def _tell(request: HttpRequest, model_admin: Any, outcome: Outcome) -> None:
    if outcome.own:
        model_admin.message_user(request, outcome.left, messages.ERROR)
    if outcome.again:
        model_admin.message_user(request, outcome.repeated)
    if outcome.done or not (outcome.missed or outcome.own or outcome.again):
        model_admin.message_user(request, outcome.told)


def _to(page: str, number: str) -> HttpResponse:
    """At the comment below that was decided about, or the one that came back."""
    anchor = f"#comment-{number}" if number.isascii() and number.isdigit() else ""
    return HttpResponseRedirect(f"{page}{anchor}")


def _page_elsewhere(number: str, shown: Queue) -> str:
    """Of another queue, where the comment is there; it is the first. '' where it is in this one."""
    place = queue_of(int(number), first=shown) if number else None
    if place is None or place == shown:
        return ""
    address = reverse("admin:comments_comment_queue", args=[place.name])
    return f"{address}?before={int(number) + 1}"


def _queue_context(request: HttpRequest, shown: Queue, form: DecisionForm | None) -> dict[str, Any]:
    found, before = read(shown, before=_number(request.GET.get("before", "")))
    number = counts()
    is_of_several = form is not None and form.auto_id == DecisionForm().auto_id
    is_refused = is_of_several and form is not None and not form.is_valid()
    return {
        "queues": [(each, number[each.name]) for each in QUEUES.values()],
        "queue": shown,
        "cases": [
            (case, shown_text(case), _form_of(case, form), _refusal(case, request))
            for case in found
        ],
        "form": form if is_of_several else DecisionForm(),
        "chosen": {each.comment for each in form.chosen} if is_refused and form else set(),
        "before": before,
        "begins_below": request.GET.get("before", ""),
        "last_act": last_act(request),
    }


def _form_of(case: Case, form: DecisionForm | None) -> DecisionForm:
    """The comment's own form, with what was typed into it."""
    its_own = DecisionForm(of=case.comment.pk)
    return form if form and form.auto_id == its_own.auto_id else its_own


def _refusal(case: Case, request: HttpRequest) -> OwnMatter | None:
    """What stands in the place of the buttons."""
    person, guest = cast(User, request.user), guest_id(request)
    return OwnMatter() if is_own(case.comment, by=person, guest=guest) else None


def shown_text(case: Case) -> dict[str, Any]:
    """The comment as readers see it, and what it answers."""
    answered = case.comment.in_reply_to
    return {
        "html": stored_comment_html(case.comment.html),
        "answered": stored_comment_html(answered.html) if answered else "",
    }


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    return int(typed)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """One comment with all that was ever decided about it, and the same form."""
    _may_decide(request, model_admin)
    known = Comment.objects.all()
    get_object_or_404(known.only("pk"), pk=pk)
    form, missed, status = None, [], 200
    if "undo" in request.POST:
        number = _number(request.POST["undo"])
        person, guest = cast(User, request.user), guest_id(request)
        outcome = undo_all([number] if number else [], by=person, guest=guest, of=pk)
        _tell(request, model_admin, outcome)
        missed = outcome.missed
    elif request.method == "POST":
        form = DecisionForm(request.POST, of=pk)
        missed, status = _decided(request, model_admin, form)
    if missed:
        status = 409
    elif request.method == "POST" and status == 200:
        return redirect(reverse("admin:comments_comment_change", args=[pk]))
    return case_page(request, pk, model_admin, form=form, missed=missed, status=status)


def case_page(
    request: HttpRequest,
    pk: int,
    model_admin: Any,
    *,
    status: int,
    missed: Sequence[Missed] = (),
    **forms: Any,
) -> HttpResponse:
    """The page of one comment, with what was typed into its forms."""
    context = {
        **model_admin.admin_site.each_context(request),
        **case_context(request, pk, **forms),
        "title": _("Decide about a comment"),
        "opts": model_admin.opts,
        "missed": missed,
    }
    return render(request, "admin/comments/comment/decide.html", context, status=status)


def case_context(
    request: HttpRequest,
    pk: int,
    form: DecisionForm | None = None,
    mark_form: MarkForm | None = None,
) -> dict[str, Any]:
    """What the page of one comment needs of it. Five queries."""
    person = cast(User, request.user)
    [case] = cases([with_context(Comment.objects.all()).get(pk=pk)])
    return {
        "case": case,
        "text": shown_text(case),
        "form": form or DecisionForm(of=pk),
        "mark_form": mark_form or MarkForm(initial={"note": case.comment.pick_note}),
        "marks": DeskMark.objects.filter(comment=pk).select_related("actor"),
        "may_decide": person.has_perm(PERMISSION),
        "refused": _refusal(case, request),
        "undoable": undoable(case.entries, person),
    }


def undoable(entries: Sequence[Any], user: User) -> int | None:
    """The number of the newest decision that stands, where it is the person's own."""
    undone = {entry.reverses_id for entry in entries}
    for entry in reversed(entries):
        if entry.reverses_id is None and entry.pk not in undone:
            return entry.pk if entry.actor_id == user.pk else None
    return None
