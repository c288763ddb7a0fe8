"""On what terms a piece may be used: licences, and what a publication has permitted."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from richtext.plain import plain_text, visible_text
from translations.addresses import ADDRESS_PATTERN
from translations.fields import LanguageCodeField, WebAddressField


class Licence(models.Model):
    """Terms that hold for everybody, like CC BY 4.0."""

    name = models.CharField(
        pgettext_lazy("of a licence", "name"), max_length=120, validators=[plain_text, visible_text]
    )
    slug = models.SlugField(_("slug"), unique=True)
    url = WebAddressField(_("web address"), blank=True)
    allows_translation = models.BooleanField(
        _("allows translation"),
        default=True,
        help_text=_("Off for “no derivatives”: a translation then needs a written permission."),
    )
    allows_commercial_use = models.BooleanField(_("allows commercial use"), default=True)
    is_share_alike = models.BooleanField(
        _("share alike"),
        default=False,
        help_text=_("What is made from it must be offered under the same licence."),
    )
    is_house = models.BooleanField(
        _("the house's own"),
        default=False,
        help_text=_("Others may republish our own pieces under it. At most one licence is."),
    )

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex=ADDRESS_PATTERN),
                name="licence_url_is_normalised",
            ),
            models.UniqueConstraint(
                fields=["is_house"],
                condition=Q(is_house=True),
                name="licence_of_the_house_is_one",
                violation_error_message=_("Another licence is already the house's own."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PermissionKind(models.TextChoices):
    LICENCE = "licence", _("by a licence")
    WRITTEN = "written", _("in writing")
    CONTRACT = "contract", _("by contract")
    PUBLIC_DOMAIN = "public-domain", _("public domain")


class Exclusivity(models.TextChoices):
    NONE = "none", _("not exclusive")
    LANGUAGE = "language", _("exclusive in the languages")
    WORLD = "world", _("exclusive everywhere")


def private_documents() -> models.fields.files.Storage:  # type: ignore[name-defined]
    """Where contracts lie: nothing serves them but the desk."""
    return storages["private"]


class Permission(models.Model):
    """That we may use one work, or all works of a publication, and until when."""

    source_work = models.ForeignKey(
        "translations.SourceWork",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="permissions",
        verbose_name=_("source"),
    )
    publication = models.ForeignKey(
        "translations.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="permissions",
        verbose_name=_("publication"),
        help_text=_("For all of its works, where no single source is given."),
    )
    kind = models.CharField(_("kind"), max_length=13, choices=PermissionKind)
    licence = models.ForeignKey(
        Licence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("licence"),
    )
    exclusivity = models.CharField(
        _("exclusivity"), max_length=8, choices=Exclusivity, default=Exclusivity.NONE
    )
    languages = ArrayField(
        LanguageCodeField(),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("Codes like de, fr or pt-br, with commas; empty for all languages."),
    )
    begins_on = models.DateField(_("valid from"), null=True, blank=True)
    ends_on = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Its last day.")
    )
    ends_publication = models.BooleanField(
        _("ends with the permission"),
        default=False,
        help_text=_("What is published by it disappears after the last day."),
    )
    granted_by = models.CharField(
        _("granted by"), max_length=200, blank=True, validators=[plain_text]
    )
    document = models.FileField(
        _("document"),
        upload_to="permissions/%Y/%m/",
        storage=private_documents,
        blank=True,
        validators=[FileExtensionValidator(["pdf", "txt", "eml", "jpg", "jpeg", "png"])],
        help_text=_("The letter or contract. Only the desk can open it."),
    )
    notes = models.TextField(_("notes"), max_length=2000, blank=True, validators=[plain_text])

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = [F("ends_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_work=None, publication__isnull=False)
                | Q(source_work__isnull=False, publication=None),
                name="permission_is_for_a_work_or_a_publication",
                violation_error_message=_("Give a source or a publication, not both."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PermissionKind.values), name="permission_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="licence", licence__isnull=False)
                | (~Q(kind="licence") & Q(licence=None)),
                name="permission_by_licence_names_it",
                violation_error_message=_("A permission by a licence names the licence."),
            ),
            models.CheckConstraint(
                condition=Q(exclusivity__in=Exclusivity.values),
                name="permission_exclusivity_is_known",
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="permission_ends_after_it_begins",
                violation_error_message=_("The permission would end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_publication=False) | Q(ends_on__isnull=False),
                name="permission_that_ends_publication_has_an_end",
                violation_error_message=_("Say until when it is valid."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_work or self.publication}: {self.get_kind_display()}"

    def clean(self) -> None:
        """Every rule that the database keeps, said beside the field that can cure it."""
        problems: dict[str, str] = {}
        if bool(self.source_work_id) == bool(self.publication_id):
            problems["source_work"] = gettext("Give a source or a publication, not both.")
        if (self.kind == PermissionKind.LICENCE) != bool(self.licence_id):
            problems["licence"] = (
                gettext("Only a permission by a licence names one.")
                if self.licence_id
                else gettext("A permission by a licence names the licence.")
            )
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            problems["ends_on"] = gettext("The permission would end before it begins.")
        if self.ends_publication and not self.ends_on:
            problems["ends_on"] = gettext("Say until when it is valid.")
        if problems:
            raise ValidationError(problems)


class PermissionNotice(models.Model):
    """That those who publish were told of a permission's end, `step` days ahead. Append-only.

    Plain ids, for a log outlives what it speaks of. Whoever moves the end is told anew.
    """

    class Step(models.IntegerChoices):
        MONTH = 30, _("within 30 days")
        WEEK = 7, _("within 7 days")
        DAY = 1, _("within a day")
        ENDED = 0, _("ended")

    permission = models.PositiveBigIntegerField(_("permission"))
    ends_on = models.DateField(_("valid until"))
    step = models.PositiveSmallIntegerField(_("step"), choices=Step)
    noticed_at = models.DateTimeField(_("told"), db_default=Now())

    class Meta:
        verbose_name = _("notice of a permission's end")
        verbose_name_plural = _("notices of permissions' ends")
        constraints = [
            models.UniqueConstraint(
                fields=["permission", "ends_on", "step"], name="permission_notice_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(step__in=[30, 7, 1, 0]), name="permission_notice_step_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permission}: {self.get_step_display()}"
