"""The desk's page for givers who ask what is held about them, or want it erased."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from fundraising.privacy import ERASE, EXPORT, erase, export, held_about


class GiverForm(forms.Form):
    """Who asks. It is posted, so that no address stands in an address."""

    giver = forms.CharField(
        label=_("E-mail address, or the reference of a gift"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 40}),
    )


class ErasureForm(GiverForm):
    is_sure = forms.BooleanField(
        label=_("It was the giver who asked for this. It cannot be taken back.")
    )


@never_cache
@permission_required(EXPORT, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def donor_data(request: HttpRequest) -> HttpResponse:
    """Finds what is held about a giver, gives it out as a file, and erases it."""
    person, step = cast(User, request.user), request.POST.get("step", "")
    form_class = ErasureForm if step == "erase" else GiverForm
    form = form_class(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, form, status=422 if form.is_bound else 200)
    giver = form.cleaned_data["giver"]
    if step == "export":
        named = {"Content-Disposition": 'attachment; filename="giver.json"'}
        return JsonResponse(
            export(giver, by=person), headers=named, json_dumps_params={"ensure_ascii": False}
        )
    if step == "erase":
        erased = erase(giver, by=person)
        told = ngettext("%(count)d gift erased.", "%(count)d gifts erased.", erased)
        messages.success(request, told % {"count": erased})
        return redirect("donor_data")
    return _show(request, form)


def _show(request: HttpRequest, form: forms.Form, *, status: int = 200) -> HttpResponse:
    giver = form.cleaned_data.get("giver", "") if form.is_bound else ""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("What is held about a giver"),
        "form": form,
        "giver": giver,
        "gifts": held_about(giver).select_related("campaign") if giver else None,
        "may_erase": request.user.has_perm(ERASE),
    }
    return render(request, "admin/fundraising/donor_data.html", context, status=status)
