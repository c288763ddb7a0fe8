"""What was posted lately, so that a repeated post is noticed."""

from django.db import models


class RecentPost(models.Model):
    """A post of the last ten minutes by a keyed hash of writer, place and text.

    Written by `comments.repeats`. The row's key is the lock: of two equal posts at once the
    second waits for the first one's transaction.
    """

    key = models.CharField(primary_key=True, max_length=64)
    comment = models.ForeignKey(
        "comments.Comment", models.CASCADE, null=True, related_name="+", db_index=False
    )
    posted_at = models.DateTimeField(db_index=True)  # the index finds the old ones to forget

    def __str__(self) -> str:
        return self.key
