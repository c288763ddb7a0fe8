"""What a list of found articles shows of them, by queries that are composed once."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from articles.models import Article, Contribution
from articles.reading import hold
from operations.composed import Composed


def any_of(keys: str) -> RawSQL:
    """The keys that a text holds with commas between them, for `filter(pk__in=…)`."""
    return RawSQL("SELECT unnest(string_to_array(%s, ',')::bigint[])", [keys])


def listed(keys: Iterable[int]) -> str:
    """For `any_of`."""
    return ",".join(str(key) for key in keys)


def found_articles(keys: Iterable[int]) -> dict[int, Article]:
    """{key: its article with section and byline}. Two queries."""
    articles = {article.pk: article for article in _articles(keys=listed(keys))}
    bylines: dict[int, list[Contribution]] = {key: [] for key in articles}
    for line in _bylines(keys=listed(articles)):
        bylines[line.article_id].append(line)
    for key, article in articles.items():
        hold(article, "contributions", bylines[key])
    return articles


_articles: Composed[Article] = Composed(
    lambda keys: (
        Article.objects.filter(pk__in=any_of(keys))
        .select_related("section")
        .only("story_id", "language", "slug", "headline", "publish_at", "section__slug",
              "section__names")
    ),
    keys=str,
)  # fmt: skip
_bylines: Composed[Contribution] = Composed(
    lambda keys: Contribution.objects.filter(article__in=any_of(keys)).select_related(
        "contributor"
    ),
    keys=str,
)
