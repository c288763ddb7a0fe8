"""The desk's forms: amounts are typed in whole units and decimals, "5000.00"."""

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fundraising import recording
from fundraising.asking_again import AsksAgain
from fundraising.models import DESK, OFFLINE, Campaign, CampaignRedirect, Kind, LedgerEntry
from fundraising.models.campaigns import MOST_MARKS, MOST_SUGGESTIONS, NO_SLUG
from fundraising.money import listed_amounts, parse_amount, parse_amounts, plain_amount
from fundraising.ways import OFFLINE_WAYS
from richtext.comparing import compare_line

MOST_SUPPORTERS = 1_000_000  # of one entry
MINUS_SIGNS = "-−"
BY_HAND = (Kind.GIFT, Kind.REFUND, Kind.CORRECTION)
COUNTER_KINDS = {Kind.REFUND, Kind.CORRECTION}


class AmountField(forms.CharField):
    """Keeps the text as it was typed; the form parses it once the currency is known."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
        super().__init__(max_length=40, strip=False, widget=widget, **kwargs)


class AmountsField(forms.CharField):
    """Several amounts, kept as they were typed until the currency is known: "5, 10, 25"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"autocomplete": "off", "dir": "ltr", "rows": 2})
        super().__init__(max_length=400, required=False, widget=widget, **kwargs)


