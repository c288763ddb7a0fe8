"""Whether search engines may list an article: what its credit says, and what a machine wrote."""

from django.db.models import Exists, OuterRef, Q

from translations.models import Attribution, Method, SearchEngines

_KEPT_FROM_THEM = ~Q(search_engines=SearchEngines.INDEX) | Q(method=Method.MACHINE_RAW)


def is_indexable(attribution: Attribution | None) -> bool:
    """Its filter twin is `indexable()`."""
    if attribution is None:
        return True
    is_allowed = attribution.search_engines == SearchEngines.INDEX
    return is_allowed and attribution.method != Method.MACHINE_RAW


def indexable() -> Q:
    """A condition for queries over articles. Its row-wise twin is `is_indexable`."""
    return ~Q(Exists(Attribution.objects.filter(_KEPT_FROM_THEM, article=OuterRef("pk"))))


def canonical_elsewhere(attribution: Attribution | None) -> str:
    """The address that search engines shall list in the article's place; '' for its own."""
    if attribution is None or attribution.search_engines != SearchEngines.CANONICAL:
        return ""
    work = attribution.source_work
    return work.url if work and work.withdrawn_at is None else ""
