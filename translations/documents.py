"""The letters and contracts that permissions rest on: what is taken in."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024
# By its ending: how a file begins. Those not here are text, in which no NUL stands.
BEGINNINGS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG"}
TEXTS = ("txt", "eml")


def check_document(file: UploadedFile) -> None:
    """Raises ValidationError unless the file is what its ending says, and at most 20 MB."""
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(_("This file is too large: at most 20 MB."), code="bytes")
    ending = PurePath(file.name or "").suffix.lower().removeprefix(".")
    if ending in BEGINNINGS:
        file.seek(0)
        is_fine = file.read(len(BEGINNINGS[ending])) == BEGINNINGS[ending]
    else:
        is_fine = ending in TEXTS and not any(b"\0" in chunk for chunk in file.chunks())
    file.seek(0)
    if not is_fine:
        raise ValidationError(
            _("Choose a PDF, a text, a mail or a picture: .pdf, .txt, .eml, .jpg or .png."),
            code="format",
        )
