"""Pages of the desk around one source: its text over time, and whether it still stands."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from articles.publishing import PERMISSION
from translations.models import Change, SourceWork
from translations.sources import (
    TAKE,
    mark_checked,
    record_text,
    restore_source,
    withdraw_source,
)


class TextForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField", "dir": "auto"}),
        help_text=gettext_lazy("The whole text as the publication shows it now."),
    )
    change = forms.ChoiceField(
        label=gettext_lazy("Against the text before"),
        choices=Change.choices,
        initial=Change.MAJOR,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """Takes over the source's text as it is now, and shows what was taken over before."""
    work = _source(request, pk, model_admin)
    may_take = request.user.has_perm(TAKE)
    if request.method == "POST" and not may_take:
        raise PermissionDenied
    form = TextForm(request.POST or None)
    if form.is_valid():
        try:
            number = _number_of_newest(work)
            taken = record_text(work, **form.cleaned_data, by=cast(User, request.user))
            is_new = taken.number != number
            said = _("Taken over.") if is_new else _("The text is the same as before.")
            messages.success(request, said)
            return redirect("admin:translations_sourcework_text", pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("The text of “%(source)s”") % {"source": work.title},
        "opts": model_admin.opts,
        "original": work,
        "texts": work.texts.select_related("taken_by").defer("text"),
        "form": form,
        "may_take": may_take,
        "may_withdraw": request.user.has_perm(PERMISSION),
    }
    status = 422 if form.errors else 200
    return render(request, "admin/translations/sourcework/text.html", context, status=status)


def _number_of_newest(work: SourceWork) -> int | None:
    return work.texts.order_by("-number").values_list("number", flat=True).first()


def _doing(verb: Callable[..., None], said: Any) -> Callable[..., HttpResponse]:
    """A page that does the verb to the source and leads back to its text."""

    @require_POST
    def do(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> HttpResponse:
        verb(_source(request, pk, model_admin), by=request.user)
        messages.success(request, said)
        return redirect("admin:translations_sourcework_text", pk)

    return do


def _source(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> SourceWork:
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(SourceWork.objects.select_related("publication"), pk=pk)


PAGES = {
    "text": text,
    "checked": _doing(mark_checked, gettext_lazy("Compared just now.")),
    "withdraw": _doing(withdraw_source, gettext_lazy("Nothing new is published from it.")),
    "restore": _doing(restore_source, gettext_lazy("It can be published from again.")),
}
