"""The mails about an account: plain text, in the language of who asked.

Nothing that anybody typed stands in them but codes that we made: an address may be somebody else's.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from operations.models import SiteSettings

# By allauth's name of the mail: its subject, and what it says.
CODES = {
    "account/email/email_confirmation_signup": (
        _("Your code to become a member"),
        _("Type this code on the page that you have open. It proves that the address is yours."),
    ),
    "account/email/email_confirmation": (
        _("Your code for this address"),
        _("Type this code on the page that you have open. It proves that the address is yours."),
    ),
    "account/email/login_code": (
        _("Your code to sign in"),
        _("Type this code on the page that you have open. It signs you in once."),
    ),
    "account/email/password_reset_code": (
        _("Your code for a new password"),
        _("Type this code on the page that you have open. Then you choose a new password."),
    ),
}
ANSWERS = {
    "account/email/account_already_exists": (
        _("You are a member already"),
        _("Somebody wanted to become a member by this address, and there is an account with it."
          " Sign in with it; if you forgot the password, choose a new one: %(password_reset_url)s"),
    ),
    "account/email/unknown_account": (
        _("No account with this address"),
        _("Somebody wanted to sign in by this address, and there is no account with it. If it was"
          " you, try another address or become a member: %(signup_url)s"),
    ),
}  # fmt: skip
CHANGES = {
    "account/email/email_changed": _("Your e-mail address was changed"),
    "account/email/password_changed": _("Your password was changed"),
    "account/email/password_reset": _("Your password was replaced"),
    "account/email/password_set": _("Your account has a password now"),
    "mfa/email/totp_activated": _("An app with codes was set up"),
    "mfa/email/totp_deactivated": _("The app with codes was taken off your account"),
    "mfa/email/webauthn_added": _("A passkey or security key was added"),
    "mfa/email/webauthn_removed": _("A passkey or security key was taken off your account"),
    "mfa/email/recovery_codes_generated": _("You have new recovery codes"),
}
NOT_YOU = _("If this was not you, you need do nothing: without the code nothing happens.")
NOT_YOU_EITHER = _("If this was not you, you need do nothing.")
ALARM = _("If this was not you, choose a new password at once, and write to us.")


def account_mail(kind: str, to: str, context: dict[str, Any]) -> EmailMessage | None:
    """The mail by allauth's name for it; None for one that we do not know."""
    if kind in CODES:
        subject, text = CODES[kind]
        parts = [text, context["code"], NOT_YOU]
    elif kind in ANSWERS:
        subject, text = ANSWERS[kind]
        parts = [text % context, NOT_YOU_EITHER]
    elif kind in CHANGES:
        subject = CHANGES[kind]
        parts = [f"{subject}.", ALARM]
    else:
        return None
    name = SiteSettings.current().name
    body = "\n\n".join(str(part) for part in [*parts, f"{name}\n{settings.SITE_URL}/"])
    return EmailMessage(f"{subject} – {name}", f"{body}\n", settings.DEFAULT_FROM_EMAIL, [to])
