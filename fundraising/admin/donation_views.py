"""The pages on which staff say something of a donation."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from fundraising.donation_forms import DonationForm
from fundraising.models import Donation
from fundraising.recording import PERMISSION
from fundraising.references import in_groups


@require_http_methods(["GET", "HEAD", "POST"])
def act_on_donation(
    request: HttpRequest, pk: int, form_class: type[DonationForm], model_admin: Any
) -> HttpResponse:
    """Asks for what the verb needs, and does it."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    donation = Donation.objects.with_left().select_related("campaign").filter(pk=pk).first()
    if donation is None:
        raise Http404
    form = form_class(request.POST if request.method == "POST" else None, donation=donation)
    if form.is_valid():
        try:
            form.act(by=cast(User, request.user))
            model_admin.message_user(request, form.told)
            return redirect("admin:fundraising_donation_change", pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": form.title,
        "opts": model_admin.opts,
        "donation": donation,
        "reference": in_groups(donation.reference),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/fundraising/donation/act.html", context, status=status)
