"""Where pieces come from: publications, their works, and these works' texts over time."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from operations.names import LanguageTextField
from richtext.plain import plain_text
from translations.addresses import ADDRESS_PATTERN
from translations.fields import LANGUAGE_PATTERN, LanguageCodeField, WebAddressField
from translations.models.terms import Licence

COUNTRY = r"^[A-Z]{2}$"


HERE_ALREADY = _("This piece is already here, perhaps written differently.")


def same_place(url: Any) -> Func:
    """The address without what makes no other piece: http or https, and slashes at the end."""
    rest = Func(url, Value("^https?://"), Value(""), function="regexp_replace")
    return Func(rest, Value("/+$"), Value(""), function="regexp_replace",
                output_field=models.TextField())  # fmt: skip


def _hash_of_text() -> Func:
    """SHA-256 of the column `text` in UTF-8, in hexadecimal digits."""
    encoded = Func("text", Value("UTF8"), function="convert_to", output_field=models.BinaryField())
    digest = Func(encoded, function="sha256", output_field=models.BinaryField())
    return Func(digest, Value("hex"), function="encode", output_field=models.CharField())


class Publication(models.Model):
    """The outlet that a piece came from."""

    name = models.CharField(
        pgettext_lazy("of a publication", "name"), max_length=120, validators=[plain_text]
    )
    slug = models.SlugField(_("slug"), unique=True)
    url = WebAddressField(_("web address"))
    language = LanguageCodeField(_("language"), help_text=_("A code like de, fr or pt-br."))
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(COUNTRY, _("Write the country as two capitals, like DE."))],
        help_text=_("Two capitals, like DE."),
    )
    logo = models.ForeignKey(
        "articles.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    licence = models.ForeignKey(
        Licence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("licence"),
        help_text=_("Under which its works may be used, unless a work says otherwise."),
    )
    credit_wordings = LanguageTextField(
        _("credit wording"),
        max_text=300,
        blank=True,
        help_text=_("A sentence that it asks for; it stands after the credit."),
    )

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
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=COUNTRY),
                name="publication_country_is_a_code",
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
        error_messages={"unique": HERE_ALREADY},
    )
    language = LanguageCodeField(_("language"), help_text=_("A code like de, fr or pt-br."))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    modified_on = models.DateField(_("changed on"), null=True, blank=True)
    byline = models.CharField(_("byline"), max_length=200, blank=True, validators=[plain_text])
    licence = models.ForeignKey(
        Licence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("licence"),
        help_text=_("Where it is not that of the publication."),
    )
    checked_at = models.DateTimeField(_("last compared"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(
        _("withdrawn"), null=True, blank=True, help_text=_("When the publication took it back.")
    )

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
            models.UniqueConstraint(
                same_place(F("url")),
                name="source_work_is_here_once",
                violation_error_message=HERE_ALREADY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publication})"


class Change(models.TextChoices):
    """How a source's text differs from the one before it."""

    MINOR = "minor", _("minor: translations stay as they are")
    MAJOR = "major", _("major: translations are out of date")
    CORRECTION = "correction", _("a correction of an error")


class SourceText(models.Model):
    """A source's text as it was at one time. Append-only: a trigger refuses changes."""

    source_work = models.ForeignKey(
        SourceWork, models.PROTECT, related_name="texts", verbose_name=_("source")
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), max_length=200_000)
    sha256 = models.CharField(_("hash"), max_length=64, editable=False)
    change = models.CharField(_("change"), max_length=10, choices=Change, default=Change.MAJOR)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken"), db_default=Now())

    class Meta:
        verbose_name = _("source text")
        verbose_name_plural = _("source texts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_work", "number"], name="source_text_number_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(change__in=Change.values), name="source_text_change_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sha256=_hash_of_text()), name="source_text_hash_is_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_work_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sha256 = sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)
