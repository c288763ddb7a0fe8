"""What was decided about comments, by whom and why."""

from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from comments.explaining import detail_of, name_of
from richtext.plain import no_address, plain_text

MAX_NOTE = 1000
HELD_FIRST = "held_first"  # the rule where the site or the story holds every comment
HELD_FOR_AUTHOR = "author"  # the rule where an author has every comment held


class Status(models.TextChoices):
    """What is left of a comment for readers: all of it, nothing yet, or a tombstone."""

    HELD = "held", _("held")
    PUBLIC = "public", _("public")
    REMOVED = "removed", _("removed")
    SPAM = "spam", _("spam")
    ERASED = "erased", _("deleted by its writer")


REJECTED = (Status.REMOVED, Status.SPAM)


class Reason(models.TextChoices):
    """Why a comment is reported, held or taken away."""

    SPAM = "spam", _("advertising or spam")
    ABUSE = "abuse", _("insult or threat")
    HATE = "hate", _("hatred of a group")
    OFF_TOPIC = "off_topic", _("off topic")
    FALSE = "false", _("false claim")
    ILLEGAL = "illegal", _("against the law")
    OTHER = "other", pgettext_lazy("reason", "something else")


class EntryQuerySet(models.QuerySet["ModerationEntry"]):
    def standing(self, comments: Collection[int]) -> Self:
        """Of these comments what still holds."""
        return self.filter(comment__in=comments).still_held_to()

    def against(self, *, by: User) -> Self:
        """What this person decided that did not let the comment be seen."""
        return self.filter(actor=by, reverses=None).exclude(after=Status.PUBLIC)

    def still_held_to(self) -> Self:
        """What is neither undone nor an undoing."""
        undoing = ModerationEntry.objects.filter(reverses=OuterRef("pk"))
        return self.filter(~Exists(undoing), reverses=None)


class ModerationEntry(models.Model):
    """One decision about one comment, by a person or by a rule. Written by `comments.moderating`.

    Append-only: a trigger refuses every change. It names neither the comment's writer nor its
    text. `before` is empty where the rule decided while the comment was being written; the same
    status before and after tells of a comment that was looked at and left as it is. One that
    `reverses` another is its undoing; each is undone once at most.
    """

    comment = models.ForeignKey(
        "comments.Comment",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("comment"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    rule = models.CharField(_("rule"), max_length=40, blank=True)
    before = models.CharField(_("before"), max_length=7, choices=Status, blank=True)
    # What else an undoing has to restore.
    reason_before = models.CharField(max_length=9, choices=Reason, blank=True, editable=False)
    reviewed_before_at = models.DateTimeField(null=True, editable=False)
    after = models.CharField(_("after"), max_length=7, choices=Status)
    reason = models.CharField(_("reason"), max_length=9, choices=Reason, blank=True)
    note = models.TextField(
        _("note"), max_length=MAX_NOTE, blank=True, validators=[plain_text, no_address]
    )
    # All that the rules found, the decisive among it: {"rule", "reason", "detail"} of each.
    findings = models.JSONField(
        _("findings"), default=list, db_default=models.Value([], models.JSONField()), editable=False
    )
    decided_at = models.DateTimeField(_("decided"), db_default=Now())
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("undoes"),
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a comment")
        verbose_name_plural = _("decisions about comments")
        ordering = ["id"]
        indexes = [
            # what became of one comment
            models.Index(fields=["comment", "id"], name="moderation_of_comment"),
            # what was decided in a time
            models.Index(fields=["decided_at"], name="moderation_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(actor__isnull=False) & Q(rule="")) | (Q(actor=None) & ~Q(rule="")),
                name="moderation_is_by_person_or_rule",
                violation_error_message=_("Either a person decides or a rule."),
            ),
            models.CheckConstraint(
                condition=Q(before__in=["", *Status.values], after__in=Status.values),
                name="moderation_states_are_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    reason__in=["", *Reason.values], reason_before__in=["", *Reason.values]
                ),
                name="moderation_reason_is_known",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | Q(actor__isnull=False, reverses__lt=F("id")),
                name="moderation_undoes_what_came_before",
                violation_error_message=_("Only a person undoes a decision, and after it."),
            ),
            models.CheckConstraint(
                condition=~Q(after__in=list(REJECTED)) | ~Q(reason=""),
                name="moderation_rejects_for_a_reason",
                violation_error_message=_("Say why the comment is taken away."),
            ),
        ]

    @property
    def rule_name(self) -> str:
        """The rule in the desk's words; '' where a person decided."""
        return name_of(self.rule)

    @property
    def found(self) -> list[tuple[str, str]]:
        """(Rule, detail) in the desk's words, without what the decision itself says already."""
        findings = [(each["rule"], each["detail"]) for each in self.findings]
        return [
            (name_of(rule), detail_of(rule, detail))
            for rule, detail in findings
            if detail or rule != self.rule
        ]

    @property
    def is_appealable(self) -> bool:
        """Whether it took the comment away, or a rule held it that does not hold all."""
        is_singled_out = self.rule not in ("", HELD_FIRST, HELD_FOR_AUTHOR)
        return self.after in REJECTED or (self.after == Status.HELD and is_singled_out)

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.before} → {self.after}"
