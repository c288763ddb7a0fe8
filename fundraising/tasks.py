"""What the worker does for givers. All of it may run twice."""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task

from fundraising.mails import promise_mail, receipt_mail, refund_mail
from fundraising.models import OPEN, Donation, LedgerEntry, MailKind, SentMail
from fundraising.receipts import issue

MOST_PROMISES = 3  # mails to one address in a week


@task()
def send_promise(donation_id: int) -> bool:
    """Mails how to transfer what was promised; False where that is not wanted any more.

    Anybody can promise with another's address: it gets a few such mails in a week. The page of
    the gift says the same.
    """
    donation = Donation.objects.select_related("campaign").get(pk=donation_id)
    if donation.state not in OPEN or SentMail.objects.promises_to(donation.email) >= MOST_PROMISES:
        return False
    return _send_once(donation, MailKind.PROMISE, lambda: promise_mail(donation))


@task()
def send_receipt(donation_id: int) -> bool:
    """Issues the receipt, and mails it where there is an address; whether it was mailed."""
    donation = Donation.objects.select_related("campaign").get(pk=donation_id)
    receipt = issue(donation)
    if receipt is None:
        return False
    receipt.donation = donation
    return _send_once(donation, MailKind.RECEIPT, lambda: receipt_mail(receipt))


@task()
def send_refund(entry_id: int) -> bool:
    """Mails what was given back; False where nothing was: it was a slip, or came here again."""
    entries = LedgerEntry.objects.with_left().select_related("donation__campaign")
    entry = entries.get(pk=entry_id)
    if not entry.rest_minor or entry.donation is None:
        return False
    return _send_once(entry.donation, MailKind.REFUND, lambda: refund_mail(entry), entry=entry)


def _send_once(
    donation: Donation,
    kind: MailKind,
    mail: Callable[[], EmailMessage],
    *,
    entry: LedgerEntry | None = None,
) -> bool:
    """Notes and sends in one transaction; False where it was sent before, or has nowhere to go.

    What cannot be sent is not noted. Only a worker killed after the mail server took the mail
    and before the commit sends it again, with the same Message-ID.
    """
    if not donation.email:
        return False
    with transaction.atomic():
        _sent, is_new = SentMail.objects.get_or_create(donation=donation, kind=kind, entry=entry)
        if is_new:
            mail().send()
    return is_new
