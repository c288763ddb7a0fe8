"""What stands where on an edition's front page."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery

from articles.models import Article, Section
from comments.models import Discussion

SECONDARY = 3
IN_A_COLUMN = 4
DISCUSSED = 5
STILL_NEWS = 60  # only so many of the newest stories can be the most discussed


@dataclass(frozen=True)
class FrontPage:
    """A lead, those beside it, `columns` of (section, articles), and two lists: what readers
    talk about, with `comment_count`, and what the other editions print."""

    lead: Article | None
    secondary: list[Article]
    columns: list[tuple[Section, list[Article]]]
    most_discussed: list[Article]
    elsewhere: list[Article]

    @property
    def articles(self) -> list[Article]:
        """Everything in full on the page, for whoever adds to each (its number of comments)."""
        lead = [self.lead] if self.lead else []
        columns = [article for _section, articles in self.columns for article in articles]
        return [*lead, *self.secondary, *columns]


def compose(*, language: str, editions: list[str], now: datetime) -> FrontPage:
    """The front page at `now`. Five queries, however many sections and articles there are."""
    live = Article.objects.live(now)
    newest = live.in_edition(language).filter(section=OuterRef("pk")).newest_first().values("pk")
    sections = Section.objects.annotate(newest=ArraySubquery(newest[: 1 + SECONDARY + IN_A_COLUMN]))
    wanted = [pk for section in sections for pk in section.newest]
    articles = list(live.filter(pk__in=wanted).newest_first().for_listing())
    top, rest = articles[: 1 + SECONDARY], articles[1 + SECONDARY :]
    columns = [(section, _of_section(rest, section)) for section in sections]
    return FrontPage(
        lead=top[0] if top else None,
        secondary=top[1:],
        columns=[(section, found) for section, found in columns if found],
        most_discussed=_most_discussed(language=language, now=now),
        elsewhere=_elsewhere(language=language, editions=editions, now=now),
    )


def _of_section(articles: list[Article], section: Section) -> list[Article]:
    return [a for a in articles if a.section_id == section.pk][:IN_A_COLUMN]


def _most_discussed(*, language: str, now: datetime) -> list[Article]:
    """Those of the newest stories with the most comments, most first. One query."""
    news = Article.objects.live(now).in_edition(language).newest_first().values("pk")
    discussion = Discussion.objects.filter(story=OuterRef("story")).values("comment_count")
    counted = Article.objects.filter(pk__in=news[:STILL_NEWS]).annotate(
        comment_count=Subquery(discussion)
    )
    discussed = counted.filter(comment_count__gt=0).order_by("-comment_count", "-publish_at")
    return list(discussed.only("language", "slug", "headline", "publish_at")[:DISCUSSED])


def _elsewhere(*, language: str, editions: list[str], now: datetime) -> list[Article]:
    """The newest story of each other edition, if possible one that this one lacks. One query."""
    live = Article.objects.live(now)
    here = live.in_edition(language).filter(story=OuterRef("story"))
    others = live.filter(language__in=editions).exclude(language=language)
    chosen = others.annotate(is_here=Exists(here)).order_by("language", "is_here", "-publish_at")
    newest = Article.objects.filter(pk__in=chosen.distinct("language").values("pk"))
    return list(newest.newest_first().only("language", "slug", "headline", "publish_at"))
