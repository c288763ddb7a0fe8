"""Allauth's forms in the words of the house."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.LoginForm):
    """Its labels say what the fields take; a placeholder that repeats them is gone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["remember"].label = _("Stay signed in")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
