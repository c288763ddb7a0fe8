"""When what the site shows changes next without anybody doing anything."""

from datetime import datetime

from articles.models import Article
from fundraising.models import Campaign


def next_moment(now: datetime) -> datetime | None:
    """The earliest beginning or end of an article or a campaign after `now`. One query."""
    first, *others = [*Article.objects.moments_after(now), *Campaign.objects.moments_after(now)]
    return min((row[0] for row in first.union(*others, all=True)), default=None)
