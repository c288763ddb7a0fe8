"""manage.py make_renditions: the files that pages show of pictures, where they are missing."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.models import Image


class Command(BaseCommand):
    help = "Make the renditions that pictures lack, say after a release that wants new ones."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        field: Any = Image._meta.get_field("file")
        lost = 0
        for image in Image.objects.order_by("-pk").iterator(chunk_size=200):
            try:
                field.make_renditions(image)
            except OSError as error:  # this file alone: the others are made all the same
                lost += 1
                self.stderr.write(f"Picture {image.pk}: {error}")
        if verbosity:
            self.stdout.write(f"Done. Pictures that could not be read: {lost}.")
