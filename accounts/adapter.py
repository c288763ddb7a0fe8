"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

WRONG = _("The name or the password is wrong.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made at the desk."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """People of the desk go there, members to the front page."""
        return "/admin/" if request.user.is_staff else super().get_login_redirect_url(request)
