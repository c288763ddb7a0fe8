"""Signed addresses in mails. Each is good for one purpose and one row, which is never reused."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse
from django.utils.translation import override

CONFIRM, STOP, STOP_ALL, MANAGE = "confirm", "stop", "stop-all", "manage"
NAMES = {
    CONFIRM: "comments:subscription_confirm",
    STOP: "comments:subscription_stop",
    STOP_ALL: "comments:subscription_stop_all",
    MANAGE: "comments:subscription_manage",
}


def link(purpose: str, pk: int, *, language: str) -> str:
    """The absolute address below a language's edition."""
    with override(language):
        return settings.SITE_URL + reverse(NAMES[purpose], args=[_signer(purpose).sign(str(pk))])


def read(purpose: str, token: str) -> int:
    """The row's id. Raises Http404 for anything that `link` did not make for this purpose."""
    try:
        return int(_signer(purpose).unsign(token))
    except BadSignature:
        raise Http404("No such link")


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"comments.links.{purpose}")
