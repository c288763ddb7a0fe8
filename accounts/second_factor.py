"""Whether somebody has shown in this session that they hold a second factor.

A session counts, not an account: one from before, one by a code from the mail or by a new password
alone has not shown it. Nor has one whose device was taken off the account meanwhile.
"""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

DEVICES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def devices_of(user: User) -> set[str]:
    """The kinds of devices that the account knows. Recovery codes are none. One query."""
    known = Authenticator.objects.filter(user=user, type__in=DEVICES)
    return set(known.values_list("type", flat=True))


def has_shown(request: HttpRequest) -> bool:
    """Whether what was shown is still the account's, and so is a device. At most one query."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    shown = {record.get("id") for record in records if record.get("method") == "mfa"}
    if not shown:
        return False
    known = dict(Authenticator.objects.filter(user=request.user).values_list("pk", "type"))  # type: ignore[misc]
    return bool(shown & known.keys()) and not {*DEVICES}.isdisjoint(known.values())


def is_missing(request: HttpRequest) -> bool:
    """Whether a person of the desk may not go on without it; asked once for each request.

    No query where none is wanted.
    """
    user, kept = request.user, vars(request)
    if not (settings.STAFF_SECOND_FACTOR and user.is_active and user.is_staff):
        return False
    if "second_factor_is_missing" not in kept:
        kept["second_factor_is_missing"] = not has_shown(request)
    return kept["second_factor_is_missing"]
