"""What somebody fills in who gives."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundraising.giving import check_amount
from fundraising.models import Campaign, Donation
from fundraising.models.donations import LONGEST_MESSAGE
from fundraising.money import format_amount, parse_amount, plain_amount
from fundraising.providers import offered, provider_named
from richtext.plain import plain_text, visible_text

OTHER = "other"
_name = Donation._meta.get_field("public_name")


class MessageField(forms.CharField):
    """Counts a line break once, as browsers do."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class GivingForm(forms.Form):
    """A gift to a campaign. Once it is valid, `amount_minor` is what it comes to.

    A suggested amount is its number of minor units, anything else is typed into `own_amount` in
    the active language. A form that came without its token, which is on no page of ours, gets
    one and is shown once more.
    """

    amount = forms.ChoiceField(
        label=gettext_lazy("How much would you like to give?"),
        required=False,
        widget=forms.RadioSelect,
    )
    own_amount = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}),
    )
    provider = forms.ChoiceField(label=gettext_lazy("How?"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("For the receipt. Never shown to readers."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("My name may stand on the campaign’s page"), required=False
    )
    public_name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=_name.max_length,
        validators=[plain_text, visible_text],
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    message = MessageField(
        label=gettext_lazy("A word to the paper and its readers"),
        required=False,
        max_length=LONGEST_MESSAGE,
        validators=[plain_text, visible_text],
        help_text=gettext_lazy("We read it before it stands on the campaign’s page."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # What only machines fill in, because nobody sees it.
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    amount_minor: int

    def __init__(self, data: Any = None, *, campaign: Campaign, **options: Any) -> None:
        self.campaign, self.lacks_token = campaign, data is not None and not _has_token(data)
        if self.lacks_token:
            data = {**data.dict(), "form_token": uuid4()}
        super().__init__(data, **options)
        self.providers = offered(campaign)
        self._offer_amounts()
        self._offer_providers()

    def _offer_amounts(self) -> None:
        suggested: Any = self.fields["amount"]
        own, currency = self.fields["own_amount"], self.campaign.currency
        amounts = self.campaign.suggested_minor
        least = format_amount(self.campaign.minimum_minor, currency)
        own.help_text = _("At least %(amount)s.") % {"amount": least}
        if amounts:
            shown = [(str(minor), format_amount(minor, currency)) for minor in amounts]
            suggested.choices = [*shown, (OTHER, _("Another amount"))]
            own.label = _("Another amount, in %(currency)s") % {"currency": currency}
        else:
            del self.fields["amount"]
            own.label = _("Amount, in %(currency)s") % {"currency": currency}
            own.required = True
            own.error_messages["required"] = _("Write the amount.")

    def _offer_providers(self) -> None:
        field: Any = self.fields["provider"]
        field.choices = [(each.name, each.label()) for each in self.providers]
        field.initial = self.providers[0].name if self.providers else None
        if len(self.providers) == 1:
            field.widget = forms.HiddenInput()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."), code="machine")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.lacks_token:
            self.add_error(None, _("Please look at this once more, and then send it."))
        if cleaned.get("is_public") and not cleaned.get("public_name", "-"):
            self.add_error("public_name", _("Write the name that is to stand there."))
        if not self.errors.keys() & {"amount", "own_amount"}:
            chosen = cleaned.get("amount", OTHER) or (OTHER if cleaned["own_amount"] else "")
            try:
                self.amount_minor = self._read_amount(chosen)
            except ValidationError as error:
                is_typed = chosen == OTHER or error.code == "both"
                self.add_error("own_amount" if is_typed else "amount", error)
        return cleaned

    def _read_amount(self, chosen: str) -> int:
        """In minor units, and taken by the way that was chosen, where one was."""
        if not chosen:
            raise ValidationError(_("Choose an amount."), code="required")
        if chosen != OTHER:
            amount = int(chosen)
            self._check_typed(amount)
        elif typed := self.cleaned_data["own_amount"]:
            amount = parse_amount(typed, self.campaign.currency)
        else:
            raise ValidationError(_("Write the amount."), code="required")
        if name := self.cleaned_data.get("provider"):
            check_amount(self.campaign, amount, provider=provider_named(name))
        return amount

    def _check_typed(self, chosen_minor: int) -> None:
        """Nobody pays an amount that was left on beside the one that they wrote."""
        typed, currency = self.cleaned_data["own_amount"], self.campaign.currency
        try:
            is_same = not typed or parse_amount(typed, currency) == chosen_minor
        except ValidationError:
            is_same = False
        if not is_same:
            message = _(
                "You chose %(amount)s and wrote another amount. Choose “Another amount” for what "
                "you wrote, or empty this field."
            )
            told = {"amount": format_amount(chosen_minor, currency)}
            raise ValidationError(message, "both", told)

    def promised(self) -> dict[str, Any]:
        """What `giving.promise()` wants to know of it."""
        names = ("form_token", "email", "public_name", "is_public", "message")
        return {
            "amount_minor": self.amount_minor,
            "provider": provider_named(self.cleaned_data["provider"]),
            **{name: self.cleaned_data[name] for name in names},
        }


def typed_again(donation: Donation) -> dict[str, Any]:
    """How much it was and by which way, as the initial values of another form."""
    return {
        "provider": donation.provider,
        "amount": OTHER,
        "own_amount": plain_amount(donation.amount_minor, donation.currency),
    }


def _has_token(data: Any) -> bool:
    try:
        return bool(UUID(data.get("form_token", "")))
    except ValueError:
        return False
