"""When what the site shows changes next without anybody doing anything."""

from datetime import datetime

from django.db.models import QuerySet

from articles.models import Article
from fundraising.models import Campaign
from operations.composed import Composed


def next_moment(now: datetime) -> datetime | None:
    """The earliest beginning or end of an article or a campaign after `now`. One query."""
    return min((row[0] for row in _moments(now=now)), default=None)


def _all_moments(now: datetime) -> QuerySet:
    first, *others = [*Article.objects.moments_after(now), *Campaign.objects.moments_after(now)]
    return first.union(*others, all=True)


_moments: Composed[tuple[datetime]] = Composed(_all_moments, now=datetime)
