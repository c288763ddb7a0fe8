"""Setting a comment apart at the desk: picked, pinned, its branch closed."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import User
from comments.admin.deciding import MarkForm
from comments.admin.queue_views import case_page
from comments.guests import guest_id
from comments.judging import refuse_own
from comments.marking import close_branch, pick, pin, reopen_branch, unpick, unpin
from comments.models import Comment
from comments.refusals import Refused

VERBS = {  # what each does, and what is told of it
    "pick": (pick, _("Readers see that the desk picked the comment.")),
    "unpick": (unpick, _("The comment is picked no longer.")),
    "pin": (pin, _("The thread is pinned.")),
    "unpin": (unpin, _("The thread is pinned no longer.")),
    "close": (close_branch, _("No more replies are taken below the comment.")),
    "reopen": (reopen_branch, _("Replies are taken again below the comment.")),
}


@require_POST
def mark(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Does what its button says. A refusal shows the form again, with what was typed."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    comment = get_object_or_404(Comment.objects.select_related("discussion"), pk=pk)
    form, act = MarkForm(request.POST), request.POST.get("mark", "")
    if act not in VERBS:
        form.add_error(None, _("Choose what to do."))
    elif form.is_valid():
        words = {"note": form.cleaned_data["note"]} if act == "pick" else {}
        verb, told = VERBS[act]
        person = cast(User, request.user)
        try:
            refuse_own(comment, by=person, guest=guest_id(request))
            is_done = verb(comment, by=person, **words)
            model_admin.message_user(request, told if is_done else _("Already done."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if form.is_valid():
        return redirect("admin:comments_comment_change", pk)
    return case_page(request, pk, model_admin, mark_form=form, status=422)
