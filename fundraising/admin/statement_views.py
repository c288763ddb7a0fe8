"""The page of a bank statement: what was found in it, and the way to take it."""

from collections import Counter
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
from fundraising.money import (
    amount_pattern,
    decimals,
    format_amount,
    format_number,
    number_locale,
    shown_decimals,
)
from fundraising.recognising import guess
from fundraising.recording import PERMISSION
from fundraising.references import find_references, in_groups
from fundraising.statement_forms import ReadingForm, TakeForm


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
        status = 422 if request.method == "POST" else 200
        context |= found.context() | {"is_refused": status == 422}
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
        is_sent = request.method == "POST"
        data: Any = request.POST if is_sent else request.GET
        if "delimiter" not in data:
            data = _as_data(statement.reading or _guessed(content))
        self.form = ReadingForm(data, content=content)
        if self.form.is_valid():
            self.lines = look_at(statement, self.form.reading)
        self.currency = str(data.get("currency"))
        self.choice = TakeForm(
            request.POST if is_sent else None, currency=self.currency, lines=self.lines
        )

    def take(self, *, by: User) -> str:
        """Says what was taken; empty where something was refused."""
        if not self.form.is_valid() or not self.choice.is_valid():
            return ""
        chosen = self.choice.cleaned_data
        try:
            entries = take_statement(
                self.statement, self.form.reading, assigned=self.choice.assigned,
                left_out=chosen["left_out"] or 0, seen=chosen["seen"], by=by,
            )  # fmt: skip
        except ValidationError as error:
            self.problems = error.messages
            return ""
        message = ngettext("%(count)d gift taken.", "%(count)d gifts taken.", len(entries))
        return message % {"count": len(entries)}

    def context(self) -> dict[str, Any]:
        fates = Counter(line.fate for line in self.lines)
        shown = [line for line in self.lines if line.fate not in (Fate.OUTGOING, Fate.EMPTY)]
        ticked = set(self.choice["rows"].value() or [])
        kept = self.statement.reading
        return {
            "form": self.form,
            "choice": self.choice,
            "rows": [
                {**_shown(line, self.currency), "is_ticked": str(line.row.number) in ticked}
                for line in shown
            ],
            "problems": self.problems,
            "bad": [line for line in shown if line.fate == Fate.BAD],
            "outgoing_count": fates[Fate.OUTGOING],
            "empty_count": fates[Fate.EMPTY],
            "lacks_references": fates[Fate.UNKNOWN] and not any(
                find_references(line.row.text) for line in shown
            ),
            "was_read_otherwise": bool(
                kept and self.lines and kept != self.form.reading.as_json()
            ),
            "is_assignable": any(line.is_assignable for line in shown),
            "awaited": Awaited(shown, self.currency),
        }  # fmt: skip


class Awaited:
    """The gifts that are taken without being ticked, in the words of the page and its script."""

    def __init__(self, lines: list[Line], currency: str) -> None:
        amounts = [line.row.amount_minor for line in lines if line.fate == Fate.AWAITED]
        self.count, self.minor, self.currency = len(amounts), sum(amounts), currency

    @property
    def amount(self) -> str:
        return format_amount(self.minor, self.currency)

    @property
    def label(self) -> str:
        said = self.label_pattern.replace("{count}", format_number(self.count))
        return said.replace("{sum}", self.amount)

    @property
    def label_pattern(self) -> str:
        return _("Take into the ledger (gifts: {count}, together {sum})")

    @property
    def amount_pattern(self) -> str:
        return amount_pattern(self.currency)

    @property
    def number_locale(self) -> str:
        return number_locale()

    @property
    def decimals(self) -> int:
        return decimals(self.currency)

    @property
    def whole_decimals(self) -> int:
        """Of a sum of whole units."""
        return shown_decimals(0, self.currency)


def _guessed(content: bytes) -> dict[str, Any]:
    newest = Campaign.objects.order_by("-starts_at").values_list("currency", flat=True).first()
    return guess(content, newest or "USD").as_json()


def _as_data(reading: dict[str, Any]) -> QueryDict:
    """A reading as its form would send it."""
    data = QueryDict(mutable=True)
    for name, value in reading.items():
        values = value if isinstance(value, list) else [value]
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
