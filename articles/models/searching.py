"""What an article is found by."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchText(models.Model):
    """One for each article, whatever its status: who searches asks for live ones.

    Triggers keep it: it is made anew whenever its article, byline or a name in it changes, and
    whenever it is written itself, so that nothing else can stand here.
    """

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="search_text"
    )
    outlets = models.TextField(blank=True, db_default="")  # written by who knows of credits
    text = models.TextField(editable=False)  # standfirst and body, without any markup
    words = SearchVectorField(editable=False)

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(fields=["words"], name="search_text_words")]

    def __str__(self) -> str:
        return str(self.article_id)
