"""Mail on a local site, and mail that one can unsubscribe from with one click."""

import logging
from email import policy as policies
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

logger = logging.getLogger("newsroom.mail")


class LocalMailBackend(EmailBackend):
    """Writes each message below its `file_path` and logs one line, so that nobody misses it."""

    def write_message(self, message: Any) -> None:
        super().write_message(message)
        to = ", ".join(message.recipients())
        logger.info("Mail to %s: %s (kept in %s)", to, message.subject, self.file_path)


class UnbrokenHeader(UnstructuredHeader):
    """A header on one line: Python would encode an address of more than 77 signs as foreign text.

    Mail programs read an encoded List-Unsubscribe as none (RFC 2369 allows no encoding there).
    """

    def fold(self, *, policy: Any) -> str:
        return f"List-Unsubscribe: {self}{policy.linesep}"


_registry = HeaderRegistry()
_registry.map_to_type("list-unsubscribe", UnbrokenHeader)  # type: ignore[arg-type]  # as its own are


class UnsubscribableMessage(EmailMessage):
    """A message with one-click unsubscribing (RFC 8058) by a POST to the address `stop`."""

    def __init__(self, *args: Any, stop: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.extra_headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }

    def message(self, *, policy: Any = policies.default) -> Any:
        return super().message(policy=policy.clone(header_factory=_registry))
