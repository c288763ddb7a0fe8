"""What the ledger's side keeps of somebody who gave by the address of their account."""

from collections.abc import Iterator, Mapping

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.belongings import Belonging, Line
from accounts.models import User
from fundraising.models import Donation
from fundraising.privacy import OF_A_DONATION


class Gifts(Belonging):
    """Leaving takes nothing back: a giver is forgotten as docs/decisions/0022 says."""

    key, title = "gifts", _("Gifts")

    def lines(self, request: HttpRequest) -> list[Line]:
        given = _gifts(request.user.pk).count()
        if not given:
            return []
        text = ngettext("%(count)d gift by your address", "%(count)d gifts by your address", given)
        return [Line(text % {"count": given})]

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        yield from _gifts(user.pk).order_by("pk").values(*OF_A_DONATION).iterator()


def _gifts(user_id: int | None) -> QuerySet[Donation]:
    """Those by an address that is proven to be theirs: anybody can type one."""
    proven = EmailAddress.objects.filter(user=user_id, verified=True).values_list("email")
    return Donation.objects.filter(email__in=[email for (email,) in proven])
