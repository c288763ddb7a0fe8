"""Who wants mail about which conversation, and what was sent."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class FollowerManager(models.Manager["Follower"]):
    def forget_idle_guests(self) -> int:
        """Deletes the addresses of guests who follow nothing; how many."""
        followed = Subscription.objects.values("follower")
        return self.filter(member=None).exclude(pk__in=followed).delete()[0]


class Follower(models.Model):
    """Somebody who gets mail: a member, or a guest's address (in small letters)."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)

    objects = FollowerManager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="follower_email_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, email="") | (Q(member=None) & ~Q(email="")),
                name="follower_is_member_or_guest",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Where mail goes; '' for a member who has none or may not sign in any more."""
        if self.member is None:
            return self.email
        return self.member.email if self.member.is_active else ""


class Kind(models.TextChoices):
    """What one can follow, in the order in which a mail names its reason."""

    REPLIES = "replies", _("replies to my comment")
    BRANCH = "branch", _("all answers below a comment")
    STORY = "story", _("new comments on this story")


class Frequency(models.TextChoices):
    NOW = "now", _("at once")
    HOURLY = "hourly", _("once an hour")
    DAILY = "daily", _("once a day")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class Subscription(models.Model):
    """One wish to be told. Written by `comments.following` alone; ended means deleted."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="+")
    discussion = models.ForeignKey("comments.Discussion", models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=7, choices=Kind)
    comment = models.ForeignKey(
        "comments.Comment", models.CASCADE, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    frequency = models.CharField(
        _("how often"), max_length=6, choices=Frequency, default=Frequency.NOW
    )
    created_at = models.DateTimeField(_("asked for"), db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "discussion", "kind", "comment"],
                nulls_distinct=False,
                name="subscription_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(kind="story", comment=None)
                | Q(kind__in=["branch", "replies"], comment__isnull=False),
                name="subscription_names_its_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_frequency_display()})"


class DigestEntry(models.Model):
    """A comment that waits for a follower's next digest. Deleted when that is sent."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="+")
    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("digest entry")
        verbose_name_plural = _("digest entries")
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "comment"], name="digest_entry_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.subscription_id}"


class SendLog(models.Model):
    """That a follower was sent a mail about a comment. Append-only: the database refuses change.

    One mail per person and comment, whatever else they follow; `kind` is the reason it gave. Plain
    ids, no names and no addresses: it outlives the comment and the follower.
    """

    comment_id = models.BigIntegerField()
    follower_id = models.BigIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("sent mail")
        verbose_name_plural = _("sent mails")
        constraints = [
            models.UniqueConstraint(
                fields=["comment_id", "follower_id"], name="send_log_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.comment_id} → {self.follower_id}"
