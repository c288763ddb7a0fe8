"""Allauth's forms about second factors and passkeys, in the words of the house."""

from typing import Any

from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as key_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import HouseForm


class _CodeForm(HouseForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("A code of your app, or a recovery code")


class AuthenticateForm(_CodeForm, forms.AuthenticateForm):
    pass


class ReauthenticateForm(_CodeForm, forms.ReauthenticateForm):
    pass


class ActivateAppForm(HouseForm, ActivateTOTPForm):
    pass


class AddKeyForm(key_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("By which you tell it from others.")
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with it alone"), True
        alone.help_text = _(
            "It then asks for your finger, your face or its PIN, and you need no password. Some"
            " security keys cannot do that; they are asked for after the password."
        )


class _KeyForm:
    """What no account here knows is told as that, and not as a wrong code."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
        raise ValidationError(_("This passkey or security key is not known here."))


class AuthenticateByKeyForm(_KeyForm, key_forms.AuthenticateWebAuthnForm):
    pass


class LoginByKeyForm(_KeyForm, key_forms.LoginWebAuthnForm):
    pass


class ReauthenticateByKeyForm(_KeyForm, key_forms.ReauthenticateWebAuthnForm):
    pass
