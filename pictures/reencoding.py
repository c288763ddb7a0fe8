"""Pictures come in from anywhere: they are decoded, stripped and written anew before we keep them.

Only JPEG, PNG and WebP, by their content. What is stored is upright, in sRGB and without EXIF
(where it was taken, with what), XMP, comments or colour profiles.
"""

import warnings
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from slugify import slugify

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 3200  # what is larger is stored smaller: twice the widest rendition
MIN_SIDE = 16
MAX_RATIO = 20  # a longer strip would lose its short side in the renditions
FORMATS = ("JPEG", "PNG", "WEBP")  # an MPO, as phones write it, is read as its first JPEG
PHONES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")  # ISO 23008-12

# Pillow only warns at its limit and refuses at twice that; here the limit is a limit.
Pillow.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Pillow.DecompressionBombWarning)

TOO_MANY_BYTES = _("This file is too large: at most 12 MB.")
TOO_MANY_PIXELS = _("This picture has too many pixels: at most 40 million.")
NOT_A_PICTURE = _("This is not a picture that we can use: choose a JPEG, PNG or WebP file.")
FROM_A_PHONE = _("This is a HEIC or AVIF picture, as phones take them: save it as JPEG first.")
DAMAGED = _("This picture is damaged or incomplete.")
ANIMATED = _("This picture is animated: choose a still one.")
TOO_SMALL = _("This picture is too small or too narrow.")


def reencode(file: BinaryIO | File) -> SimpleUploadedFile:
    """The picture written anew: upright, sRGB, no metadata; JPEG, or PNG or WebP if transparent.

    Raises ValidationError for anything that is not one still picture within the limits.
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_MANY_BYTES, code="bytes")
    source = _open(data)
    try:
        upright = ImageOps.exif_transpose(source)
        picture = _in_srgb(upright)
    except Exception as error:  # Pillow raises nearly anything for damaged files
        raise ValidationError(DAMAGED, code="damaged") from error
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Pillow.Resampling.LANCZOS)
    return _written(picture, name=str(getattr(file, "name", "")), was_webp=source.format == "WEBP")


def _open(data: bytes) -> Pillow.Image:
    """The picture with its header read and checked, its pixels not yet decoded."""
    try:
        picture = Pillow.open(BytesIO(data), formats=FORMATS)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels") from error
    except Exception as error:  # as above
        is_from_a_phone = data[4:8] == b"ftyp" and data[8:12] in PHONES
        message = FROM_A_PHONE if is_from_a_phone else NOT_A_PICTURE
        raise ValidationError(message, code="format") from error
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels")
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise ValidationError(ANIMATED, code="animated")
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise ValidationError(TOO_SMALL, code="small")
    return picture


def _in_srgb(picture: Pillow.Image) -> Pillow.Image:
    """The pixels as RGB or RGBA in sRGB. A broken colour profile is ignored."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode.startswith("I;16"):  # 16 bits of grey would be cut off, not scaled
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode=mode)
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture.convert(mode)


def _written(picture: Pillow.Image, *, name: str, was_webp: bool) -> SimpleUploadedFile:
    picture.info = {}  # Pillow would copy comments and profiles from here
    options: dict[str, Any]
    if picture.mode == "RGBA" and ImageOps.invert(picture.getchannel("A")).getbbox():
        options = {"format": "WEBP", "quality": 90} if was_webp else {"format": "PNG"}
    else:
        picture = picture.convert("RGB")
        options = {"format": "JPEG", "quality": 90, "progressive": True, "optimize": True}
    target = BytesIO()
    picture.save(target, **options)
    kind = options["format"].lower()
    # A name that nobody guesses: who has a file's address may see it before anything is published.
    stem = f"{slugify(PurePath(name).stem, max_length=60) or 'picture'}-{get_random_string(12)}"
    suffix = "jpg" if kind == "jpeg" else kind
    return SimpleUploadedFile(f"{stem}.{suffix}", target.getvalue(), f"image/{kind}")


class PictureField(forms.FileField):
    """A file field that yields the picture written anew, or a message beside the field."""

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        return None if file is None else reencode(file)
