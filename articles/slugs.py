"""The part of an article's address that its headline gives it."""

from django.db import connection
from django.db.models import QuerySet
from slugify import slugify

from articles.models import Article

LONGEST = 80
# German writes its umlauts out; elsewhere the dots simply go.
GERMAN = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")]


def slug_for(article: Article) -> str:
    """A slug from the headline that no other article in the language has: -2, -3 … if need be.

    Locks the name until the transaction ends, so that two articles saved at once never take the
    same. One query and one more for each slug that is taken.
    """
    replacements = GERMAN if article.language == "de" else []
    base = slugify(
        article.headline, max_length=LONGEST, word_boundary=True, replacements=replacements
    )
    base = base or "article"
    with connection.cursor() as cursor:
        key = f"article-slug:{article.language}:{base}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    return free_slug(
        base, among=Article.objects.in_edition(article.language).exclude(pk=article.pk)
    )


def free_slug(base: str, *, among: QuerySet) -> str:
    """`base`, or the first of base-2, base-3 … that no row has. A query for each."""
    slug, number = base, 1
    while among.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
