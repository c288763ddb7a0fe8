"""What a comment is found by."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchText(models.Model):
    """One for each public comment, and for no other: triggers write and delete them."""

    comment = models.OneToOneField(
        "comments.Comment", models.DO_NOTHING, primary_key=True, related_name="search_text"
    )
    text = models.TextField(editable=False)  # without any markup, and without its spoilers
    words = SearchVectorField(editable=False)

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(fields=["words"], name="comment_search_text_words")]

    def __str__(self) -> str:
        return str(self.comment_id)
