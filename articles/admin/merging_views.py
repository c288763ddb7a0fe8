"""The page on which two contributors become one."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.merging import PERMISSION, merge
from articles.models import Contributor


class MergeForm(forms.Form):
    kept = forms.ModelChoiceField(
        Contributor.objects.none(),
        label=_("Who stays"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("The other's bylines and address go over, and what this one lacks."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge_contributors(
    request: HttpRequest, first: int, second: int, model_admin: Any
) -> HttpResponse:
    """Asks which of the two stays, and merges them."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    people: Any = Contributor.objects.filter(pk__in=[first, second]).select_related("user")
    people = people.annotate(bylines=Count("contributions")).order_by("pk")
    if len(people) != 2:
        raise Http404
    form = MergeForm(request.POST or None)
    field: Any = form.fields["kept"]
    field.queryset = people
    if form.is_valid():
        kept = form.cleaned_data["kept"]
        duplicate = next(person for person in people if person != kept)
        try:
            merge(kept, duplicate, by=cast(User, request.user))
            told = _("“%(gone)s” is merged with “%(kept)s”.") % {"gone": duplicate, "kept": kept}
            model_admin.message_user(request, told)
            return redirect("admin:articles_contributor_change", kept.pk)
        except ValidationError as refused:
            form.add_error("kept", refused)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge two contributors"),
        "opts": model_admin.opts,
        "form": form,
        "people": people,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/articles/contributor/merge.html", context, status=status)
