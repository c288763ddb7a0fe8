"""The conversation of a story, shared by its language editions."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from operations.composed import Composed
from operations.models import CommentPolicy


class DiscussionManager(models.Manager["Discussion"]):
    def of_story(self, story_id: int) -> "Discussion":
        """The story's conversation, unsaved where nobody has written yet. One query."""
        return _of_story.first(story=story_id) or Discussion(story_id=story_id)

    def counts_for(self, articles: Iterable[Article]) -> dict[int, int]:
        """{story id: number of public comments} of those that have any. One query."""
        stories = {article.story_id for article in articles}
        counts = self.filter(story__in=stories, comment_count__gt=0)
        return dict(counts.values_list("story_id", "comment_count"))


class Discussion(models.Model):
    """What a story's comments have in common. Comes into being with the first of them.

    The counters are moved by `comments.counting` alone, last in the transaction that changes
    what is public.
    """

    story = models.OneToOneField(
        "articles.Story", models.CASCADE, related_name="+", verbose_name=_("story")
    )
    is_closed = models.BooleanField(
        _("closed"), default=False, help_text=_("No new comments and no votes.")
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

    def __str__(self) -> str:
        """The headline of the oldest edition that readers know of. One query."""
        known = Article.objects.once_public(Now()).filter(story=self.story_id)
        return known.order_by("id").values_list("headline", flat=True).first() or f"#{self.pk}"

    @property
    def tag(self) -> str:
        """What pages that show it are dropped by."""
        return f"story:{self.story_id}"

    def count_in(self, language: str) -> int:
        """How many public comments are written in the language."""
        return self.comments_by_language.get(language, 0)

    def accepts(self, policy: str) -> bool:
        """Whether readers may write and vote here under the site's `comment_policy`."""
        return not self.is_closed and policy != CommentPolicy.CLOSED


_of_story: Composed[Discussion] = Composed(
    lambda story: Discussion.objects.filter(story=story), story=int
)
