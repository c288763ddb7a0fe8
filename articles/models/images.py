"""Pictures: stored re-encoded and without metadata (see pictures.reencoding)."""

from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from imagefield.fields import ImageField, PPOIField

from articles.names import LanguageTextField, in_language
from richtext.plain import plain_text

WIDTHS = (480, 800, 1200, 1600)
CROPS = {"square": (160, 160), "wide": (1200, 630)}

relative_point = RegexValidator(
    r"\A(0(\.\d{1,6})?|1(\.0{1,6})?)x(0(\.\d{1,6})?|1(\.0{1,6})?)\Z",
    _("Write the focal point as two numbers from 0 to 1, like 0.5x0.25."),
)


class Image(models.Model):
    """One picture with its focal point, its credit and its alternative text per language."""

    file = ImageField(
        _("picture"),
        upload_to="pictures/%Y/%m/",
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        formats={f"w{width}": ["default", ("thumbnail", (width, width * 20))] for width in WIDTHS}
        | {name: ["default", ("crop", size)] for name, size in CROPS.items()},
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    focal_point = PPOIField(_("focal point"), validators=[relative_point])
    alts = LanguageTextField(_("alternative text"), max_text=500, blank=True)
    credit = models.CharField(
        pgettext_lazy("of a picture", "credit"),
        max_length=200,
        blank=True,
        validators=[plain_text],
    )
    licence = models.CharField(
        pgettext_lazy("of a picture", "licence"),
        max_length=120,
        blank=True,
        validators=[plain_text],
        help_text=_("On what terms it may be shown: “CC BY 4.0”, “agency, web only”."),
    )
    licence_url = models.URLField(_("terms of the licence"), blank=True)
    licence_ends_on = models.DateField(
        _("last day of the licence"),
        null=True,
        blank=True,
        help_text=_("After this day no reader sees it any more, wherever it is used."),
    )
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

    def whole(self) -> tuple[str, int, int, str]:
        """Address, width, height and `srcset` of the uncropped picture."""
        own_width, own_height = self.width or 1, self.height or 1
        sources = [(getattr(self.file, f"w{step}"), step) for step in WIDTHS if step < own_width]
        if len(sources) < len(WIDTHS):  # its own size is the last step
            sources.append((self.file.url, own_width))
        url, width = sources[min(1, len(sources) - 1)]
        srcset = ", ".join(f"{address} {step}w" for address, step in sources)
        return url, width, round(own_height * width / own_width), srcset

    def cropped(self, shape: str) -> tuple[str, int, int, str]:
        """The same of one of CROPS, cut around the focal point; without a `srcset`."""
        return getattr(self.file, shape), *CROPS[shape], ""
