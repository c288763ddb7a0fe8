"""Under which licence others may republish an article."""

from operations.composed import Composed
from translations.models import Attribution, Licence, Origin

_house: Composed[Licence] = Composed(lambda: Licence.objects.filter(is_house=True))


def licence_for(attribution: Attribution | None) -> Licence | None:
    """The licence that the credit names; for our own pieces, where it names none, the house's.

    `attribution` is None for an article without a credit: an original. One query at most.
    """
    if attribution and (attribution.licence or attribution.origin != Origin.ORIGINAL):
        return attribution.licence
    return _house.first()
