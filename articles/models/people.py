"""Who made a piece: contributors and what each did for it."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.names import NameKeyField, name_key
from operations.addresses import address
from operations.names import LanguageTextField, in_language, language_of
from richtext.plain import plain_text


class ContributorQuerySet(models.QuerySet["Contributor"]):
    def known(self, now: datetime) -> Self:
        """Whom readers may know of: a piece that they see at `now` or have seen names them."""
        lines = Contribution.objects.under_own_name().once_public(now)
        return self.filter(Exists(lines.filter(contributor=OuterRef("pk"))))


class Contributor(models.Model):
    """A person with a public page. May belong to somebody who signs in."""

    slug = models.SlugField(_("slug"), unique=True)
    names = LanguageTextField(pgettext_lazy("of a person", "name"))
    role_lines = LanguageTextField(_("what they do"), max_text=120, blank=True)
    bios = LanguageTextField(_("about"), long=True, max_text=2000, blank=True)
    portrait = models.ForeignKey(
        "articles.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )

    # Of the names in all languages: see articles.bylines.
    name_keys = ArrayField(models.TextField(), default=list, db_default=[], editable=False)

    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["slug"]
        indexes = [GinIndex(fields=["name_keys"], name="contributor_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        columns = options.get("update_fields")
        if columns is None or "names" in columns:
            self.name_keys = sorted({name_key(name) for name in self.names.values()} - {""})
            if columns is not None:
                options["update_fields"] = {*columns, "name_keys"}
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        return address("articles:contributor_detail", self.slug)

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def role_line(self) -> str:
        return in_language(self.role_lines)

    @property
    def role_line_language(self) -> str:
        return language_of(self.role_lines)

    @property
    def bio(self) -> str:
        return in_language(self.bios)

    @property
    def bio_language(self) -> str:
        return language_of(self.bios)


class Role(models.TextChoices):
    REPORTER = "reporter", _("reporter")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("reviewer")
    EDITOR = "editor", _("editor")
    PHOTOGRAPHER = "photographer", _("photographer")
    ILLUSTRATOR = "illustrator", _("illustrator")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def under_own_name(self) -> Self:
        """Those that may be shown with the person: no public page connects a pseudonym with one."""
        return self.filter(credited_as="")

    def once_public(self, now: datetime) -> Self:
        """Those of articles that are so: see `ArticleQuerySet.once_public`."""
        return self.exclude(article__status="draft").filter(article__publish_at__lte=now)


class Contribution(models.Model):
    """One line of an article's byline, in order."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="contributions")
    contributor = models.ForeignKey(
        Contributor,
        models.PROTECT,
        related_name="contributions",
        verbose_name=_("contributor"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.REPORTER)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    credited_as = models.CharField(
        _("name in this byline"),
        max_length=120,
        blank=True,
        validators=[plain_text],
        help_text=_("A pseudonym or another writing of the name, for this article alone."),
    )
    credited_key = NameKeyField(of="credited_as", db_default="")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="contribution_is_unique",
                violation_error_message=_("This person already has this role in the byline."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="contribution_role_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["credited_key"],
                condition=~models.Q(credited_key=""),
                name="contribution_by_credited_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"

    @property
    def name(self) -> str:
        """The name that readers see here."""
        return self.credited_as or self.contributor.name

    @property
    def person(self) -> Contributor | None:
        """Of whom readers may know that this is theirs: nobody, where it has a name of its own."""
        return None if self.credited_as else self.contributor
