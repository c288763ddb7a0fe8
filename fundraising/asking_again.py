"""What is out of the ordinary is taken with a tick, which a form shows once it asks for one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fundraising.money import decimals, format_amount
from fundraising.providers.manual import MOST


class AsksAgain(forms.Form):
    """Before a form in the bases."""

    is_sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def ask(self, answer: str | Promise, why: str | Promise) -> None:
        """Refuses until somebody ticks the answer."""
        if self.cleaned_data.get("is_sure"):
            return
        bound = self["is_sure"]
        bound.field.widget, bound.label = forms.CheckboxInput(), str(answer)
        self.add_error("is_sure", ValidationError(str(why), code="sure"))

    def ask_whether_much(self, amount_minor: int, currency: str) -> None:
        """Above what a reader can give at once, it is mistyped or was talked about."""
        if abs(amount_minor) > MOST * 10 ** decimals(currency):
            amount = format_amount(amount_minor, currency)
            why = _("%(amount)s is more than readers can give at once.") % {"amount": amount}
            self.ask(_("Yes, this amount"), why)
