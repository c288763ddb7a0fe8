"""Mail on a local site: kept as files, and said at the console."""

import logging
from typing import Any

from django.core.mail.backends.filebased import EmailBackend

logger = logging.getLogger("newsroom.mail")


class LocalMailBackend(EmailBackend):
    """Writes each message below its `file_path` and logs one line, so that nobody misses it."""

    def write_message(self, message: Any) -> None:
        super().write_message(message)
        to = ", ".join(message.recipients())
        logger.info("Mail to %s: %s (kept in %s)", to, message.subject, self.file_path)
