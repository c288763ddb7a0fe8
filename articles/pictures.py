"""Keeping a picture: written anew by `pictures.reencoding`, with its renditions."""

from datetime import timedelta
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.tasks import task

from articles.models import Image
from operations.clock import database_now
from pictures.reencoding import reencode

CENTRE = "0.5x0.5"
SAME_SHAPE = 0.01  # how far the ratios of two pictures may lie apart
PAGES_ARE_GONE = timedelta(days=1)  # from caches and from readers' screens


def store_picture(
    file: BinaryIO | File,
    *,
    alts: dict[str, str],
    credit: str = "",
    focal_point: str = CENTRE,
) -> Image:
    """Keeps the picture with its renditions. Raises ValidationError like `reencode`."""
    image = Image(file=reencode(file), alts=alts, credit=credit, focal_point=focal_point)
    image.full_clean()
    image.save()
    return image


@transaction.atomic
def save_picture(image: Image) -> None:
    """Saves what a form wrote to the picture, with its renditions. Locks its row.

    A new file takes the place of the old one. The focal point stays where both have the same
    shape or somebody has just moved it, else it goes back to the middle. Files that nothing leads
    to any more are removed a day later: pages that caches and readers still have show them.
    """
    before = Image.objects.select_for_update().filter(pk=image.pk).first()
    if before is None:
        image.save()
        return
    has_new_file = not getattr(image.file, "_committed", True)
    if has_new_file and before.focal_point == image.focal_point and not _alike(before, image):
        image.focal_point = CENTRE
    image.save()
    if has_new_file or before.focal_point != image.focal_point:
        prune_later(before)


def _alike(one: Image, other: Image) -> bool:
    """Whether both have the same shape, so that what matters lies in the same place."""
    first, second = ((each.width or 1) / (each.height or 1) for each in (one, other))
    return abs(first - second) <= SAME_SHAPE * first


def prune_later(image: Image) -> None:
    """Has the files of the picture as it was removed in a day, but for those still in use."""
    moment = database_now() + PAGES_ARE_GONE
    prune_picture.using(run_after=moment).enqueue(str(image.file.name))


@task()
def prune_picture(name: str) -> int:
    """Removes what no picture shows any more of a file and its renditions; how many renditions."""
    field: Any = Image._meta.get_field("file")
    with transaction.atomic():
        image = Image.objects.select_for_update().filter(file=name).first()
        if image is not None:
            return field.remove_renditions(name, but=field.stored_names(image))
        field.storage.delete(name)
        return field.remove_renditions(name)
