"""Where a piece came from: publications, their works, and what an article owes to them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from richtext.plain import plain_text
from translations.fields import (
    ADDRESS_PATTERN,
    LANGUAGE_PATTERN,
    LanguageCodeField,
    WebAddressField,
)


class Publication(models.Model):
    """The outlet that a piece came from."""

    name = models.CharField(
        pgettext_lazy("of a publication", "name"), max_length=120, validators=[plain_text]
    )
    slug = models.SlugField(_("slug"), unique=True)
    url = WebAddressField(_("web address"))
    language = LanguageCodeField(_("language"), help_text=_("A code like de, fr or pt-br."))

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__regex=ADDRESS_PATTERN), name="publication_url_is_normalised"
            ),
            models.CheckConstraint(
                condition=Q(language__regex=LANGUAGE_PATTERN), name="publication_language_is_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SourceWork(models.Model):
    """One piece as another publication printed it."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="works", verbose_name=_("publication")
    )
    title = models.CharField(_("title"), max_length=300, validators=[plain_text])
    url = WebAddressField(
        _("web address"),
        unique=True,
        error_messages={"unique": _("This piece is already here, perhaps written differently.")},
    )
    language = LanguageCodeField(_("language"), help_text=_("A code like de, fr or pt-br."))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    byline = models.CharField(_("byline"), max_length=200, blank=True, validators=[plain_text])

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__regex=ADDRESS_PATTERN), name="source_work_url_is_normalised"
            ),
            models.CheckConstraint(
                condition=Q(language__regex=LANGUAGE_PATTERN), name="source_work_language_is_a_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publication})"

    def clean(self) -> None:
        """Refuses a language that the articles made from this work contradict. One query."""
        used = Attribution.objects.filter(source_work=self.pk).select_related("article")
        for attribution in used if self.pk else ():
            attribution.source_work = self
            if attribution.problems():
                raise ValidationError(
                    {"language": _("This contradicts the credit of “%(article)s”.")
                     % {"article": attribution.article}}
                )  # fmt: skip


class Origin(models.TextChoices):
    ORIGINAL = "original", _("original: our own piece")
    TRANSLATION = "translation", _("translation")
    REPUBLICATION = "republication", _("republication, not translated")


class Treatment(models.TextChoices):
    FULL = "full", _("in full")
    ABRIDGED = "abridged", _("abridged")


class AttributionQuerySet(models.QuerySet["Attribution"]):
    def with_sources(self) -> Self:
        """All that a credit sentence names, but for the article's byline. One query."""
        return self.select_related("source_work__publication", "source_article").defer(
            "source_article__body"
        )


class Attribution(models.Model):
    """What an article was made from, and on what terms. Without a row it is an original."""

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    origin = models.CharField(_("origin"), max_length=13, choices=Origin, default=Origin.ORIGINAL)
    source_work = models.ForeignKey(
        SourceWork,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source elsewhere"),
        help_text=_("The piece as another publication printed it."),
    )
    source_article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of our own"),
        help_text=_("Our own article of the same story in another language."),
    )
    treatment = models.CharField(
        _("treatment"), max_length=8, choices=Treatment, default=Treatment.FULL
    )
    exclusive_for = models.CharField(
        _("exclusively for"),
        max_length=120,
        blank=True,
        help_text=_("Whoever alone may publish it; empty where others may as well."),
        validators=[plain_text],
    )

    objects = AttributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="attribution_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(treatment__in=Treatment.values), name="attribution_treatment_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin="original", source_work=None, source_article=None)
                | Q(origin="translation", source_work=None, source_article__isnull=False)
                | Q(
                    origin__in=["translation", "republication"],
                    source_work__isnull=False,
                    source_article=None,
                ),
                name="attribution_has_its_one_source",
                violation_error_message=_("Give exactly one source, and none for an original."),
            ),
            models.CheckConstraint(
                condition=~Q(origin="original") | Q(treatment="full", exclusive_for=""),
                name="attribution_of_original_has_no_terms",
                violation_error_message=_("An original has neither treatment nor exclusivity."),
            ),
            models.CheckConstraint(
                condition=~Q(source_article=F("article")),
                name="attribution_is_not_to_itself",
                violation_error_message=_("An article is not its own source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_origin_display()}"

    def clean(self) -> None:
        """Every rule that the database keeps, said beside the field that can cure it."""
        if problems := self.problems():
            raise ValidationError(problems)

    def problems(self) -> dict[str, str]:
        """What is impossible about this credit: messages by field. Two queries at most."""
        if self.origin == Origin.ORIGINAL:
            return self._problems_of_original()
        if problems := self._problems_of_number():
            return problems
        return self._problems_of_language()

    @property
    def source_language(self) -> str:
        """The language of what the article was made from; '' for an original."""
        source = self.source_work or self.source_article
        return source.language if source else ""

    def _problems_of_original(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        for field in ("source_work", "source_article"):
            if getattr(self, f"{field}_id"):
                problems[field] = gettext("An original has no source.")
        if self.treatment != Treatment.FULL:
            problems["treatment"] = gettext("Only a piece with a source is abridged.")
        if self.exclusive_for:
            problems["exclusive_for"] = gettext(
                "Only a piece with a source is credited as exclusive."
            )
        return problems

    def _problems_of_number(self) -> dict[str, str]:
        if self.source_work_id and self.source_article_id:
            return {"source_article": gettext("Give one source: elsewhere or our own, not both.")}
        if self.origin == Origin.REPUBLICATION and not self.source_work_id:
            field = "source_article" if self.source_article_id else "source_work"
            return {field: gettext("A republication comes from another publication.")}
        if not self.source_work_id and not self.source_article_id:
            return {"source_work": gettext("Say what this was translated from.")}
        return {}

    def _problems_of_language(self) -> dict[str, str]:
        if self.source_article:
            return self._problems_of_own_source(self.source_article)
        ours, theirs = self.article.language, self.source_language
        if self.origin == Origin.TRANSLATION and theirs == ours:
            return {"source_work": gettext("This source is in the article's own language.")}
        if self.origin == Origin.REPUBLICATION and theirs.split("-")[0] != ours.split("-")[0]:
            return {"source_work": gettext("A republication is in its source's language.")}
        return {}

    def _problems_of_own_source(self, source: Article) -> dict[str, str]:
        if source.pk == self.article.pk:
            return {"source_article": gettext("An article is not its own source.")}
        if source.story_id != self.article.story_id:
            return {"source_article": gettext("This article belongs to another story.")}
        if source.language == self.article.language:
            return {"source_article": gettext("This source is in the article's own language.")}
        return {}
