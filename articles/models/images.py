"""Pictures: stored re-encoded and without metadata (see pictures.reencoding)."""

from datetime import date
from typing import Any, NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from imagefield.fields import PPOIField

from operations.names import LanguageTextField, in_language
from pictures.renditions import WEBP, RenderedImageField, Size, formats
from richtext.plain import plain_text

WIDTHS = (480, 800, 1200, 1600)
CROPS = {"square": (160, 160), "wide": (1200, 630)}
SHARED = "wide"  # other sites and programs get this crop; not all of them read WebP
SIZES: dict[str, Size] = {f"w{width}": ("thumbnail", (width, width * 20)) for width in WIDTHS} | {
    name: ("crop", size) for name, size in CROPS.items()
}


class Shown(NamedTuple):
    """What a picture element says: its address, pixels, and what browsers may choose among."""

    url: str
    width: int
    height: int
    srcset: str
    webp: str


def steps(own_width: int) -> list[int]:
    """The widths in which a picture of this width is written: up to the first that holds it all."""
    larger = [width for width in WIDTHS if width >= own_width]
    return [width for width in WIDTHS if width < own_width] + larger[:1]


def wanted_renditions(image: "Image") -> set[str]:
    names = {f"w{step}" for step in steps(image.width or 1)} | set(CROPS)
    return names | {name + WEBP for name in names}


relative_point = RegexValidator(
    r"\A(0(\.\d{1,6})?|1(\.0{1,6})?)x(0(\.\d{1,6})?|1(\.0{1,6})?)\Z",
    _("Write the focal point as two numbers from 0 to 1, like 0.5x0.25."),
)


class ImageQuerySet(models.QuerySet["Image"]):
    def licensed_on(self, day: date) -> Self:
        """Those that readers may see on the day. Its row-wise twin is `Image.is_licensed_on`."""
        return self.exclude(licence_ends_on__lt=day)


def pictures_named(text: Any) -> models.Func:
    """In SQL, an array of the keys of the pictures that a text names.

    Those of articles' texts are in an index.
    """
    keys: Any = ArrayField(models.BigIntegerField())
    return models.Func(text, function="articles_pictures_named", output_field=keys)


class Image(models.Model):
    """One picture with its focal point, its credit and its alternative text per language."""

    file = RenderedImageField(
        _("picture"),
        upload_to="pictures/%Y/%m/",
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        formats=formats(SIZES, without_webp=(SHARED,)),
        wanted=wanted_renditions,
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

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.alt or self.file.name.rpartition("/")[2]

    @property
    def alt(self) -> str:
        return in_language(self.alts)

    def is_licensed_on(self, day: date) -> bool:
        """Whether readers may see it on the day. Its filter twin is `licensed_on()`."""
        return self.licence_ends_on is None or self.licence_ends_on >= day

    def whole(self) -> Shown:
        """The uncropped picture in its widths; where none is chosen, about 800 pixels wide."""
        own_width, own_height = self.width or 1, self.height or 1
        widths = steps(own_width)
        sources = [(self._plain(step), min(step, own_width)) for step in widths]
        webp = [(getattr(self.file, f"w{step}{WEBP}"), min(step, own_width)) for step in widths]
        url, width = sources[min(1, len(sources) - 1)]
        height = max(1, round(own_height * width / own_width))
        return Shown(url, width, height, _srcset(sources), _srcset(webp))

    @property
    def small(self) -> str:
        """The address of the smallest file that shows all of the picture."""
        return self._plain(steps(self.width or 1)[0])

    @property
    def middling(self) -> str:
        """The address of the file that is 1200 pixels wide, or as wide as the picture is."""
        return self._plain(next(step for step in steps(self.width or 1)[::-1] if step <= 1200))

    def cropped(self, shape: str) -> Shown:
        """The same of one of CROPS, cut around the focal point; without widths to choose from."""
        webp = "" if shape == SHARED else getattr(self.file, shape + WEBP)
        return Shown(getattr(self.file, shape), *CROPS[shape], "", webp)

    def _plain(self, step: int) -> str:
        """The address of the picture as wide as that, no WebP; its own file where that will do."""
        is_whole = step >= (self.width or 1) and not self.file.name.endswith(".webp")
        return self.file.url if is_whole else getattr(self.file, f"w{step}")


def _srcset(sources: list[tuple[str, int]]) -> str:
    return ", ".join(f"{address} {width}w" for address, width in sources)
