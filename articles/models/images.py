"""Pictures: stored re-encoded and without metadata (see articles.pictures)."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField

from articles.names import LanguageTextField, in_language

WIDTHS = (480, 800, 1200, 1600)


class Image(models.Model):
    """One picture with its focal point, its credit and its alternative text per language."""

    file = ImageField(
        _("picture"),
        upload_to="pictures/%Y/%m/",
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        formats={f"w{width}": ["default", ("thumbnail", (width, width))] for width in WIDTHS}
        | {"square": ["default", ("crop", (160, 160))], "wide": ["default", ("crop", (1200, 630))]},
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    focal_point = PPOIField(_("focal point"))
    alts = LanguageTextField(_("alternative text"), max_text=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.alt or self.file.name.rpartition("/")[2]

    @property
    def alt(self) -> str:
        return in_language(self.alts)
