"""The page of a bank statement: what was found in it, and the way to take it."""

from collections import Counter
from dataclasses import asdict
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from fundraising.importing import Fate, Line, look_at, take_statement
from fundraising.models import Campaign, Statement
from fundraising.money import format_amount
from fundraising.recognising import guess
from fundraising.recording import PERMISSION
from fundraising.references import find_references, in_groups
from fundraising.statement_forms import AssignForm, ReadingForm


@require_http_methods(["GET", "HEAD", "POST"])
def statement_detail(request: HttpRequest, statement: Statement, model_admin: Any) -> HttpResponse:
    """Shows what would become of each row, and takes them."""
    may_take = request.user.has_perm(PERMISSION)
    if request.method == "POST" and not may_take:
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Bank statement of %(day)s") % {"day": _day_of(statement)},
        "opts": model_admin.opts,
        "statement": statement,
        "may_take": may_take,
    }
    status = 200
    if not statement.is_kept:
        context["taken"] = statement.rows.select_related("entry").order_by("number")
    else:
        found = Found(request, statement)
        if request.method == "POST" and (told := found.take(by=cast(User, request.user))):
            model_admin.message_user(request, told)
            return redirect(request.get_full_path())
        context |= found.context()
        status = 422 if request.method == "POST" else 200
    return render(request, "admin/fundraising/statement/detail.html", context, status=status)


def _day_of(statement: Statement) -> str:
    return date_format(localtime(statement.uploaded_at), "DATE_FORMAT")


class Found:
    """What the page shows of a file that is kept."""

    def __init__(self, request: HttpRequest, statement: Statement) -> None:
        self.statement = statement
        self.problems: list[str] = []
        self.lines: list[Line] = []
        content = bytes(cast(bytes, statement.content))
        sent = request.POST if request.method == "POST" else request.GET
        data: Any = sent if "delimiter" in sent else self._usual(content)
        if statement.reading:  # it stays as it was when the first gifts were taken
            data = _as_data(statement.reading)
        self.form = ReadingForm(data, content=content)
        if self.form.is_valid():
            self.lines = look_at(statement, self.form.reading)
        rows = [line.row.number for line in self.lines]  # the verb passes over what is taken
        currency = str(data.get("currency"))
        self.assign = AssignForm(
            request.POST if request.method == "POST" else None, currency=currency, rows=rows
        )

    def take(self, *, by: User) -> str:
        """Says what was taken; empty where something was refused."""
        if not self.form.is_valid() or not self.assign.is_valid():
            return ""
        try:
            entries = take_statement(
                self.statement, self.form.reading, assigned=self.assign.assigned, by=by
            )
        except ValidationError as error:
            self.problems = error.messages
            return ""
        message = ngettext("%(count)d gift taken.", "%(count)d gifts taken.", len(entries))
        return message % {"count": len(entries)}

    def context(self) -> dict[str, Any]:
        fates = Counter(line.fate for line in self.lines)
        shown = [line for line in self.lines if line.fate not in (Fate.OUTGOING, Fate.EMPTY)]
        ticked = self.assign["rows"].value() or []
        return {
            "form": self.form,
            "assign": self.assign,
            "rows": [
                {
                    **_shown(line, self.form.reading.currency),
                    "is_ticked": str(line.row.number) in ticked,
                }
                for line in shown
            ],
            "problems": self.problems,
            "bad_count": fates[Fate.BAD],
            "awaited_count": fates[Fate.AWAITED],
            "outgoing_count": fates[Fate.OUTGOING],
            "empty_count": fates[Fate.EMPTY],
            "lacks_references": fates[Fate.UNKNOWN]
            and not any(find_references(line.row.text) for line in shown),
            "is_assignable": any(line.is_assignable for line in self.lines),
            "is_fixed": bool(self.statement.reading),
        }

    def _usual(self, content: bytes) -> Any:
        newest = Campaign.objects.order_by("-starts_at").values_list("currency", flat=True).first()
        return _as_data(asdict(guess(content, newest or "USD")))


def _as_data(reading: dict[str, Any]) -> QueryDict:
    """A reading as its form would send it."""
    data = QueryDict(mutable=True)
    for name, value in reading.items():
        values = value if isinstance(value, list | tuple) else [value]
        data.setlist(name, ["" if one is None else str(one) for one in values])
    return data


def _shown(line: Line, currency: str) -> dict[str, Any]:
    donation = line.donation
    return {
        "line": line,
        "amount": format_amount(line.row.amount_minor, currency) if line.row.day else "",
        "reference": in_groups(donation.reference) if donation else "",
        "promised": donation.amount if donation and line.differs else "",
    }
