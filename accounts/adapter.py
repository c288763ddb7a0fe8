"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mails import account_mail
from accounts.models import NAME_TAKEN, User
from accounts.sessions import end_sessions
from operations.models import SiteSettings
from throttling.addresses import client_prefix

WRONG = _("The name or the password is wrong.")


class ProvenAddressStage(EmailVerificationStage):
    """Asks for the code that proves the address; who was given an account without one has none."""

    def handle(self) -> Any:
        user = self.login.user
        is_without = user and not user.email and not EmailAddress.objects.filter(user=user).exists()
        return (None, True) if is_without else super().handle()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return SiteSettings.of(request).allows_sign_up

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002
        """Refuses also what readers could not tell from the name of somebody else."""
        name = super().clean_username(username, shallow=shallow)
        if not shallow and User.objects.called(name).exists():
            raise ValidationError(NAME_TAKEN, code="name_taken")
        return name

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """An address is changed for another one, and never only taken away."""
        return not email_address.primary

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """People of the desk go there, members to the front page; who was in, to their own."""
        if request.user.is_staff:
            return "/admin/"
        is_here_already = request.method != "POST"
        return reverse("profile") if is_here_already else super().get_login_redirect_url(request)

    def get_login_stages(self) -> list[str]:
        """Allauth's, with our own rule for whom the code is asked of."""
        theirs = "allauth.account.stages.EmailVerificationStage"
        ours = "accounts.adapter.ProvenAddressStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_client_ip(self, request: HttpRequest) -> str:
        """What limits count by: who wants many addresses gets a network of them (throttling)."""
        return client_prefix(request)

    def set_password(self, user: User, password: str) -> None:
        """Whoever is signed in by the old one is so no longer."""
        super().set_password(user, password)
        end_sessions(user, but=self.request.session.session_key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the words and in the name of the paper."""
        if message := account_mail(template_prefix, email, context):
            message.send()
        else:
            super().send_mail(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        """The name that apps with codes, and browsers with passkeys, show."""
        return SiteSettings.current().name

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its person says something else."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return (
            gettext("My passkey")
            if number == 1
            else gettext("My passkey %(number)d") % {"number": number}
        )
