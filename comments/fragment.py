"""What the conversation's fragment needs, below an article and on a page of its own."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles.models import Article
from comments.forms import CommentForm
from comments.models import Comment, Discussion
from comments.reading import read
from comments.wanted import Sort, Wanted
from operations.models import SiteSettings

SHOWS = ("", "all")
LANGUAGES = {"all", *dict(settings.LANGUAGES)}


class NoSuchPage(Http404):
    """A sort, a filter or a cursor that does not exist."""


def conversation_context(
    request: HttpRequest, article: Article, *, is_page: bool = False
) -> dict[str, Any]:
    """Below an article its first threads; as a page (`is_page`) whatever its query asks for.

    Two queries, one more where the page begins inside of a thread, with the article's
    contributions loaded. The same for everybody: neither person nor session is looked at.
    Raises NoSuchPage for a sort, a filter or a cursor that does not exist.
    """
    discussion = _discussion(article)
    wanted = asked_for(request.GET, is_page=is_page)
    try:
        page = read(discussion, wanted, badges=badges(article))
    except BadSignature:
        raise NoSuchPage("No such page")
    if wanted.thread and not page.lines:
        raise NoSuchPage("No such thread")
    return reading_context(article) | {
        "discussion": discussion,
        "accepts": discussion.accepts(SiteSettings.of(request).comment_policy),
        "page": page,
        "is_page": is_page,
        "wanted": wanted,
        "links": Links(article, wanted, page.after),
        "sorts": Sort,
        "form": CommentForm(auto_id="comment_%s"),
        "reply_form": CommentForm(auto_id="reply_%s"),
    }


def _discussion(article: Article) -> Discussion:
    """The story's, with `in_language`: how many comments are in the article's. One query."""
    spoken = Comment.objects.public().filter(discussion=OuterRef("pk"), language=article.language)
    count = spoken.order_by().values("discussion").annotate(count=Count("pk")).values("count")
    counted = Discussion.objects.annotate(in_language=Coalesce(Subquery(count), 0))
    found = counted.filter(story=article.story_id).first()
    return found or Discussion(story_id=article.story_id)


def reading_context(article: Article) -> dict[str, Any]:
    """What `comments/_comments.html` needs wherever comments are listed, but for the lines."""
    return {
        "article": article,
        # comments' addresses are this and their number: a reverse for each would cost more
        "comments_url": SafeString(reverse("comments:comment_detail", args=[0])[:-2]),
    }


def asked_for(query: QueryDict, *, is_page: bool) -> Wanted:
    """Raises NoSuchPage where one of the answers does not exist."""
    sort, language = query.get("sort", Sort.NEWEST), query.get("lang", "all")
    if sort not in Sort.values or language not in LANGUAGES:
        raise NoSuchPage("No such order or language")
    wanted = Wanted(sort=Sort(sort), language="" if language == "all" else language)
    if not is_page:
        return wanted
    if query.get("show", "") not in SHOWS:
        raise NoSuchPage("No such filter")
    return Wanted(
        sort=wanted.sort,
        language=wanted.language,
        is_whole="show" in query,
        thread=_thread(query.get("thread", "")),
        after=query.get("after", ""),
    )


def _thread(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise NoSuchPage("No such thread")
    return int(typed)


class Links:
    """Addresses of other pages of the same conversation, which keep what was asked for."""

    def __init__(self, article: Article, wanted: Wanted, after: str) -> None:
        self._page = reverse("comments:conversation", args=[article.slug])
        self._language = {"lang": wanted.language} if wanted.language else {}
        self._wanted, self._after = wanted, after

    def __getitem__(self, name: str) -> str:
        """For templates: a link by its name."""
        return getattr(self, name)()

    def start(self) -> str:
        return self._page

    def more(self) -> str:
        """The page after this one; '' on the last one."""
        show = {"show": "all"} if self._wanted.is_whole else {}
        after = {"after": self._after}
        return self._to({"sort": self._wanted.sort.value} | show | after) if self._after else ""

    def whole(self) -> str:
        return self._to({"sort": self._wanted.sort.value, "show": "all"})

    def thread(self) -> SafeString:
        """Lacks only the number of the thread, and `&after=` with a cursor, in the template."""
        return SafeString(f"{self._page}?{urlencode(self._language | {'thread': ''})}")

    def _to(self, query: dict[str, str]) -> str:
        return f"{self._page}?{urlencode(self._language | query)}"


def badges(article: Article) -> dict[int, str]:
    """{member id: their first role in the byline}."""
    labels: dict[int, str] = {}
    for contribution in article.contributions.all():
        if user_id := contribution.contributor.user_id:
            labels.setdefault(user_id, contribution.get_role_display())
    return labels
