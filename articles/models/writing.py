"""What stands beside an article while it is written: what was typed, who may look, dead links."""

import secrets
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.revisions import Revision


class Autosave(models.Model):
    """What one person has typed into an article's form and not saved: at most one for each.

    `fields` is the form as a browser sends it: {name: [values]}. It is forgotten once the form is
    saved, and a month after the last change.
    """

    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("article"),
        help_text=_("Empty for one that was never saved."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    based_on = models.ForeignKey(
        Revision, models.CASCADE, null=True, related_name="+", verbose_name=_("based on")
    )
    fields = models.JSONField(_("fields"))
    saved_at = models.DateTimeField(_("saved"), db_default=Now())

    class Meta:
        verbose_name = _("autosave")
        verbose_name_plural = _("autosaves")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"],
                nulls_distinct=False,
                name="autosave_is_one_per_person",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(based_on=None),
                name="autosave_of_no_article_is_based_on_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id or '+'}/{self.user_id}"


MOST_DAYS = 90  # for which a link is good


class PreviewLink(models.Model):
    """An address at which somebody without an account sees a text that is not published."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="+", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        Revision,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revision"),
        help_text=_("Empty: always the newest text."),
    )
    token = models.CharField(
        max_length=43, unique=True, editable=False, default=partial(secrets.token_urlsafe, 32)
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"), db_default=Now())
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="preview_link_expires_after_it_was_made",
                violation_error_message=_("This time has already passed."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("created_at") + timedelta(days=MOST_DAYS)),
                name="preview_link_is_good_for_its_most_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.pk}"


class LinkCheck(models.Model):
    """What an address of another site answered last. `status` is HTTP's; 0: nothing answered."""

    url = models.URLField(_("address"), max_length=2000, unique=True)
    status = models.PositiveSmallIntegerField(_("answer"), default=0)
    checked_at = models.DateTimeField(_("checked"), db_default=Now())

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")

    def __str__(self) -> str:
        return f"{self.status} {self.url}"
