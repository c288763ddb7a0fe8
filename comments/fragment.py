"""What the conversation's fragment needs, below an article and on a page of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles.models import Article
from comments.forms import empty_form
from comments.glance import Glance, at_a_glance, at_first_glance
from comments.lines import Shown
from comments.models import Discussion, Passage
from comments.reading import read
from comments.wanted import Show, Sort, Wanted
from operations.clock import has_now, request_now
from operations.models import SiteSettings

EVER = datetime(2000, 1, 1, tzinfo=UTC)  # before any comment
LANGUAGES = {"all", *dict(settings.LANGUAGES)}


class NoSuchPage(Http404):
    """A sort, a filter or a cursor that does not exist."""


def conversation_context(
    request: HttpRequest, article: Article, *, is_page: bool = False
) -> dict[str, Any]:
    """Below an article its first threads; as a page (`is_page`) whatever its query asks for.

    Two queries, one more where the page begins inside of a thread, with the article's contributions
    loaded; none when it is asked for again, whatever `is_page` says then. The same for everybody:
    neither person nor session is looked at. Raises NoSuchPage for a sort, a filter or a cursor that
    does not exist.
    """
    kept = vars(request).setdefault("conversations", {})
    if article.pk not in kept:
        kept[article.pk] = _conversation_context(request, article, is_page=is_page)
    return kept[article.pk]


def _conversation_context(
    request: HttpRequest, article: Article, *, is_page: bool
) -> dict[str, Any]:
    glance = glance_of(request, article)
    wanted = asked_for(request.GET, is_page=is_page)
    site = SiteSettings.of(request)
    now = request_now(request)
    shown = Shown(glance.passages, badges(article), site.scores_until(now), wanted.since)
    try:
        page = read(glance.discussion, wanted, shown_with=shown)
    except BadSignature:
        raise NoSuchPage("No such page")
    if not page.lines and (wanted.thread or _misses_its_passage(article, wanted)):
        raise NoSuchPage("No such thread or passage")
    return reading_context(article, glance.discussion, site, now) | {
        "glance": glance,
        "discussion": glance.discussion,
        "spoken_here": glance.discussion.count_in(article.language),
        "page": page,
        "is_page": is_page,
        "text_url": article.get_absolute_url() if is_page else "",
        "wanted": wanted,
        "latest": (glance.latest_at or EVER).isoformat(),
        "links": Links(article, wanted, page.after),
        "sorts": Sort,
        "form": empty_form(auto_id="comment_%s"),
        "reply_form": empty_form(auto_id="reply_%s", is_reply=True),
    }


def glance_of(request: HttpRequest, article: Article) -> Glance:
    """The story's conversation, as it is for the whole of this request. One query."""
    kept = vars(request).setdefault("glances", {})
    if article.pk not in kept:
        is_known = has_now(request)
        kept[article.pk] = at_a_glance(article) if is_known else at_first_glance(request, article)
    return kept[article.pk]


def shown_around(request: HttpRequest, article: Article) -> tuple[Any, ...]:
    """What a page of the article shows of its conversation beside what is said in it.

    What is marked in the text and answered there, and how one may write.
    """
    glance = glance_of(request, article)
    discussion = glance.discussion
    ways = (
        _is_open(request, discussion),
        discussion.is_for_members,
        discussion.slow_seconds,
        discussion.invites,
    )
    return *ways, discussion.comment_count > 0, glance.passages.found


def accepts(request: HttpRequest, article: Article) -> bool:
    """Whether everybody may write below the article now."""
    discussion = glance_of(request, article).discussion
    return _is_open(request, discussion) and not discussion.is_for_members


def _is_open(request: HttpRequest, discussion: Discussion) -> bool:
    policy = SiteSettings.of(request).comment_policy
    return discussion.accepts(policy, at=request_now(request))


def reading_context(
    article: Article, discussion: Discussion, site: SiteSettings, now: datetime
) -> dict[str, Any]:
    """What `comments/_comments.html` needs wherever comments are listed, but for the lines.

    `has_forms`: whether the page itself has forms to write in, which are the same for everybody.
    """
    is_open = discussion.accepts(site.comment_policy, at=now)
    return {
        "article": article,
        "text_url": article.get_absolute_url(),
        "accepts": is_open,
        "has_forms": is_open and not discussion.is_for_members,
        "takes_down_votes": site.allows_down_votes,
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
    show = query.get("show", "")
    if show not in set(Show) or (show == Show.NEW) != ("since" in query):
        raise NoSuchPage("No such filter")
    return replace(
        wanted,
        show=Show(show),
        since=moment(query.get("since", "")) if show == Show.NEW else None,
        passage=_number(query.get("passage", "")),
        thread=_number(query.get("thread", "")),
        after=query.get("after", ""),
    )


def _misses_its_passage(article: Article, wanted: Wanted) -> bool:
    """Whether the story has no such passage. One query, only if one is asked for."""
    if wanted.passage is None:
        return False
    here = Passage.objects.filter(pk=wanted.passage, article__story=article.story_id)
    return not here.exists()


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19 and int(typed)):
        raise NoSuchPage("No such thread or passage")
    return int(typed)


def moment(typed: str) -> datetime:
    """A time with its zone, as `isoformat` writes it. Raises NoSuchPage for anything else."""
    try:
        read = datetime.fromisoformat(typed)
        if read.tzinfo is None:
            raise ValueError
        return read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NoSuchPage("No such moment")


class Links:
    """Addresses of other pages of the same conversation, which keep what was asked for."""

    def __init__(self, article: Article, wanted: Wanted, after: str) -> None:
        self._page = reverse("comments:conversation", args=[article.slug])
        self._wanted, self._after = wanted, after

    def __getitem__(self, name: str) -> str:
        """For templates: a link by its name."""
        return getattr(self, name)()

    def start(self) -> str:
        return self._page

    def more(self) -> str:
        """The page after this one; '' on the last one."""
        return self._to(self._wanted.query | {"after": self._after}) if self._after else ""

    def whole(self) -> str:
        return self._to(self._language | {"show": "all"})

    def all(self) -> str:
        return self._to(self._language)

    def inline(self) -> str:
        return self._to(self._language | {"show": "inline"})

    def picks(self) -> str:
        return self._to(self._language | {"show": "picks"})

    def sort(self) -> str:
        """Lacks only the name of the order."""
        return f"?{urlencode(self._wanted.query | {'sort': ''})}"

    def language(self) -> str:
        """Lacks only the code of the language."""
        kept = {name: value for name, value in self._wanted.query.items() if name != "lang"}
        return f"?{urlencode(kept | {'sort': self._wanted.sort.value, 'lang': ''})}"

    def thread(self) -> SafeString:
        """Lacks only the number of the thread, and `&after=` with a cursor, in the template."""
        return format_html("{}", f"{self._page}?{urlencode(self._language | {'thread': ''})}")

    @property
    def _language(self) -> dict[str, str]:
        return {"lang": self._wanted.language} if self._wanted.language else {}

    def _to(self, query: dict[str, str]) -> str:
        return f"{self._page}?{urlencode({'sort': self._wanted.sort.value} | query)}"


def badges(article: Article) -> dict[int, str]:
    """{member id: their first role in the byline}; none for who has a pseudonym there."""
    labels: dict[int, str] = {}
    for contribution in article.contributions.all():
        person = contribution.person
        if person and (user_id := person.user_id):
            labels.setdefault(user_id, contribution.get_role_display())
    return labels
