"""Readers' reports of comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from comments.models.moderation import Reason
from richtext.plain import plain_text

MAX_FLAG = 1000


class Outcome(models.TextChoices):
    """What became of a report."""

    UPHELD = "upheld", _("The comment was taken away.")
    DISMISSED = "dismissed", _("The comment stays.")
    ERASED = "erased", _("The comment was deleted by its writer.")


class FlagQuerySet(models.QuerySet["Flag"]):
    def still_open(self) -> "FlagQuerySet":
        return self.filter(outcome="")


class Flag(models.Model):
    """That somebody reports a comment; one for each person. Begun by `comments.flagging` alone.

    A trigger refuses another outcome than it has.
    `Comment.open_flags` counts those that wait. The reporter is told to nobody but the desk.
    """

    comment = models.ForeignKey(
        "comments.Comment",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("comment"),
    )
    # As `Vote.voter`.
    reporter = models.CharField(_("reported by"), max_length=50)
    reason = models.CharField(_("reason"), max_length=9, choices=Reason)
    text = models.TextField(
        _("what is wrong"), max_length=MAX_FLAG, blank=True, validators=[plain_text]
    )
    # How much it counts towards holding, by how far the reporter is trusted.
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    # Of the edition where it was reported, and of the mail about what became of it.
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    wants_mail = models.BooleanField(_("wants to be told by mail"), default=False)
    created_at = models.DateTimeField(_("reported"), db_default=Now())
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(_("decided"), null=True)
    # The moderator's decision that ended it: an undoing lets it wait again.
    decision = models.ForeignKey(
        "comments.ModerationEntry",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("decision"),
    )
    # What the last mail about it said became of it.
    told = models.CharField(max_length=9, choices=Outcome, blank=True, editable=False)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        indexes = [
            # what somebody reported
            models.Index(fields=["reporter", "-id"], name="flag_reporter"),
        ]
        constraints = [
            # also finds those of one comment
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                name="flag_is_one_per_person",
                violation_error_message=_("You have reported this comment already."),
            ),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="flag_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None, decision=None)
                | Q(outcome__in=Outcome.values, closed_at__isnull=False),
                name="flag_is_open_or_closed",
            ),
            models.CheckConstraint(condition=~Q(reporter=""), name="flag_is_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.reason}"
