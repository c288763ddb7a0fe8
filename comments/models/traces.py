"""From which network a comment came, for moderators and for a month."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trace(models.Model):
    """A comment's network and text as keyed hashes. Written by `comments.tracing`.

    The network's key is another each day, so that comments of one day can be seen to come from one
    network, and nobody can be followed from day to day. No address is kept anywhere.
    """

    comment = models.OneToOneField(
        "comments.Comment",
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("comment"),
    )
    network = models.CharField(max_length=32)
    fingerprint = models.CharField(max_length=32)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("trace of a comment")
        verbose_name_plural = _("traces of comments")
        indexes = [
            # what came from one network on one day, and whether the same text did
            models.Index(fields=["network", "fingerprint"], name="trace_network"),
            # what is to be forgotten
            models.Index(fields=["written_at"], name="trace_written"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"
