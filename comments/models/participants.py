"""Who takes part in which conversation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Participant(models.Model):
    """Somebody in one conversation: how much of theirs is public there, and when they came.

    `comment_count` is moved by `comments.counting`, `wrote_at` by `comments.pausing` where the
    conversation is in slow mode, the other times by `comments.visits`.
    """

    pk = models.CompositePrimaryKey("writer", "discussion")
    # As `Vote.voter`; '' stands for all of whom nothing is known.
    writer = models.CharField(_("writer"), max_length=50, blank=True)
    discussion = models.ForeignKey(
        "comments.Discussion", models.CASCADE, related_name="+", db_index=False
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0)
    # The last sign of the visit that goes on or was the last one, and of the one before it.
    visited_at = models.DateTimeField(_("last visit"), null=True)
    left_at = models.DateTimeField(_("end of the visit before"), null=True)
    wrote_at = models.DateTimeField(_("last comment in slow mode"), null=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return f"{self.writer}: {self.discussion_id}"
