"""What stands where on an edition's front page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery

from articles.arranging import places, slots_at
from articles.models import Article, ArticleQuerySet, Section
from articles.readership import most_read
from comments.models import Discussion

TOP = 4  # the lead, and those beside it
IN_A_COLUMN = 4
DISCUSSED = 5
STILL_NEWS = 60  # only so many of the newest stories can be the most discussed, or stand elsewhere
A_LINE = ("language", "slug", "headline", "publish_at")


@dataclass(frozen=True)
class FrontPage:
    """A lead, those beside it, `columns` of (section, articles), and three lists: what readers
    talk about, with `comment_count`, what they read, with `readings`, and what the other editions
    print."""

    lead: Article | None
    secondary: list[Article]
    columns: list[tuple[Section, list[Article]]]
    most_discussed: list[Article]
    most_read: list[Article]
    elsewhere: list[Article]

    @property
    def articles(self) -> list[Article]:
        """Everything in full on the page, for whoever adds to each (its number of comments)."""
        lead = [self.lead] if self.lead else []
        columns = [article for _section, articles in self.columns for article in articles]
        return [*lead, *self.secondary, *columns]


def compose(*, language: str, editions: list[str], now: datetime) -> FrontPage:
    """The front page at `now`. Seven queries, however many sections and articles there are.

    What the desk has put on it and finds no place at the top stands first in its section.
    """
    slots = slots_at(now, language=language, section=None)
    chosen = [slot.article_id for slot in slots]
    live = Article.objects.live(now)
    sections = _sections(live.in_edition(language).exclude(pk__in=chosen))
    wanted = [*chosen, *(pk for section in sections for pk in section.newest)]
    articles = {a.pk: a for a in live.filter(pk__in=wanted).newest_first().for_listing()}
    latest = [article for article in articles.values() if article.pk not in chosen]
    placed, rest = places(slots, others=len(latest)), iter(latest)
    lined = (articles.get(placed[n]) if n in placed else next(rest, None) for n in range(TOP))
    top = [article for article in lined if article]
    below = [articles[pk] for place, pk in placed.items() if place >= TOP and pk in articles]
    left = [*below, *rest]
    columns = [(section, _of_section(left, section)) for section in sections]
    return FrontPage(
        lead=top[0] if top else None,
        secondary=top[1:],
        columns=[(section, found) for section, found in columns if found],
        most_discussed=_most_discussed(language=language, now=now),
        most_read=most_read(language=language, now=now),
        elsewhere=_elsewhere(language=language, editions=editions, now=now),
    )


def _sections(articles: ArticleQuerySet) -> list[Any]:
    """The sections, each with the keys of its `newest`: enough for the top and its column."""
    newest = articles.filter(section=OuterRef("pk")).newest_first().values("pk")
    return list(Section.objects.annotate(newest=ArraySubquery(newest[: TOP + IN_A_COLUMN])))


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
    return list(discussed.only(*A_LINE)[:DISCUSSED])


def _elsewhere(*, language: str, editions: list[str], now: datetime) -> list[Article]:
    """The newest story of each other edition, if possible one that this one lacks. One query."""
    live = Article.objects.live(now)
    newest = [live.in_edition(code).newest_first().values("pk")[:STILL_NEWS]
              for code in editions if code != language]  # fmt: skip
    if not newest:
        return []
    here = live.in_edition(language).filter(story=OuterRef("story"))
    news = Article.objects.filter(pk__in=newest[0].union(*newest[1:], all=True))
    found = list(news.annotate(is_here=Exists(here)).newest_first().only(*A_LINE))
    chosen: dict[str, Article] = {}
    for article in sorted(found, key=lambda article: article.is_here):
        chosen.setdefault(article.language, article)
    return [article for article in found if article in chosen.values()]
