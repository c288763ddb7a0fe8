"""Finding a donation by what somebody tells of it."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q

from fundraising.models import Campaign, LedgerEntry
from fundraising.money import parse_amount
from fundraising.references import find_references

SHORTEST_PART = 4  # of a reference


def matching(text: str) -> Q:
    """Donations of which `text` is the reference, in groups or not, or a part of it; an amount
    that was promised or came; the public name, or a part. One query for amounts.

    Not by e-mail address: what is searched for stands in the address of the page and so in logs.
    """
    found = Q(public_name__icontains=text)
    if references := find_references(text):
        return found | Q(reference__in=references)
    part = re.sub(r"[\s.-]", "", text).upper()
    if len(part) >= SHORTEST_PART and re.fullmatch("[0-9A-Z]+", part):
        found |= Q(reference__contains=part)
    return found | _of_amount(text)


def _of_amount(text: str) -> Q:
    """The text as an amount, in each currency that is used."""
    found = Q(pk__in=[])
    for currency in Campaign.objects.order_by().values_list("currency", flat=True).distinct():
        try:
            minor = parse_amount(text, currency)
        except ValidationError:  # no amount of this currency
            continue
        came = LedgerEntry.objects.filter(currency=currency, amount_minor=minor)
        found |= Q(currency=currency, amount_minor=minor) | Q(pk__in=came.values("donation"))
    return found
