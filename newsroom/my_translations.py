"""A translator's own page at the desk: what is to be done, what is behind, what readers report."""

from typing import cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from comments.models import ErrorReport
from operations.clock import request_now
from operations.models import SiteSettings
from translations.assigning import CLAIM
from translations.desk.cells import Viewer, own_cells
from translations.open_work import articles_of, behind_of

MOST_REPORTS = 50


@require_safe
def my_translations(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if not person.has_perm(CLAIM):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("My translations"),
        "cells": own_cells(
            Viewer.of(person),
            languages=SiteSettings.of(request).editions,
            now=request_now(request),
        ),
        "behind": behind_of(person),
        "reports": _reports(person),
    }
    return render(request, "admin/my_translations.html", context)


def _reports(person: User) -> list[tuple[ErrorReport, bool]]:
    """Open error reports on the person's translations, the newest first, each with whether its own
    page at the desk is theirs to see. Two queries.
    """
    reports = ErrorReport.objects.filter(
        status=ErrorReport.Status.OPEN, passage__article__in=articles_of(person).values("pk")
    )
    known = reports.select_related("passage__article").defer("passage__article__body")
    shown = list(known.order_by("-id")[:MOST_REPORTS])
    theirs = ErrorReport.objects.for_person(person).filter(pk__in=[report.pk for report in shown])
    seen = set(theirs.values_list("pk", flat=True))
    return [(report, report.pk in seen) for report in shown]
