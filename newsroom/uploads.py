"""How much a form may carry."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MAX_REQUEST_BYTES = 32 * 1024 * 1024  # a picture of 12 MB and the form around it, and to spare


class RequestSizeLimit(FileUploadHandler):
    """Stands before the handlers that keep files, and refuses a larger request unread (413)."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        *args: Any,
    ) -> None:
        if content_length > MAX_REQUEST_BYTES:
            raise RequestDataTooBig("More than 32 MB in one form.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data  # to the next handler

    def file_complete(self, file_size: int) -> None:
        return None
