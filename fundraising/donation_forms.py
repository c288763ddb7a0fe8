"""What staff say of a donation, each as a form that hands it to the verb."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fundraising.asking_again import AsksAgain
from fundraising.crediting import cancel, mark_received
from fundraising.forms import AmountField
from fundraising.giving_back import give_back, gives_back_itself
from fundraising.models import BANK, OPEN, Donation, Kind, RequestState
from fundraising.money import format_amount, parse_amount, plain_amount
from fundraising.providers.interface import ProviderFailed
from fundraising.recording import check_counter_day, check_promised_day
from fundraising.refunding import refund
from fundraising.turns import turn
from richtext.plain import no_address, plain_text


class DonationForm(forms.Form):
    """Of one donation. `act` raises what its verb raises."""

    address: str
    title: Promise
    done: Promise

    def __init__(self, *args: Any, donation: Donation, **options: Any) -> None:
        self.donation = donation
        super().__init__(*args, **options)

    @staticmethod
    def is_for(donation: Donation) -> bool:
        """Whether the desk offers it; the verb decides."""
        raise NotImplementedError

    def act(self, *, by: User) -> None:
        raise NotImplementedError

    @property
    def told(self) -> str:
        """What was done."""
        amount = self.cleaned_data.get("amount", self.donation.amount_minor)
        return self.done % {"amount": format_amount(amount, self.donation.currency)}


class AmountForm(DonationForm):
    amount = AmountField(label=_("Amount"))
    occurred_on = forms.DateField(
        label=_("Date"), widget=AdminDateWidget, initial=timezone.localdate
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        validators=[plain_text, no_address],
        help_text=_("For the desk only, kept for good. No names, addresses or account numbers."),
    )

    def clean_amount(self) -> int:
        return parse_amount(self.cleaned_data["amount"], self.donation.currency)

    def _plain(self, minor: int) -> str:
        return plain_amount(minor, self.donation.currency) if minor > 0 else ""


class ReceiveForm(AsksAgain, AmountForm):
    address = "receive"
    title = _("Mark as received")
    done = _("Received: %(amount)s.")

    def __init__(self, *args: Any, donation: Donation, **options: Any) -> None:
        super().__init__(*args, donation=donation, **options)
        self.initial["amount"] = self._plain(donation.amount_minor)
        self.fields["amount"].help_text = _("What really came, should it be another amount.")
        self.fields["occurred_on"].help_text = _("The day on which it came.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "amount" in cleaned:
            self.ask_whether_much(cleaned["amount"], self.donation.currency)
        return cleaned

    def clean_occurred_on(self) -> date:
        day = self.cleaned_data["occurred_on"]
        check_promised_day(self.donation, day)
        return day

    @staticmethod
    def is_for(donation: Donation) -> bool:
        return donation.provider == BANK and not donation.has_come

    def act(self, *, by: User) -> None:
        data = self.cleaned_data
        mark_received(
            self.donation, amount_minor=data["amount"], occurred_on=data["occurred_on"],
            note=data["note"], by=by,
        )  # fmt: skip


class GiveBackForm(AmountForm):
    """Gives back of what was left when it was opened; where that has changed it asks anew."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    left = forms.IntegerField(required=False, widget=forms.HiddenInput)  # in minor units

    address = "give-back"
    title = _("Give back")
    done = _("Given back: %(amount)s.")

    def __init__(self, *args: Any, donation: Donation, **options: Any) -> None:
        super().__init__(*args, donation=donation, **options)
        self.initial["left"] = self._left()
        self.initial["amount"] = self._plain(self.initial["left"])
        self.fields["note"].required = True
        self.fields["note"].label = _("Reason")
        if gives_back_itself(donation):
            del self.fields["occurred_on"]  # the payment service says when

    def clean_occurred_on(self) -> date:
        day = self.cleaned_data["occurred_on"]
        gift = self.donation.entries.filter(kind=Kind.GIFT).first()
        if gift is not None:
            check_counter_day(gift, day)
        return day

    @staticmethod
    def is_for(donation: Donation) -> bool:
        return donation.is_paid and donation.left_minor > 0

    def act(self, *, by: User) -> None:
        with turn(f"fundraising.give-back:{self.donation.pk}", waits=True):
            self._check_left()
            self._give_back(by=by)

    def _left(self) -> int:
        """What is left of the gift and not on its way back."""
        donation = Donation.objects.with_left().get(pk=self.donation.pk)
        asked = donation.refunds.filter(state=RequestState.ASKED)
        return donation.left_minor - (asked.aggregate(sum=Sum("amount_minor"))["sum"] or 0)

    def _check_left(self) -> None:
        """Refuses what was typed in view of another figure, but for a form that is sent twice."""
        left, token = self._left(), self.cleaned_data["token"]
        is_known = (
            self.donation.refunds.filter(key=token).exists()
            or self.donation.entries.filter(reference=str(token)).exists()
        )
        if is_known or self.cleaned_data["left"] == left:
            return
        self.data = {
            **cast(QueryDict, self.data).dict(),
            "left": left,
        }  # sent again, it is a decision
        message = _("This gift has changed after you had begun: %(amount)s is left of it now.")
        told = {"amount": format_amount(left, self.donation.currency)}
        raise ValidationError({"amount": ValidationError(message, "changed", told)})

    def _give_back(self, *, by: User) -> None:
        data = self.cleaned_data
        told = {"amount_minor": data["amount"], "reason": data["note"], "key": data["token"]}
        if not gives_back_itself(self.donation):
            give_back(self.donation, **told, occurred_on=data["occurred_on"], by=by)
            return
        try:
            request = refund(self.donation, **told, by=by)
        except ProviderFailed:
            message = _("The payment service does not answer. It is asked again within the hour.")
            raise ValidationError(message, code="later")
        if request.state == RequestState.ASKED:
            self.done = _("The payment service still waits for the giver: %(amount)s.")


class CancelForm(DonationForm):
    address = "cancel"
    title = _("Wait no longer")
    done = _("Nobody waits for this gift any more.")

    @staticmethod
    def is_for(donation: Donation) -> bool:
        return donation.provider == BANK and donation.state in OPEN

    def act(self, *, by: User) -> None:
        cancel(self.donation, by=by)


ACTS: list[type[DonationForm]] = [ReceiveForm, GiveBackForm, CancelForm]
