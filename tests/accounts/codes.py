"""What people read in their mail, and what an app with codes shows them."""

import re
from time import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail

SECRET = generate_totp_secret()


def newest_code() -> str:
    """The code in the newest mail: a line of its own."""
    found = re.findall(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)$", mail.outbox[-1].body, re.MULTILINE)
    return found[0]


def give_app(user) -> Authenticator:
    """Lets an app with codes be the person's second factor."""
    return TOTP.activate(user, SECRET).instance


def app_code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time()) // 30))