class CampaignForm(forms.ModelForm):
    """Refuses to save over what somebody saved since it was opened, and shows the difference."""

    goal = AmountField(
        label=_("Goal"),
        required=False,
        help_text=_("In whole units and decimals: 5000.00. Empty: the sum alone is shown."),
    )
    marks = AmountsField(
        label=_("Marks"),
        help_text=_(
            "Amounts between nothing and the goal, or beyond it, like 1000, 2500, 7500, or one in "
            "each line. Empty: half of the goal."
        ),
    )
    suggested = AmountsField(
        label=_("Suggested amounts"), help_text=_("Like 5, 10, 25, or one in each line.")
    )
    minimum = AmountField(label=_("Smallest gift"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    differences: list[tuple[str, SafeString]] = []  # from what is stored to what was typed

    class Meta:
        model = Campaign
        fields = ["names", "slug", "descriptions", "how_to_give", "currency", "state",
                  "starts_at", "ends_at", "is_featured"]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "goal" not in self.fields:  # for who may only look
            return
        campaign = self.instance
        typed = partial(plain_amount, currency=campaign.currency)
        self.initial["minimum"] = typed(campaign.minimum_minor)
        self.initial["marks"] = listed_amounts(campaign.marks_minor, campaign.currency)
        self.initial["suggested"] = listed_amounts(campaign.suggested_minor, campaign.currency)
        if campaign.goal_minor is not None:
            self.initial["goal"] = typed(campaign.goal_minor)
        self.fields["ends_at"].show_hidden_initial = True  # tells what was left as it was seen
        self.initial["seen"] = self.version = self._version()
        if campaign.pk and (campaign.entries.exists() or campaign.donations.exists()):
            self.fields["currency"].disabled = True
            self.fields["currency"].help_text = _("Fixed, because there are gifts.")

    def _version(self) -> str:
        """Names what is shown, but for the end, which is looked after on its own."""
        if not self.instance.pk:
            return ""
        shown = {name: self.initial.get(name) for name in self.fields if name != "ends_at"}
        told = json.dumps(shown, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug == NO_SLUG:
            raise ValidationError(_("The pages of gifts stand there."), code="reserved")
        others = CampaignRedirect.objects.exclude(campaign=self.instance.pk)
        if found := others.filter(slug=slug).select_related("campaign").first():
            message = _("This address leads to “%s” for readers.") % found.campaign
            raise ValidationError(message, code="reserved")
        return slug

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.version:
            self.differences = self._compared()
            again = cast(QueryDict, self.data).copy()
            again[self.add_prefix("seen")] = self.version  # sent again, it is a decision
            self.data = again
            message = _("Somebody saved this campaign after you had begun. Compare both.")
            self.add_error(None, ValidationError(message, code="changed"))
        if self.instance.pk and "ends_at" in cleaned:
            self._keep_end(cleaned)
        if "currency" in cleaned:
            for name in ("goal", "minimum", "marks", "suggested"):
                self._read(name, cleaned)
        return cleaned

    def _compared(self) -> list[tuple[str, SafeString]]:
        """The fields in which what was typed differs from what is stored."""
        names = [name for name in self.changed_data if name not in ("seen", "ends_at")]
        return [(str(self[name].label), _compared(self[name])) for name in names]

    def _keep_end(self, cleaned: dict[str, Any]) -> None:
        """An end that came since the form was opened stays where nobody touched the field, and is
        not overwritten unseen where somebody did."""
        bound, stored = self["ends_at"], self.instance.ends_at
        if "ends_at" not in self.changed_data:
            cleaned["ends_at"] = stored
        elif cleaned["ends_at"] != stored:
            hidden: Any = bound.field.hidden_widget()
            seen = hidden.value_from_datadict(self.data, self.files, bound.html_initial_name)
            shown = stored and stored.replace(microsecond=0)
            if bound.field.has_changed(hidden.decompress(shown), seen):
                message = _("The end was changed after you had begun. Open the campaign anew.")
                self.add_error("ends_at", ValidationError(message, code="changed"))

    def _read(self, name: str, cleaned: dict[str, Any]) -> None:
        """Sets what the field is for; the message stands beside the field."""
        if name not in cleaned:
            return
        text, currency, campaign = cleaned[name], cleaned["currency"], self.instance
        try:
            if name == "goal":
                campaign.goal_minor = parse_amount(text, currency) if text.strip(" ") else None
            elif name == "minimum":
                campaign.minimum_minor = parse_amount(text, currency)
            elif name == "marks":
                campaign.marks_minor = parse_amounts(text, currency, most=MOST_MARKS)
                if campaign.marks_minor and "goal" in cleaned and not campaign.goal_minor:
                    raise ValidationError(_("Marks need a goal."), code="goal")
            else:
                campaign.suggested_minor = parse_amounts(text, currency, most=MOST_SUGGESTIONS)
                if any(one < campaign.minimum_minor for one in campaign.suggested_minor):
                    raise ValidationError(_("Less than the smallest gift."), code="minimum")
        except ValidationError as error:
            self.add_error(name, error)


class LedgerEntryForm(AsksAgain, forms.ModelForm):
    """Records an entry. Must be validated in a transaction: it locks the campaign, so that what
    it has checked still holds when it writes, and a second click finds the first one's entry.
    """

    amount = AmountField(
        label=_("Amount"),
        required=False,
        help_text=_("Like 25.00. Empty takes back the whole of the entry that is reversed."),
    )
    way = forms.ChoiceField(
        label=_("By way of"), choices=list(OFFLINE_WAYS.items()), initial=DESK, required=False
    )
    supporters = forms.IntegerField(
        label=_("Supporters"),
        min_value=0,
        max_value=MOST_SUPPORTERS,
        initial=1,
        required=False,
        help_text=_("How many people gave it: those who put something into a box count each."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = LedgerEntry
        fields = ["campaign", "kind", "occurred_on", "note", "supporters", "reverses"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("occurred_on", timezone.localdate())
        if "kind" in self.fields:  # what payment services alone can say is not typed here
            kinds: Any = self.fields["kind"]
            kinds.choices = [(kind.value, kind.label) for kind in BY_HAND]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        campaign = cleaned.get("campaign")
        if campaign is None:
            return cleaned
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        if "token" in cleaned and _is_recorded(cleaned["token"]):
            raise ValidationError(_("This has been recorded already; nothing was recorded twice."))
        self._check("occurred_on", self._check_day)
        self._check("reverses", self._check_reversed)
        self._check("amount", self._read_amount)
        if cleaned.get("kind") in COUNTER_KINDS and not cleaned.get("note"):
            self.add_error("note", _("Say why, in the note."))
        if "supporters" in cleaned:
            cleaned["supporters"] = self._supporters(cleaned)
        if not self.errors and not cleaned["reverses"]:
            self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned: dict[str, Any]) -> None:
        """About what no entry limits."""
        if cleaned["kind"] == Kind.CORRECTION:
            why = _("Most corrections reverse an entry, which is chosen below. This one does not.")
            self.ask(_("Yes, it reverses no entry"), why)
        self.ask_whether_much(self.instance.amount_minor, self.instance.currency)

    def record(self, *, by: User) -> LedgerEntry:
        """Hands what was typed to the verb of its kind."""
        data = self.cleaned_data
        details = {name: data[name] for name in ("occurred_on", "note")}
        details |= {"by": by, "reference": data["token"]}
        amount, reverses = self.instance.amount_minor, data["reverses"]
        if data["kind"] == Kind.GIFT:
            details |= {"way": data["way"] or DESK, "supporters": data["supporters"]}
            return recording.record_gift(data["campaign"], amount_minor=amount, **details)
        if reverses is not None:
            amount = abs(amount)
        if data["kind"] == Kind.REFUND:
            return recording.record_refund(reverses, amount_minor=amount, **details)
        return recording.record_correction(
            data["campaign"], amount_minor=amount, reverses=reverses, **details
        )

    def _check(self, field: str, step: Callable[[dict[str, Any]], None]) -> None:
        """Runs a step where its field is valid so far, and puts its message beside the field."""
        if field in self.cleaned_data:
            try:
                step(self.cleaned_data)
            except ValidationError as error:
                self.add_error(field, error)

    def _supporters(self, cleaned: dict[str, Any]) -> int:
        """One where nothing was typed; what is taken back counts nobody."""
        if cleaned.get("kind") != Kind.GIFT:
            return 0
        typed = cleaned["supporters"]
        return 1 if typed is None else typed

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        day, reverses = cleaned["occurred_on"], cleaned.get("reverses")
        recording.check_day(day)
        if reverses:
            recording.check_counter_day(reverses, day)
        else:
            way = cleaned.get("way") or DESK
            recording.check_gift_day(cleaned["campaign"], day, way=way)

    def _check_reversed(self, cleaned: dict[str, Any]) -> None:
        kind, reverses = cleaned.get("kind"), cleaned["reverses"]
        if kind == Kind.GIFT and reverses:
            raise ValidationError(_("A gift reverses nothing."))
        if kind == Kind.REFUND and not reverses:
            raise ValidationError(_("Choose the gift that is given back."))
        if kind == Kind.REFUND and reverses.kind != Kind.GIFT:
            raise ValidationError(_("Only a gift can be given back."))
        if reverses and reverses.campaign_id != cleaned["campaign"].pk:
            raise ValidationError(_("This entry belongs to another campaign."))
        if kind == Kind.REFUND and reverses.donation_id and reverses.provider not in OFFLINE:
            raise ValidationError(_not_by_hand(reverses))
        if reverses:
            recording.counter_amount(reverses)

    def _read_amount(self, cleaned: dict[str, Any]) -> None:
        """Sets the signed amount and the currency of the instance."""
        text, reverses = cleaned["amount"].strip(" "), cleaned.get("reverses")
        currency = self.instance.currency = cleaned["campaign"].currency
        if not text and reverses:
            self.instance.amount_minor = recording.counter_amount(reverses)
        elif not text:
            raise ValidationError(_("Write the amount."), code="required")
        elif reverses:
            amount = parse_amount(text, currency)
            self.instance.amount_minor = recording.counter_amount(reverses, amount)
        elif cleaned.get("kind") == Kind.CORRECTION and text[0] in MINUS_SIGNS:
            self.instance.amount_minor = -parse_amount(text[1:], currency)
        else:
            self.instance.amount_minor = parse_amount(text, currency)


def _compared(bound: forms.BoundField) -> SafeString:
    return compare_line(_in_words(bound, bound.initial), _in_words(bound, bound.value()))


def _in_words(bound: forms.BoundField, value: Any) -> str:
    """What a field holds, stored or typed, in a line."""
    widget: Any = bound.field.widget
    if hasattr(widget, "decompress") and not isinstance(value, list):
        value = widget.decompress(value)
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    names = dict(getattr(bound.field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return " · ".join(str(names.get(each, each)) for each in values if each not in (None, ""))


def _not_by_hand(gift: LedgerEntry) -> SafeString:
    """Says where a gift by a payment service is given back."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("A payment service took this gift. Give it back from the donation:"),
        reverse("admin:fundraising_donation_change", args=[gift.donation_id]),
        gift.donation,
    )


def _is_recorded(reference: uuid.UUID) -> bool:
    return LedgerEntry.objects.filter(reference=str(reference)).exists()
