"""The part of an address that a headline or a name gives it."""

from typing import Any

from django.db import connection
from slugify import slugify

from articles.models import Article, Redirect

LONGEST = 80
# German writes its umlauts out; elsewhere the dots simply go.
GERMAN = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")]


def slug_for(article: Article) -> str:
    """A slug from the headline that no other article in the language has: -2, -3 … if need be.

    Letters of every script are written in Latin ones; a headline without letters is "article".
    Locks the name until the transaction ends, so that two articles saved at once never take the
    same. Two queries and two more for each slug that is taken.
    """
    replacements = GERMAN if article.language == "de" else []
    base = slugged(article.headline, longest=LONGEST, replacements=replacements) or "article"
    with connection.cursor() as cursor:
        key = f"article-slug:{article.language}:{base}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    return free_slug(base, row=article)


def slugged(text: str, *, longest: int, **options: Any) -> str:
    """The text as a slug of whole words; empty for one without letters and digits."""
    return slugify(text, max_length=longest, word_boundary=True, save_order=True, **options)


def free_slug(base: str, *, row: Any) -> str:
    """`base`, or the first of base-2, base-3 … that no other row of its kind has.

    Nor any that leads readers to another row. Two queries for each.
    """
    language = getattr(row, "language", "")
    others = type(row).objects.exclude(pk=row.pk)
    if language:
        others = others.filter(language=language)
    slug, number = base, 1
    while (
        others.filter(slug=slug).exists()
        or Redirect.objects.reserved_from(row, slug, language=language).exists()
    ):
        number += 1
        slug = f"{base}-{number}"
    return slug
