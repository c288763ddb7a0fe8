"""What a reader thinks of a comment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vote(models.Model):
    """One voter's vote on one comment; taken back, it stays as 0. Written by `comments.voting`."""

    # In this order the key also finds all votes of one voter; a comment's are never looked for.
    pk = models.CompositePrimaryKey("voter", "comment")
    voter = models.CharField(_("voter"), max_length=50)
    comment = models.ForeignKey(
        "comments.Comment",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("comment"),
    )
    value = models.SmallIntegerField(_("vote"))
    # The value before the last change: what the counters must move by is value - previous.
    previous = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__in=[-1, 0, 1], previous__in=[-1, 0, 1]),
                name="vote_is_up_down_or_none",
                violation_error_message=_("A vote is 1, -1 or 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter}: {self.value:+d}"
