"""Where an article's form sends what is typed, and where that is thrown away."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from articles import autosaving
from articles.admin.drafting import posted_revision
from articles.admin.restoring import key_of, overtaken, who_writes
from articles.models import Article

NOT_TYPED = {"csrfmiddlewaretoken", "person"}


@require_POST
def autosave(request: HttpRequest, model_admin: Any, pk: int | None = None) -> HttpResponse:
    """Keeps what is typed, and tells when that was; 409 where somebody saved meanwhile.

    What is refused is told as {reason, message}: the browser keeps it then.
    """
    article, by = _article(request, model_admin, pk), cast(User, request.user)
    if request.POST.get("person", str(by.pk)) != str(by.pk):
        return _refused(403, "person", _("Somebody else is signed in here now."))
    seen = base = newest = None
    if article is not None:
        revisions = article.revisions.select_related("created_by").defer("snapshot")
        base = posted_revision(request, revisions, "based_on")
        seen = posted_revision(request, revisions, "seen") or base
        newest = revisions.first()
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    try:
        saved_at = autosaving.keep(article, by=by, fields=fields, based_on=base)
    except autosaving.TooLong as refused:
        return _refused(413, "too_long", " ".join(refused.messages))
    except autosaving.KeptElsewhere as refused:
        return _refused(409, "elsewhere", " ".join(refused.messages))
    told = {"saved_at": saved_at, "present": who_writes(article, beside=by)}
    if newest is None or newest == seen:
        return JsonResponse(told)
    return JsonResponse({**told, "reason": "stale", "message": overtaken(newest)}, status=409)


@require_POST
def throw_away(request: HttpRequest, model_admin: Any, pk: int | None = None) -> HttpResponse:
    """Forgets what was offered, and nothing that was typed since; back to the form."""
    article = _article(request, model_admin, pk)
    autosaving.forget(article, by=cast(User, request.user), key=key_of(request))
    here = request.get_host()
    back = request.POST.get("back", "")
    if back.startswith("/admin/") and url_has_allowed_host_and_scheme(back, {here}):
        return redirect(back)
    place = ["change", pk] if pk else ["add"]
    return redirect(reverse(f"admin:articles_article_{place[0]}", args=place[1:]))


def _article(request: HttpRequest, model_admin: Any, pk: int | None) -> Article | None:
    if pk is None:
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        return None
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.only("section", "language"), pk=pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    return article


def _refused(status: int, reason: str, message: str) -> JsonResponse:
    return JsonResponse({"reason": reason, "message": message}, status=status)
