"""A source as it was at one time: a revision of an article of ours, a text of a work elsewhere."""

from django.db.models import QuerySet

from articles.models import Revision
from translations.models.sources import SourceText


def published_revisions(article_id: int) -> QuerySet[Revision]:
    """What was published of a source of our own, newest first."""
    return Revision.objects.published().filter(article=article_id).order_by("-number")


def newest_revision(article_id: int | None) -> Revision | None:
    """The last that was published, without its snapshot. One query, none without an article."""
    if article_id is None:
        return None
    return published_revisions(article_id).defer("snapshot").first()


def newest_text(source_work_id: int | None) -> SourceText | None:
    """The last that was taken, without the text itself. One query, none without a work."""
    if source_work_id is None:
        return None
    texts = SourceText.objects.filter(source_work=source_work_id).order_by("-number")
    return texts.defer("text").first()
