"""The conversation of a story, shared by its language editions."""

from collections.abc import Iterable
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from operations.clock import database_now
from operations.composed import Composed
from operations.models import CommentPolicy

LONGEST_PAUSE = 24 * 3600  # seconds between two comments of one person, in slow mode
TOO_LONG_PAUSE = _("The pause can last a day at most: 86400 seconds.")


def talk_tag(story_id: int) -> str:
    """By which the pages that show a story's conversation are dropped, when it changes."""
    return f"talk:{story_id}"


def tags_of_talk(article: Article) -> tuple[str, str]:
    """Of pages that show the conversation below the article."""
    return article.tag, talk_tag(article.story_id)


class StoryPolicy(models.TextChoices):
    """Who may write below one story. What the site's own policy forbids stays forbidden."""

    OPEN = "open", _("open: as the site says")
    HELD = "held", _("held first: a moderator approves each comment")
    MEMBERS = "members", _("members only: guests read and vote")
    CLOSED = "closed", _("closed: no new comments and no votes")


class DiscussionManager(models.Manager["Discussion"]):
    def of_story(self, story_id: int) -> "Discussion":
        """The story's conversation, unsaved where nobody has written yet. One query."""
        return _of_story.first(story=story_id) or Discussion(story_id=story_id)

    def counts_for(self, articles: Iterable[Article]) -> dict[int, int]:
        """{story id: number of public comments} of those that have any. One query."""
        stories = {article.story_id for article in articles}
        counts = self.filter(story__in=stories, comment_count__gt=0)
        return dict(counts.values_list("story_id", "comment_count"))

    def moments_after(self, now: datetime) -> tuple[models.QuerySet, ...]:
        """Of when a conversation closes by itself next: a query for a union."""
        closing = self.filter(closes_at__gt=now).order_by("closes_at")
        return (closing.values_list("closes_at")[:1],)


class Discussion(models.Model):
    """What a story's comments have in common. Comes into being with the first of them.

    The counters are moved by `comments.counting` alone, last in the transaction that changes
    what is public.
    """

    story = models.OneToOneField(
        "articles.Story", models.CASCADE, related_name="+", verbose_name=_("story")
    )
    policy = models.CharField(
        _("comments"),
        max_length=7,
        choices=StoryPolicy,
        default=StoryPolicy.OPEN,
        db_default=StoryPolicy.OPEN,
    )
    # What its authors ask for, beside the desk's: kept by triggers, see `comments.Protection`.
    authors_policy = models.CharField(
        _("by wish of its authors"),
        max_length=7,
        choices=StoryPolicy,
        default=StoryPolicy.OPEN,
        db_default=StoryPolicy.OPEN,
        editable=False,
    )
    closes_after_days = models.PositiveSmallIntegerField(
        _("closes after days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from when the story first appeared. Empty: it stays open."),
    )
    # The moment that follows from it: written by `comments.closing` alone.
    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)
    slow_seconds = models.PositiveIntegerField(
        _("seconds between two comments of one person"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(LONGEST_PAUSE, TOO_LONG_PAUSE)],
        help_text=_("Slow mode, for talks that run hot. With 0 everybody writes as they like."),
    )
    invites = models.BooleanField(
        _("invites readers to comment"),
        default=False,
        help_text=_("A line at the edge of the story asks for comments; readers can close it."),
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    thread_count = models.PositiveIntegerField(_("threads"), default=0, editable=False)
    people_count = models.PositiveIntegerField(_("people"), default=0, editable=False)
    # {language code: how many public comments are written in it}
    comments_by_language = models.JSONField(default=dict, editable=False)

    objects = DiscussionManager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [
            # when one closes next
            models.Index(
                fields=["closes_at"],
                condition=Q(closes_at__isnull=False),
                name="discussion_closes",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(policy__in=StoryPolicy.values, authors_policy__in=StoryPolicy.values),
                name="discussion_policy_is_known",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None, closes_after_days=None)
                | Q(closes_at__isnull=False, closes_after_days__gte=1),
                name="discussion_closes_after_days",
                violation_error_message=_("A conversation closes a day after the story at least."),
            ),
            models.CheckConstraint(
                condition=Q(slow_seconds__lte=LONGEST_PAUSE),
                name="discussion_pause_is_a_day_at_most",
                violation_error_message=TOO_LONG_PAUSE,
            ),
        ]

    def __str__(self) -> str:
        """The headline of the oldest edition that readers know of. One query."""
        known = Article.objects.once_public(Now()).filter(story=self.story_id)
        return known.order_by("id").values_list("headline", flat=True).first() or f"#{self.pk}"

    @property
    def tag(self) -> str:
        """What pages that show it are dropped by."""
        return talk_tag(self.story_id)

    def count_in(self, language: str) -> int:
        """How many public comments are written in the language."""
        return self.comments_by_language.get(language, 0)

    def accepts(self, policy: str, *, at: datetime | None) -> bool:
        """Whether readers may write and vote here then, under the site's `comment_policy`.

        Of who writes `is_for_members` says more. One query where no time is given and it matters.
        """
        is_over = self.closes_at is not None and self.closes_at <= (at or database_now())
        is_closed = self.asks(StoryPolicy.CLOSED) or policy == CommentPolicy.CLOSED
        return not (is_over or is_closed)

    def asks(self, policy: StoryPolicy) -> bool:
        """Whether the desk or an author wants this here: what either forbids is forbidden."""
        return policy in (self.policy, self.authors_policy)

    @property
    def is_for_members(self) -> bool:
        """Whether guests may not write here."""
        return self.asks(StoryPolicy.MEMBERS)


_of_story: Composed[Discussion] = Composed(
    lambda story: Discussion.objects.filter(story=story), story=int
)
