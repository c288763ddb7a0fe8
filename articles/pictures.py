"""Keeping a picture: written anew by `pictures.reencoding`, with its renditions."""

from typing import BinaryIO

from django.core.files.base import File

from articles.models import Image
from pictures.reencoding import reencode


def store_picture(
    file: BinaryIO | File,
    *,
    alts: dict[str, str],
    credit: str = "",
    focal_point: str = "0.5x0.5",
) -> Image:
    """Keeps the picture with its renditions. Raises ValidationError like `reencode`."""
    image = Image(file=reencode(file), alts=alts, credit=credit, focal_point=focal_point)
    image.full_clean()
    image.save()
    return image
