"""A real SMTP server that keeps what it is given, and a worker that does what waits."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from operations.worker import SiteWorker


class PostOffice:
    """The server's handler: `mails` as they came over the wire; `refused` addresses bounce."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return "451 4.2.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.raw.append(envelope.content)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    def take(self) -> list[EmailMessage]:
        """What came since the last time."""
        mails, self.raw = self.mails, []
        return mails


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    try:
        with override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": options}}):
            yield office
    finally:
        controller.stop()


def work() -> None:
    """What waits, as the worker does it, but in the test's own transaction."""
    worker = SiteWorker("tests")
    while result := DBTaskResult.objects.ready().first():
        result.claim(worker.worker_id)
        worker.run_task(result)


def link_in(mail: EmailMessage, purpose: str) -> str:
    """The path of the link in the text."""
    text = mail.get_content()
    found = re.search(rf"http://localhost:\d+(\S*/subscriptions/{purpose}/\S+)", text)
    assert found, text
    return found[1]
