"""Who a guest is: a random id in a signed cookie, given when they first post or vote."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comments.voting import Voter

GUEST = "guest"
KNOWN = "known"  # says to scripts that there is something personal to ask for
SALT = "comments.guests"
YEAR = 365 * 24 * 3600


def guest_id(request: HttpRequest) -> UUID | None:
    """The id that this browser carries; None for a stranger or a forged cookie."""
    kept = vars(request)
    if "guest_id" not in kept:  # to check a signature takes longer than all else here
        value = request.get_signed_cookie(GUEST, default=None, salt=SALT)
        kept["guest_id"] = UUID(value) if value else None
    return kept["guest_id"]


def guest_id_or_new(request: HttpRequest) -> UUID:
    return guest_id(request) or uuid4()


def writer_of(request: HttpRequest) -> Voter:
    """Who asks: a member by the account, a guest by the cookie, somebody by both or by neither."""
    member = request.user if request.user.is_authenticated else None
    return Voter(member, guest_id(request))


def remember(response: HttpResponse, guest: UUID | None) -> None:
    """Sets the marker, and the guest's id where there is one, for a year."""
    secure = settings.SESSION_COOKIE_SECURE
    options: dict[str, Any] = {"max_age": YEAR, "samesite": "Lax", "secure": secure}
    response.set_cookie(KNOWN, "1", **options)
    if guest:
        response.set_signed_cookie(GUEST, str(guest), salt=SALT, httponly=True, **options)
