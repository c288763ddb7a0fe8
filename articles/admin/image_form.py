"""The form of a picture: its file with a preview, and its focal point in numbers or by a click."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models.images import relative_point
from pictures.reencoding import PictureField

HELP = _(
    "JPEG, PNG or WebP, at most 12 MB and 40 million pixels. Where and with what it was taken is"
    " removed. Another file takes the place of this one wherever it is used."
)
FOCAL_HELP = _(
    "The spot that every crop keeps. Click into the picture, move the point with the arrow keys,"
    " or write the numbers."
)


class PictureInput(forms.FileInput):
    """A file input below the picture as it is stored."""

    template_name = "articles/widgets/picture_input.html"
    needs_multipart_form = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        image = getattr(value, "instance", None)  # an upload that was refused has none
        if image is not None and image.pk and getattr(value, "_committed", False):
            context |= {"file": value, "shown": image.whole()}
        return context


def picture_field() -> PictureField:
    accepted = {"accept": "image/jpeg,image/png,image/webp"}
    return PictureField(label=_("Picture"), help_text=HELP, widget=PictureInput(attrs=accepted))


class FocalPointWidget(forms.MultiWidget):
    """Two numbers: how far the point lies from the left and from the top, in per cent."""

    template_name = "articles/widgets/focal_point.html"

    def __init__(self) -> None:
        number = forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any"})
        super().__init__({"x": number, "y": number})

    def decompress(self, value: str | None) -> list[str]:
        parts = (value or "").split("x")
        try:
            return [f"{100 * float(part):.4f}".rstrip("0").rstrip(".") for part in parts]
        except ValueError:
            return ["50", "50"]


class FocalPointField(forms.MultiValueField):
    """Yields the point as pictures keep it: `0.5x0.25`."""

    widget = FocalPointWidget

    def __init__(self) -> None:
        numbers = [forms.FloatField(min_value=0, max_value=100) for _side in "xy"]
        super().__init__(numbers, label=_("Focal point"), help_text=FOCAL_HELP, initial="0.5x0.5")

    def compress(self, values: list[float]) -> str:
        point = "x".join(_share(value) for value in values) if values else "0.5x0.5"
        relative_point(point)
        return point


def _share(per_cent: float) -> str:
    return f"{per_cent / 100:.6f}".rstrip("0").rstrip(".")
