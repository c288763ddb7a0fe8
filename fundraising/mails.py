"""The mails that givers get: plain text, in the language in which they gave.

They name nobody and hold nothing that a stranger typed, who may have typed another's address.
"""

from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from fundraising.models import Donation, LedgerEntry, Receipt
from fundraising.money import LEFT_TO_RIGHT_MARK, format_amount
from fundraising.references import in_groups
from operations.models import SiteSettings


def promise_mail(donation: Donation) -> EmailMessage:
    """How to transfer what was promised."""
    with override(donation.language):
        paper = _paper()
        names = {"amount": donation.amount, "campaign": _campaign(donation), "paper": paper}
        body = [
            _("You would like to give %(amount)s to “%(campaign)s”. Thank you!") % names,
            _("Please transfer it like this:") + "\n\n" + donation.campaign.ways_to_give,
            _("Amount: %(amount)s") % names
            + "\n"
            + _("Reference: %(reference)s") % {"reference": in_groups(donation.reference)},
            _("Write the reference on the transfer: by it we know your gift."),
            _("How your gift stands: %(address)s")
            % {"address": settings.SITE_URL + donation.get_absolute_url()},
            _("If you did not ask for this, do nothing: no money moves by itself."),
        ]
        subject = _("How to transfer your gift to %(paper)s") % names
        return _message(subject, body, donation, name=f"promise-{donation.pk}")


def receipt_mail(receipt: Receipt) -> EmailMessage:
    """That the money has come."""
    donation = receipt.donation
    with override(donation.language):
        subject = _("Receipt %(number)s from %(paper)s") % {
            "number": _number(receipt),
            "paper": _paper(),
        }
        facts = [
            _("Received: %(amount)s") % {"amount": receipt.amount},
            _("Date: %(date)s") % {"date": date_format(receipt.received_on)},
            _("Reference: %(reference)s") % {"reference": in_groups(donation.reference)},
            _("Receipt: %(number)s") % {"number": _number(receipt)},
        ]
        if returned := receipt.returned_minor:
            amount = format_amount(returned, donation.currency)
            facts.append(_("Returned since: %(amount)s") % {"amount": amount})
        body = [
            _("Thank you for your gift to “%(campaign)s”.") % {"campaign": _campaign(donation)},
            "\n".join(facts),
            _("This is not a tax receipt."),
            _("To print: %(address)s") % {"address": settings.SITE_URL + receipt.address},
        ]
        return _message(subject, body, donation, name=f"receipt-{receipt}")


def refund_mail(entry: LedgerEntry) -> EmailMessage:
    """That money of a gift goes back. Needs what is left of the entry, and its donation."""
    donation = cast(Donation, entry.donation)
    with override(donation.language):
        amount = format_amount(-entry.rest_minor, donation.currency)
        facts = [
            _("Given back: %(amount)s") % {"amount": amount},
            _("Date: %(date)s") % {"date": date_format(entry.occurred_on)},
            _("Reference: %(reference)s") % {"reference": in_groups(donation.reference)},
        ]
        body = [
            _("We have given back money of your gift to “%(campaign)s”.")
            % {"campaign": _campaign(donation)},
            "\n".join(facts),
            _("It comes by the way by which you gave; that can take some days."),
            _("How your gift stands: %(address)s")
            % {"address": settings.SITE_URL + donation.get_absolute_url()},
        ]
        subject = _("Given back by %(paper)s: %(amount)s") % {"paper": _paper(), "amount": amount}
        return _message(subject, body, donation, name=f"refund-{entry.pk}")


def _number(receipt: Receipt) -> str:
    """Among Arabic letters its two figures would change places."""
    return f"{LEFT_TO_RIGHT_MARK}{receipt}" if get_language_bidi() else str(receipt)


def _paper() -> str:
    return " ".join(SiteSettings.load().name.split())  # a header holds no line breaks


def _campaign(donation: Donation) -> str:
    return " ".join(donation.campaign.name.split())


def _message(subject: str, body: list[str], donation: Donation, *, name: str) -> EmailMessage:
    """`name` makes repeated copies one."""
    headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname}>",
    }
    text = "\n\n".join([*body, "-- \n" + _paper()]) + "\n"
    return EmailMessage(subject, text, None, [donation.email], headers=headers)
