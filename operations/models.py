"""What an operator decides about the whole site."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest
from django.tasks import TaskResultStatus
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet
from imagefield.fields import ImageField

from operations.composed import Composed
from operations.contrast import DARK_RAISED, LIGHT_PAPER, MINIMUM_CONTRAST, contrast
from operations.names import LanguageTextField, in_language, language_of
from richtext.plain import plain_text, visible_text


def default_editions() -> list[str]:
    return [settings.LANGUAGE_CODE]


COLOUR = r"^#[0-9a-f]{6}$"
hex_colour = RegexValidator(COLOUR, _("Write the colour as # and six digits, like #0b5766."))
_number, _space = r"(#|#,###?|#,##,##)?0(\.0+)?", "[ \u00a0\u202f]?"
MONEY_PATTERN = f"^(¤{_space}{_number}|{_number}{_space}¤)$"
NO_MONEY_PATTERN = _(
    "Write a number pattern with one ¤ for the currency, like #,##0 ¤ or ¤#,##0.00."
)
money_pattern = RegexValidator(MONEY_PATTERN, NO_MONEY_PATTERN)
MOST_WORDS = 10_000  # characters: both lists are read with the site's settings
WEEK = 7 * 24 * 60  # minutes
TOO_LONG_HIDDEN = _("Scores can be hidden for a week at most: 10080 minutes.")


_answered: ContextVar[HttpRequest | None] = ContextVar("answered", default=None)


class CommentPolicy(models.TextChoices):
    OPEN = "open", _("open: published at once")
    HELD = "held", _("held first: a moderator approves each comment")
    CLOSED = "closed", _("closed: no new comments")


class SiteSettings(models.Model):
    """The one row that names and dresses the site. `load()` always finds it."""

    name = models.CharField(
        _("name"), max_length=80, default="The Newsroom", validators=[plain_text, visible_text]
    )
    place = models.CharField(
        _("place"), max_length=80, blank=True, validators=[plain_text, visible_text]
    )
    accent_light = models.CharField(
        _("accent on light paper"), max_length=7, default="#0b5766", validators=[hex_colour]
    )
    accent_dark = models.CharField(
        _("accent on dark paper"), max_length=7, default="#74c6d4", validators=[hex_colour]
    )
    logo = ImageField(_("logo"), upload_to="site/", blank=True, auto_add_fields=True)
    logo_dark = ImageField(
        _("logo on dark paper"),
        upload_to="site/",
        blank=True,
        auto_add_fields=True,
        help_text=_("As large as the other. Without it, that one stands on light ground."),
    )
    footers = LanguageTextField(
        _("footer"),
        long=True,
        max_text=1000,
        blank=True,
        help_text=_("Where a language has none, the default language's stands."),
    )
    editions = ArrayField(
        models.CharField(max_length=7, choices=settings.LANGUAGES),
        verbose_name=_("editions"),
        default=default_editions,
    )
    money_pattern = models.CharField(
        _("money"),
        max_length=20,
        default="#,##0 ¤",
        validators=[money_pattern],
        help_text=_(
            "The pattern of amounts: #,##0 ¤ shows 2,355 $, with the marks and digits of each"
            " edition. Decimals show where there are some; with .00 they always show."
        ),
    )
    comment_policy = models.CharField(
        _("comments"), max_length=6, choices=CommentPolicy, default=CommentPolicy.OPEN
    )
    held_words = models.TextField(
        _("words that hold a comment"),
        max_length=MOST_WORDS,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "One a line: whole words, whatever their case and accents; several in a row; with * at"
            " the end any ending. A comment with one of them waits for a moderator."
        ),
    )
    refused_words = models.TextField(
        _("words that are refused"),
        max_length=MOST_WORDS,
        blank=True,
        default="",
        db_default="",
        help_text=_("As above. Who writes one of them is told which, and can change the text."),
    )
    allows_down_votes = models.BooleanField(
        _("votes against a comment"),
        default=True,
        help_text=_(
            "Without them readers can only vote for a comment. Those cast before still count."
        ),
    )
    hides_scores_minutes = models.PositiveSmallIntegerField(
        _("minutes without a score"),
        default=0,
        validators=[MaxValueValidator(WEEK, TOO_LONG_HIDDEN)],
        help_text=_("How long a comment, once public, shows no score. With 0 it shows it at once."),
    )
    holds_at_flags = models.PositiveSmallIntegerField(
        _("reports that hold a comment"),
        default=3,
        db_default=3,
        help_text=_(
            "So many readers' reports hide a comment until a moderator decides, unless one has"
            " looked at it already. With 0 reports hide nothing."
        ),
    )
    allows_sign_up = models.BooleanField(
        _("new members"),
        default=True,
        db_default=True,
        help_text=_(
            "Readers may make themselves an account. Without it the desk alone makes accounts."
        ),
    )
    allows_ai_crawlers = models.BooleanField(
        _("texts for training models"),
        default=True,
        db_default=True,
        help_text=_(
            "Without them robots.txt asks the known programs that collect texts for the training of"
            " AI models to stay away. Search engines list the site either way."
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="site_settings_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(editions__len__gt=0), name="site_settings_has_an_edition"
            ),
            models.CheckConstraint(
                condition=models.Q(accent_light__regex=COLOUR, accent_dark__regex=COLOUR),
                name="site_settings_accents_are_colours",
            ),
            models.CheckConstraint(
                condition=models.Q(money_pattern__regex=MONEY_PATTERN),
                name="site_settings_money_pattern_is_one",
                violation_error_message=NO_MONEY_PATTERN,
            ),
            models.CheckConstraint(
                condition=models.Q(comment_policy__in=CommentPolicy.values),
                name="site_settings_comment_policy_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(hides_scores_minutes__lte=WEEK),
                name="site_settings_scores_are_hidden_for_a_week_at_most",
                violation_error_message=TOO_LONG_HIDDEN,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "SiteSettings":
        """The row, or unsaved defaults before anybody has saved it. One query."""
        return saved_settings.first() or cls(pk=1)

    @classmethod
    def of(cls, request: HttpRequest) -> "SiteSettings":
        """The row as it is for the whole of this request. One query at its first use."""
        return vars(request)["site_settings"]

    @classmethod
    def keep(cls, request: HttpRequest, row: "SiteSettings | None") -> None:
        """Makes what was read with something else the row of this request; None: defaults.

        Also where its edition was looked up in one read a moment before.
        """
        vars(request)["site_settings"] = row or cls(pk=1)

    @classmethod
    @contextmanager
    def answering(cls, request: HttpRequest) -> Iterator[None]:
        """Makes the row of this request the current one, for what knows of no request."""
        before = _answered.set(request)
        try:
            yield
        finally:
            _answered.reset(before)

    @classmethod
    def current(cls) -> "SiteSettings":
        """The row of the request that is being answered; outside of one load() finds it."""
        request = _answered.get()
        return cls.load() if request is None else cls.of(request)

    @property
    def footer(self) -> str:
        return in_language(self.footers)

    @property
    def footer_language(self) -> str:
        return language_of(self.footers)

    def scores_until(self, now: datetime) -> datetime:
        """Comments that became public after it show no score yet."""
        hidden = timedelta(minutes=self.hides_scores_minutes)
        return now - hidden if hidden else datetime.max.replace(tzinfo=UTC)

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if settings.LANGUAGE_CODE not in self.editions:
            errors["editions"] = _("The default language is always an edition.")
        for field, paper in (("accent_light", LIGHT_PAPER), ("accent_dark", DARK_RAISED)):
            if not re.fullmatch(COLOUR, getattr(self, field)):
                continue  # its own validator says so
            ratio = contrast(getattr(self, field), paper)
            if ratio < MINIMUM_CONTRAST:
                errors[field] = _(
                    "This colour reaches a contrast of %(ratio).1f on its paper; 4.5 is needed."
                ) % {"ratio": ratio}
        if errors:
            raise ValidationError(errors)


saved_settings: Composed[SiteSettings] = Composed(lambda: SiteSettings.objects.filter(pk=1))


class ScheduledJob(models.Model):
    """When a registered job is due next. Moved on by `operations.schedule` alone."""

    name = models.CharField(_("job"), max_length=80, primary_key=True)
    due_at = models.DateTimeField(_("due"))
    started_at = models.DateTimeField(_("last started"), null=True)

    class Meta:
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """The last sign of life of a running worker, by which a killed one is told."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.worker_id


class FailureManager(models.Manager.from_queryset(DBTaskResultQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> models.QuerySet["Failure"]:
        """What failed and has not gone well since: given up, or waiting for another try."""
        unsettled = models.Q(status__in=[TaskResultStatus.FAILED, TaskResultStatus.READY])
        return super().get_queryset().filter(unsettled).exclude(exception_class_path="")


class Failure(DBTaskResult):
    """A background task that failed, as the desk lists it."""

    objects = FailureManager()  # type: ignore[misc]  # the library's is a class variable

    class Meta:
        proxy = True
        verbose_name = _("failed task")
        verbose_name_plural = _("failed tasks")
        default_permissions = ("view",)
        permissions = [("replay_failure", _("Can run failed tasks again"))]

    def __str__(self) -> str:
        return self.task_name
