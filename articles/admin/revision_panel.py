"""The newest revisions beside an article's form."""

from typing import Any

from django.http import HttpRequest

from articles.admin.revision_pages import SEEN_BY, with_review, with_words
from articles.models import Article

NEWEST = 5


def about_revisions(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """Two queries."""
    if not request.user.has_perms([SEEN_BY, "articles.change_article"]):
        return None
    shown = with_words(with_review(article.revisions.all())[:NEWEST])
    if not shown:
        return None
    return {"revisions": shown, "public": article.published_revision}
