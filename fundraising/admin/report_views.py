"""Pages that tell how the money stands: where it came from, and what is to be looked at."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fundraising.checking import check_ledger
from fundraising.money import format_amount, plain_amount
from fundraising.origins import DIMENSIONS, Origin, raised_by
from operations.clock import request_now
from operations.spreadsheets import BYTE_ORDER_MARK, line_of

MOST_SHOWN = 100
LOOK = "fundraising.view_ledgerentry"


@require_safe
def origins(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """What was raised by campaign, article and place. Three queries."""
    _check(request)
    tables = [
        (name, dimension.title, [_shown(one) for one in raised_by(name, most=MOST_SHOWN)])
        for name, dimension in DIMENSIONS.items()
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Where gifts come from"),
        "opts": model_admin.opts,
        "tables": tables,
    }
    return render(request, "admin/fundraising/donation/origins.html", context)


@require_safe
def origins_csv(request: HttpRequest, dimension: str, model_admin: Any) -> HttpResponse:
    """One of its tables, whole, for spreadsheets."""
    _check(request)
    if dimension not in DIMENSIONS:
        raise Http404
    text = BYTE_ORDER_MARK + "".join(_lines(raised_by(dimension)))
    name = f"raised-by-{dimension}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def checked(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """What is wrong with the ledger, and what waits for a person."""
    _check(request)
    found = [
        (finding, [(key, _address(finding.model, key)) for key in finding.keys])
        for finding in check_ledger(request_now(request))
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Things to look at"),
        "opts": model_admin.opts,
        "found": found,
    }
    return render(request, "admin/fundraising/ledgerentry/checked.html", context)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(LOOK):
        raise PermissionDenied


def _address(model: str, key: int) -> str:
    return reverse(f"admin:fundraising_{model}_change", args=[key])


def _shown(origin: Origin) -> dict[str, Any]:
    return {
        "origin": origin,
        "came": format_amount(origin.came_minor, origin.currency),
        "left": format_amount(origin.left_minor, origin.currency),
    }


def _lines(origins: list[Origin]) -> Iterator[str]:
    """Amounts are plain, with a dot, whatever the language: for machines too."""
    yield line_of([_("name"), _("currency"), _("gifts"), _("came"), _("left")])
    for one in origins:
        minors = (one.came_minor, one.left_minor)
        amounts = [Decimal(plain_amount(minor, one.currency, "en")) for minor in minors]
        yield line_of([one.name, one.currency, one.gifts, *amounts])
