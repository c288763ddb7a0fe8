"""How often the demo's articles were read in the seven days before it was loaded."""

from datetime import timedelta

from articles.models import Article, Readership, Story
from operations.clock import database_now, site_day


def load_readings(table: dict[str, dict[str, list[int]]], stories: dict[str, Story]) -> None:
    """`table` has by language and story how often it was read each day, today last."""
    today = site_day(database_now())
    articles = {
        (article.story_id, article.language): article
        for article in Article.objects.filter(story__in=stories.values())
    }
    Readership.objects.bulk_create(
        Readership(
            article=articles[stories[name].pk, language],
            read_on=today - timedelta(days=ago),
            readings=readings,
        )
        for language, rows in table.items()
        for name, days in rows.items()
        for ago, readings in enumerate(reversed(days))
    )
