"""When what the site shows changes next without anybody doing anything."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Article, Slot
from comments.models import Discussion
from fundraising.models import Campaign
from operations.clock import end_of_day, request_now, site_day
from operations.composed import Asked, Composed
from pagecache.marks import may_be_kept


def next_moment(now: datetime) -> datetime | None:
    """The earliest beginning or end of anything that pages show, after `now`. One query."""
    return min((row[0] for row in _moments(now=now)), default=None)


def foreseen(request: HttpRequest, _article: Article) -> Asked | None:
    """Only a page that may be kept has an end."""
    return (_moments, {"now": request_now(request)}) if may_be_kept(request) else None


def page_ends_at(now: datetime) -> datetime:
    """Until when a page that is made at `now` stays true: licences of pictures end with a day."""
    midnight = end_of_day(site_day(now))
    return min(next_moment(now) or midnight, midnight)


def _all_moments(now: datetime) -> QuerySet:
    first, *others = [
        *Article.objects.moments_after(now),
        *Slot.objects.moments_after(now),
        *Campaign.objects.moments_after(now),
        *Discussion.objects.moments_after(now),
    ]
    return first.union(*others, all=True)


_moments: Composed[tuple[datetime]] = Composed(_all_moments, now=datetime)
