"""Which editions of one story can be read side by side: those that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.models import Article
from operations.composed import Composed
from translations.models import Attribution, Origin


class Source(NamedTuple):
    """Where an article comes from: one of ours, or a work elsewhere, by its key."""

    article: int | None
    work: int | None


@dataclass(frozen=True)
class Companions:
    """The others that an article can be read beside, and which of them it was made from."""

    articles: list[Article]
    original: Article | None


# An adaptation is a new piece: its paragraphs are nobody's translation.
_credits: Composed[Attribution] = Composed(
    lambda story: (
        Attribution.objects.filter(article__story=story)
        .exclude(origin__in=[Origin.ORIGINAL, Origin.ADAPTATION])
        .only("article_id", "source_article_id", "source_work_id")
    ),
    story=int,
)


def companions(article: Article, others: Sequence[Article]) -> Companions:
    """Those of the others that were made from it, it from them, or both from one source.

    All are of one story. One query, and none where there are no others.
    """
    if not others:
        return Companions([], None)
    sources = {
        credit.article_id: Source(credit.source_article_id, credit.source_work_id)
        for credit in _credits(story=article.story_id)
    }
    mine = sources.get(article.pk)
    found = [other for other in others if _says_the_same(article, other, sources)]
    original = next((other for other in found if mine and other.pk == mine.article), None)
    return Companions(found, original)


def _says_the_same(one: Article, other: Article, sources: dict[int, Source]) -> bool:
    mine, theirs = sources.get(one.pk), sources.get(other.pk)
    if (mine and mine.article == other.pk) or (theirs and theirs.article == one.pk):
        return True
    return mine is not None and mine == theirs
