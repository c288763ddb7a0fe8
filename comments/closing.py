"""When a conversation closes by itself."""

from datetime import datetime, timedelta

from django.db.models import Min

from articles.models import Article, Status
from comments.models import Discussion
from operations.clock import database_now


def closing_of(story_id: int, days: int | None) -> datetime | None:
    """So many days after the story's first edition appears; from now on where none has a time.

    None for None. Two queries at most.
    """
    if days is None:
        return None
    editions = Article.objects.filter(story=story_id).exclude(status=Status.DRAFT)
    first = editions.aggregate(first=Min("publish_at"))["first"] or database_now()
    return first + timedelta(days=days)


def keep_closing(discussion: Discussion) -> None:
    """Makes the moment follow from the days, unsaved."""
    days = discussion.closes_after_days
    discussion.closes_at = closing_of(discussion.story_id, days)
