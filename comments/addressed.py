"""The comment that a request is about: to be answered, or voted for."""

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from articles.models import Article
from articles.reading import edition_of
from comments.models import Comment
from operations.clock import Clock, keep_now
from operations.composed import Composed, Together
from operations.models import SiteSettings, saved_settings


def addressed_comment(request: HttpRequest, pk: int) -> tuple[Comment, Article]:
    """The comment, and the live article below which this edition's readers see it; else 404.

    One query, which tells the request also what time it is and how the site is set.
    """
    comment, article, site = _addressed(pk=pk, language=get_language())
    if comment is None or article is None:
        raise Http404
    keep_now(request, comment.read_at)
    SiteSettings.keep(request, site)
    return comment, article


# Each column that is read takes its time, in the database, in psycopg and in Django: what nobody
# asks of a comment that is answered, reported or voted for is left. It can be had by a query more,
# as of the report that holds it.
UNASKED = ("text", "guest_email", "trust", "reviewed_at", "edited_at", "has_history", "pick_note",
           "pinned_at", "best", "open_flags", "discussion__comment_count",
           "discussion__thread_count", "discussion__people_count",
           "discussion__comments_by_language", "author__password", "author__last_login",
           "author__is_superuser", "author__is_staff", "author__is_active", "author__date_joined",
           "author__email", "author__language", "author__name_key")  # fmt: skip
ASKED = ("story", "section", "language", "slug", "headline", "status", "publish_at", "unpublish_at",
         "embargoed_until")  # fmt: skip

_comment: Composed[Comment] = Composed(
    lambda pk: (
        Comment.objects.select_related("discussion", "author")
        .defer(*UNASKED)
        .annotate(read_at=Clock())
        .filter(pk=pk)
    ),
    pk=int,
)
_edition: Composed[Article] = Composed(
    lambda pk, language: edition_of(
        Comment.objects.filter(pk=pk).values("discussion__story")[:1],
        language=language,
        now=Clock(),
    ).only(*ASKED),
    pk=int,
    language=str,
)
_addressed = Together(_comment, _edition, saved_settings)
