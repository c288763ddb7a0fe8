"""The desk's forms around a bank statement."""

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fundraising.importing import Fate, Line
from fundraising.models import Campaign, Statement
from fundraising.recognising import guess
from fundraising.statements import (
    DELIMITERS,
    ENCODINGS,
    MOST_BYTES,
    MOST_ROWS,
    Reading,
    columns_of,
    decoded,
    guess_encoding,
    rows_of,
)

ENCODING_NAMES = dict(zip(ENCODINGS, ("UTF-8", "UTF-16", "UTF-16 LE", "UTF-16 BE",
                                      "Windows-1252", "Windows-1254", "Windows-1251",
                                      "Windows-1256"), strict=True))  # fmt: skip
DELIMITER_NAMES = {";": ";", ",": ",", "\t": _("tab"), "|": "|"}
MOST_COLUMNS = 60
_control = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")  # in workbooks and PDF, not in text
LONGEST_NUMBER = 4  # digits of a row's number


class UploadForm(forms.ModelForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "As the bank gives it, as CSV, at most 2 MB and 5,000 rows. Nothing is recorded before"
            " you have seen what was found. The file is deleted after thirty days."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def clean_file(self) -> bytes:
        """Refuses what is no table at all."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB."), code="size")
        content = file.read()
        if _control.search(decoded(content, guess_encoding(content))):
            message = _("This is no CSV file. Have the bank give the statement as CSV.")
            raise ValidationError(message, code="binary")
        guess(content, "USD")
        return content


class ReadingForm(forms.Form):
    """How the columns are read, with as many of them as the file has when it is cut like that."""

    currency = forms.ChoiceField(label=_("Currency of the account"))
    heading = forms.IntegerField(
        label=_("Row with the headings"), min_value=0, max_value=MOST_ROWS,
        help_text=_("0 where there is none."),
    )  # fmt: skip
    date = forms.TypedChoiceField(label=_("Date"), coerce=int)
    day_order = forms.ChoiceField(
        label=_("Dates are written"),
        choices=[
            ("dmy", _("day, month, year")), ("ymd", _("year, month, day")),
            ("mdy", _("month, day, year")),
        ],
    )  # fmt: skip
    amount = forms.TypedChoiceField(label=_("Amount"), coerce=int)
    decimal_mark = forms.ChoiceField(
        label=_("Decimal mark"), choices=[(",", "1.234,50"), (".", "1,234.50")]
    )
    texts = forms.TypedMultipleChoiceField(
        label=_("Text, with the reference"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    currency_column = forms.TypedChoiceField(
        label=_("Currency of the row"), coerce=int, required=False, empty_value=None
    )
    delimiter = forms.ChoiceField(label=_("Cells end with"), choices=list(DELIMITER_NAMES.items()))
    encoding = forms.ChoiceField(label=_("Letters"), choices=list(ENCODING_NAMES.items()))

    def __init__(self, data: Any, *, content: bytes) -> None:
        super().__init__(data)
        encoding, delimiter = data.get("encoding"), data.get("delimiter")
        encoding = encoding if encoding in ENCODING_NAMES else guess_encoding(content)
        delimiter = delimiter if delimiter in DELIMITERS else ";"
        heading = str(data.get("heading") or "")[:LONGEST_NUMBER]
        start = int(heading) if heading.isdecimal() else 0
        self.refused: ValidationError | None = None
        try:
            table = rows_of(decoded(content, encoding), delimiter)
        except ValidationError as refused:  # said when the form is cleaned
            self.refused, table = refused, []
        columns = [*columns_of(table, start)][:MOST_COLUMNS]
        for name in ("date", "amount", "texts"):
            self._field(name).choices = columns
        self._field("currency_column").choices = [("", _("none")), *columns]
        used = Campaign.objects.order_by("currency").values_list("currency", flat=True).distinct()
        self._field("currency").choices = [(code, code) for code in used]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        if self.refused:
            raise self.refused
        return super().clean() or self.cleaned_data

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was sent of it, for another form on the same page."""
        sent = {name: self[name].value() for name in self.fields}
        return [
            (name, one)
            for name, value in sent.items()
            for one in (value if isinstance(value, list) else [value or ""])
        ]

    @property
    def reading(self) -> Reading:
        data = self.cleaned_data
        return Reading(**{**data, "texts": tuple(data["texts"])})


class RowsField(forms.TypedMultipleChoiceField):
    """Numbers of rows; as quickly known among thousands."""

    known: frozenset[int] = frozenset()

    def valid_value(self, value: str) -> bool:
        return value.isdecimal() and len(value) <= LONGEST_NUMBER and int(value) in self.known


class TakeForm(forms.Form):
    """Which rows that name no donation are gifts to which campaign, and what is left out."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=_("Campaign for the rows that are ticked"),
        required=False,
    )
    rows = RowsField(coerce=int, required=False)
    left_out = forms.IntegerField(required=False, min_value=0)  # how many were shown as such
    seen = forms.CharField(required=False)  # the version of the reading

    def __init__(self, data: Any, *, currency: str, lines: list[Line]) -> None:
        super().__init__(data)
        fates = Counter(line.fate for line in lines)
        self.awaited, self.bad = fates[Fate.AWAITED], fates[Fate.BAD]
        campaigns: Any = self.fields["campaign"]
        campaigns.queryset = Campaign.objects.filter(currency=currency)
        numbers: Any = self.fields["rows"]  # the verb passes over what is taken
        numbers.known = frozenset(line.row.number for line in lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("rows") and not cleaned.get("campaign"):
            self.add_error("campaign", _("Choose the campaign of the rows that are ticked."))
        if (cleaned.get("left_out") or 0) < self.bad:
            message = _("Correct how the file is read, or tick that these rows are left out.")
            self.add_error("left_out", message)
        if not self.awaited and "rows" in cleaned and not cleaned["rows"]:
            self.add_error(None, _("No row is ticked. Tick those that are gifts."))
        return cleaned

    @property
    def assigned(self) -> dict[int, Campaign]:
        return dict.fromkeys(self.cleaned_data["rows"], self.cleaned_data["campaign"])
