"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.house_names import OF_THE_HOUSE, is_of_the_house
from accounts.kept_names import refuse_kept
from accounts.mails import account_mail
from accounts.models import NAME_TAKEN, User
from accounts.sessions import end_sessions
from operations.models import SiteSettings
from throttling.addresses import client_prefix, client_site

WRONG = _("The name or the password is wrong.")
CLOSED = _(
    "Too many wrong passwords. Until tomorrow no password signs you in, but"
    ' <a href="{address}">a code from your mail</a> does.'
)
GUESSED_ANYWHERE = {"app": "allauth.account", "action": "login_failed_anywhere"}


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
        """Refuses also what readers could not tell from a name of somebody else, or of the paper.

        Accounts of the desk are made at the desk.
        """
        name = super().clean_username(username, shallow=shallow)
        if is_of_the_house(name, paper=SiteSettings.current().name):
            raise ValidationError(OF_THE_HOUSE, code="of_the_house")
        if not shallow and User.objects.called(name).exists():
            raise ValidationError(NAME_TAKEN, code="name_taken")
        if not shallow:
            refuse_kept(name)
        return name

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """An address is changed for another one, and never only taken away."""
        return not email_address.primary

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Who has just signed in has shown that it is them, as far as anybody asks again."""
        record_authentication(request, user, method="sign_in", reauthenticated=True)
        return super().post_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """People of the desk go there, members to their own page."""
        return "/admin/" if request.user.is_staff else super().get_login_redirect_url(request)

    def get_login_stages(self) -> list[str]:
        """Allauth's, with our own rule for whom the code is asked of."""
        theirs = "allauth.account.stages.EmailVerificationStage"
        ours = "accounts.adapter.ProvenAddressStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_client_ip(self, request: HttpRequest) -> str:
        """What limits count by: who wants many addresses gets a network of them (throttling)."""
        return client_prefix(request)

    def network_and_login(self, request: HttpRequest, **credentials: Any) -> str:
        """What tries are counted by, so that they close a name to a network and not to its owner.

        Of IPv6 the network is a whole site's, within which whoever guesses moves at will.
        """
        return f"{client_site(request)} {self._login_of(credentials)}"

    _get_login_attempts_cache_key = network_and_login

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Whom many networks guess at signs in by a code; who is signed in is no guesser."""
        super().pre_authenticate(request, **credentials)
        if request.user.is_authenticated:
            return
        used = ratelimit.consume(request, **GUESSED_ANYWHERE, key=self._login_of(credentials))
        if not used:
            address = reverse("account_request_login_code")
            raise ValidationError(format_html(str(CLOSED), address=address), code="name_is_closed")
        self._login_failed_rl_usage.usage += used.usage  # given back with the right password

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """With a new password the name is open again, to all networks."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, **GUESSED_ANYWHERE, key=self._login_of(credentials))

    @staticmethod
    def _login_of(credentials: dict[str, Any]) -> str:
        """As the database compares it, in capitals: a dotless i is an i there."""
        return credentials.get("email", credentials.get("username", "")).upper()

    def set_password(self, user: User, password: str) -> None:
        """Whoever is signed in by the old one is so no longer; guesses at it count no longer."""
        super().set_password(user, password)
        end_sessions(user, but=self.request.session.session_key)
        addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        for login in {user.username, *addresses}:
            self._delete_login_attempts_cached_email(self.request, email=login)

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
