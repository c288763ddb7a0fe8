"""Under which licence others may republish an article."""

from django.http import HttpRequest

from articles.models import Article
from operations.composed import Asked, Composed
from translations.models import Attribution, Licence, Origin

_house: Composed[Licence] = Composed(lambda: Licence.objects.filter(is_house=True))


def licence_for(attribution: Attribution | None) -> Licence | None:
    """The licence that the credit names; for our own pieces, where it names none, the house's.

    `attribution` is None for an article without a credit: an original. One query at most.
    """
    if attribution and (attribution.licence or attribution.origin != Origin.ORIGINAL):
        return attribution.licence
    return _house.first()


def foreseen(_request: HttpRequest, _article: Article) -> Asked:
    """Asked also for nothing, where a credit names another: what it names is not known yet."""
    return _house, {}
