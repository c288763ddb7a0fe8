"""What authors wish for the conversations below all of their stories."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.discussions import StoryPolicy

WISHES = [choice for choice in StoryPolicy.choices if choice[0] != StoryPolicy.OPEN]


class Protection(models.Model):
    """How comments are received below every story that somebody is a reporter of.

    Triggers on it, on bylines and on publishing keep `Discussion.authors_policy`, the strictest of
    a story's authors, and begin the conversation of a silent story. Drafts count for nothing. Two
    of one person, as after a merger, do no harm.
    """

    contributor = models.ForeignKey(
        "articles.Contributor", models.CASCADE, related_name="+", verbose_name=_("author")
    )
    policy = models.CharField(_("comments"), max_length=7, choices=WISHES)

    class Meta:
        verbose_name = _("protection of an author")
        verbose_name_plural = _("protections of authors")
        constraints = [
            models.CheckConstraint(
                condition=Q(policy__in=[value for value, _label in WISHES]),
                name="protection_policy_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.get_policy_display()}"
