"""Taking the gifts from a bank's statement into the ledger: looked at first, then all or none."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models.functions import Now
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.crediting import mark_received
from fundraising.models import BANK, Campaign, Donation, LedgerEntry, Statement, StatementRow
from fundraising.recording import PERMISSION, record_gifts
from fundraising.references import find_references
from fundraising.statements import Reading, Row, read
from operations.clock import database_now


class Fate(StrEnum):
    """What becomes of a row."""

    AWAITED = "awaited"  # a donation waits for it: it is credited
    RECEIVED = "received"  # its donation has come already
    UNKNOWN = "unknown"  # it names no donation; staff may say for which campaign it is
    TAKEN = "taken"  # taken from this file before
    DUPLICATE = "duplicate"  # taken from another file before
    BAD = "bad"
    OUTGOING = "outgoing"  # money that went
    EMPTY = "empty"  # it holds no amount


ASSIGNABLE = (Fate.RECEIVED, Fate.UNKNOWN)


@dataclass(frozen=True)
class Line:
    """A row and what is known of it."""

    row: Row
    fate: Fate
    problem: str = ""
    donation: Donation | None = None
    entry_id: int | None = None

    @property
    def differs(self) -> bool:
        """Whether another amount came than was promised."""
        return (
            self.fate == Fate.AWAITED
            and self.donation is not None
            and self.donation.amount_minor != self.row.amount_minor
        )

    @property
    def complaint(self) -> str:
        return _("Row %(row)d: %(problem)s") % {"row": self.row.number, "problem": self.problem}

    @property
    def is_assignable(self) -> bool:
        return self.fate in ASSIGNABLE


def keep_statement(content: bytes, *, by: User) -> Statement:
    """The file, kept once however often it comes; one that was emptied is kept anew, because what
    was taken from it is known by its fingerprints. Raises PermissionDenied."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    checksum = hashlib.sha256(content).hexdigest()
    made = {"content": content, "uploaded_by": by}
    statement, _is_new = Statement.objects.get_or_create(checksum=checksum, defaults=made)
    emptied = Statement.objects.filter(pk=statement.pk, content=None)
    if emptied.update(**made, uploaded_at=Now()):
        statement.refresh_from_db()
    return statement


def look_at(statement: Statement, reading: Reading) -> list[Line]:
    """The rows of the file, and what would become of each. Three queries."""
    rows = read(bytes(statement.content or b""), reading)
    prints = [row.fingerprint for row in rows]
    known = {one.fingerprint: one for one in StatementRow.objects.filter(fingerprint__in=prints)}
    named = {row.number: find_references(row.text) for row in rows if row.amount_minor > 0}
    wanted = {reference for references in named.values() for reference in references}
    found = Donation.objects.filter(provider=BANK, reference__in=wanted).with_come()
    donations = {one.reference: one for one in found.select_related("campaign")}
    today, lines = timezone.localdate(database_now()), []
    paid: set[int] = set()
    for row in rows:
        mine = [donations[one] for one in named.get(row.number, ()) if one in donations]
        donation = mine[0] if mine else None
        problem = row.problem or _problem(row, mine, reading, today)
        if taken := known.get(row.fingerprint):
            is_own = taken.statement_id == statement.pk
            fate, entry = Fate.TAKEN if is_own else Fate.DUPLICATE, taken.entry_id
        else:
            fate, entry = _fate(row, problem, donation, paid), None
        lines.append(Line(row, fate, problem, donation, entry))
    return lines


def _problem(row: Row, donations: list[Donation], reading: Reading, today: date) -> str:
    if row.day and row.day > today:
        return _("This day is still to come.")
    if len(donations) > 1:
        return _("It names two gifts: record it by hand.")
    for donation in donations:
        if donation.currency != reading.currency:
            return _("The donation is in %(currency)s.") % {"currency": donation.currency}
    return ""


def _fate(row: Row, problem: str, donation: Donation | None, paid: set[int]) -> Fate:
    """Of a row that was never taken; `paid` are the donations of those before it."""
    if problem:
        return Fate.BAD
    if row.amount_minor <= 0:
        return Fate.OUTGOING if row.amount_minor else Fate.EMPTY
    if donation is None:
        return Fate.UNKNOWN
    has_come = donation.has_come or donation.pk in paid
    paid.add(donation.pk)
    return Fate.RECEIVED if has_come else Fate.AWAITED


@transaction.atomic
def take_statement(
    statement: Statement,
    reading: Reading,
    *,
    assigned: Mapping[int, Campaign],
    seen: str,
    by: User,
    left_out: int = 0,
) -> list[LedgerEntry]:
    """Credits each row to the donation that waits for it, and those of `assigned` {row: campaign}
    to a campaign. Each row once, whoever takes it and however often.

    Up to `left_out` rows that cannot be taken are passed over. Raises PermissionDenied, and
    ValidationError with a message for each such row where there are more, or with the code stale
    where gifts were taken by another reading since the version `seen`; nothing is written then.
    One statement is taken at a time.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE fundraising_statementrow IN SHARE ROW EXCLUSIVE MODE")
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.reading != reading.as_json() and statement.version != seen:
        message = _("Meanwhile gifts were taken from this statement, and it was read otherwise.")
        raise ValidationError(message, code="stale")
    lines = look_at(statement, reading)
    bad = [line for line in lines if line.fate == Fate.BAD]
    if len(bad) > left_out:
        raise ValidationError([line.complaint for line in bad])
    if any(campaign.currency != reading.currency for campaign in assigned.values()):
        message = _("This campaign is not in %(currency)s.")
        raise ValidationError(message % {"currency": reading.currency}, code="currency")
    taken = _credited(lines, by) + _given(lines, assigned, by)
    StatementRow.objects.bulk_create(
        StatementRow(
            statement=statement, number=row.number, fingerprint=row.fingerprint, entry=entry
        )
        for row, entry in taken
    )
    if taken:  # the next time it is read as it was when its gifts were taken
        statement.reading = reading.as_json()
        statement.save(update_fields=["reading"])
    return [entry for _row, entry in taken]


def _credited(lines: list[Line], by: User) -> list[tuple[Row, LedgerEntry]]:
    """What donations wait for. Never with a row's text, as below. Locks them in the order of their
    keys, as all do who lock several."""
    awaited = [
        (line.row, line.donation, line.row.day)
        for line in lines
        if line.fate == Fate.AWAITED and line.donation and line.row.day
    ]
    named = Donation.objects.filter(pk__in=[donation.pk for _row, donation, _day in awaited])
    list(named.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return [
        (row, mark_received(donation, amount_minor=row.amount_minor, occurred_on=day, by=by))
        for row, donation, day in awaited
    ]


def _given(
    lines: list[Line], assigned: Mapping[int, Campaign], by: User
) -> list[tuple[Row, LedgerEntry]]:
    """What is assigned to a campaign."""
    given: defaultdict[Campaign, list[Row]] = defaultdict(list)
    for line in lines:
        if line.is_assignable and line.row.number in assigned:
            given[assigned[line.row.number]].append(line.row)
    taken: list[tuple[Row, LedgerEntry]] = []
    for campaign, rows in given.items():
        gifts = [(row.amount_minor, row.day) for row in rows if row.day]
        taken += zip(rows, record_gifts(campaign, gifts, way=BANK, by=by), strict=True)
    return taken


@task()
def forget_statements() -> int:
    """Empties the files that have been kept for thirty days; how many."""
    return Statement.objects.outdated(database_now()).forget()
