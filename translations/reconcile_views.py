"""The desk's page on which a translation is compared with its source."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from operations.composed import BEYOND
from translations.changes import differences
from translations.models import Attribution
from translations.reconciling import may_reconcile, reconcile, sides_of


class SeenForm(forms.Form):
    """Which version of the source the person had before them."""

    seen = forms.IntegerField(min_value=1, max_value=BEYOND - 1, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def reconcile_article(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Shows what has changed in the source, and by POST that the person has seen it."""
    article = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    editor = cast(User, request.user)
    if not may_reconcile(article, by=editor):
        raise PermissionDenied
    form = SeenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            is_new = reconcile(article, by=editor, seen=form.cleaned_data["seen"]) is not None
            messages.success(request, _told(is_new=is_new))
            return redirect("admin:articles_article_change", pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    credit = Attribution.objects.with_sources().filter(article=article).first()
    if credit is None or not (credit.source_article or credit.source_work):
        raise Http404
    covered, newest = sides_of(credit)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Compare “%(headline)s” with its source") % {"headline": article},
        "opts": model_admin.opts,
        "original": article,
        "credit": credit,
        "covered": covered,
        "newest": newest,
        "differences": differences(covered, newest) if covered and newest else [],
        "form": form,
    }
    page = "admin/translations/attribution/reconcile.html"
    return render(request, page, context, status=422 if form.errors else 200)


def _told(*, is_new: bool) -> str:
    if is_new:
        return gettext("The translation now counts as compared with its source as it is.")
    return gettext("The source has nothing newer: nothing was changed.")
