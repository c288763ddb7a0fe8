"""A giver's receipt, to print."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fundraising.models import Receipt
from fundraising.money import format_amount
from fundraising.references import in_groups


@require_safe
@never_cache
def donation_receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """404 until the money has come and its receipt is issued. Its address is not to be guessed."""
    known = Receipt.objects.select_related("donation__campaign")
    receipt = get_object_or_404(known, donation__public_id=public_id)
    returned = receipt.returned_minor
    context = {
        "receipt": receipt,
        "campaign": receipt.donation.campaign,
        "reference": in_groups(receipt.donation.reference),
        "returned": returned and format_amount(returned, receipt.donation.currency),
    }
    page = render(request, "fundraising/donation_receipt.html", context)
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page
