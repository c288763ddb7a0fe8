"""Allauth's forms in the words of the house, and our own."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.house_names import OF_THE_HOUSE, is_of_the_house
from accounts.kept_names import refuse_kept
from accounts.models import NAME_TAKEN, User
from operations.models import SiteSettings
from pagecache.drops import drop_soon
from pagecache.marks import SITE
from richtext.plain import plain_text, visible_text

NO_PASSWORD = _("Without one you sign in with codes that we send to this address.")
ASKED_TOO_OFTEN = _("You asked for many codes for this address. Please wait before the next one.")


class HouseForm(django_forms.Form):
    """No placeholder repeats a label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "email" in self.fields:
            self.fields["email"].label = _("E-mail address")


class LoginForm(HouseForm, forms.LoginForm):
    """Its labels say what the fields take."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["remember"].label = _("Stay signed in")


class SignupForm(HouseForm, forms.SignupForm):
    """A name, an address that a code will prove, and a password if one is wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("Readers see it beside your comments.")
        self.fields["email"].help_text = _("Never shown to readers.")
        self.fields["password1"].help_text = NO_PASSWORD

    def save(self, request: HttpRequest) -> User:
        with transaction.atomic():
            return super().save(request)

    def try_save(self, request: HttpRequest) -> Any:
        """Where somebody was faster by a moment, answers as if they had been long before."""
        try:
            return super().try_save(request)
        except IntegrityError:
            if not User.objects.called(self.cleaned_data["username"]).exists():
                self.account_already_exists = True  # it was the address
                return super().try_save(request)
        self.add_error("username", NAME_TAKEN)
        context = {"form": self, "login_url": reverse("account_login")}
        return None, render(request, "account/signup.html", context, status=422)


def _of_the_house[F: django_forms.Form](theirs: type[F]) -> type[F]:
    return type(theirs.__name__, (HouseForm, theirs), {})


AddEmailForm = _of_the_house(forms.AddEmailForm)
ChangePasswordForm = _of_the_house(forms.ChangePasswordForm)
ConfirmLoginCodeForm = _of_the_house(forms.ConfirmLoginCodeForm)
ConfirmPasswordResetCodeForm = _of_the_house(forms.ConfirmPasswordResetCodeForm)
ReauthenticateForm = _of_the_house(forms.ReauthenticateForm)
ResetPasswordKeyForm = _of_the_house(forms.ResetPasswordKeyForm)
SetPasswordForm = _of_the_house(forms.SetPasswordForm)


class AskingForm(HouseForm):
    """Has a code mailed. Whoever asks for somebody else's uses up what their own network may."""

    action: str

    def clean_email(self) -> str:
        key = get_adapter().network_and_login(context.request, email=self.cleaned_data["email"])
        if not ratelimit.consume(context.request, action=f"{self.action}_here", key=key):
            raise ValidationError(ASKED_TOO_OFTEN, code="asked_too_often")
        return super().clean_email()  # type: ignore[misc]  # of the form beside it


class RequestLoginCodeForm(AskingForm, forms.RequestLoginCodeForm):
    action = "request_login_code"


class ResetPasswordForm(AskingForm, forms.ResetPasswordForm):
    action = "reset_password"


class ProofForm(HouseForm, forms.ConfirmEmailVerificationCodeForm):
    """Who gives the code of an address has it, whoever else has only typed it."""

    def clean_code(self) -> str:
        if forms.BaseConfirmCodeForm.clean_code(self):
            typed = User.objects.unproven().filter(email__iexact=self.email)
            typed.exclude(pk=self.user and self.user.pk).delete()
        return super().clean_code()


class NameForm(django_forms.ModelForm):
    """What readers call a member."""

    first_name = django_forms.CharField(
        label=_("Name that readers see"),
        help_text=_("Without one they see your user name."),
        required=False,
        max_length=80,
        validators=[plain_text, visible_text],
        widget=django_forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )

    class Meta:
        model = User
        fields = ["first_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["first_name"] = self.instance.get_full_name()

    def clean_first_name(self) -> str:
        name = " ".join(self.cleaned_data["first_name"].split())
        if is_of_the_house(name, paper=SiteSettings.current().name):
            raise ValidationError(OF_THE_HOUSE, code="of_the_house")
        refuse_kept(name, user=self.instance)
        return name

    def clean(self) -> None:
        super().clean()
        self.instance.last_name = ""  # one field holds all of it

    def saved(self) -> bool:
        """Saves what is valid; False where somebody else took the name a moment ago."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error(None, ValidationError(NAME_TAKEN))
            return False
        drop_soon(SITE)  # any page may name them
        return True

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the whole is wrong with the one field."""
        super().add_error("first_name", getattr(error, "messages", error))


class LeaveForm(django_forms.Form):
    """What becomes of what was written, and that it is meant."""

    comments = django_forms.ChoiceField(
        label=_("Your comments"),
        choices=[
            ("keep", _("stay, under the name “a former member”")),
            ("erase", _("are deleted; where others answered, their place stays empty")),
        ],
        widget=django_forms.RadioSelect,
    )
    is_sure = django_forms.BooleanField(
        label=_("I want to leave. This cannot be undone."),
    )


def other_name_proposed(name: str) -> str:
    """What a guest is told who writes under the name of a member."""
    told = _("A member goes by this name. You could write “%(name)s”.")
    return told % {"name": guest_name(name)}


def guest_name(name: str) -> str:
    """One that tells a guest from whom the name is kept for."""
    return _("%(name)s (guest)") % {"name": name}
