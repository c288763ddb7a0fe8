"""The PostgreSQL that belongs to a run: new at its start, gone at its end, durable."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from operations import static_files
from operations.embedded import accounts, server
from operations.embedded.processes import running_server

FOLDER = Path(settings.DATA_DIR) / "postgres"


@contextmanager
def database() -> Iterator[None]:
    """A server with an empty newsroom."""
    server.destroy(FOLDER)
    server.start(FOLDER, durable=True)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        static_files.collect()
        yield
    finally:
        connection.close()
        connection.close_pool()
        server.destroy(FOLDER)


def postmaster() -> int:
    """Its process, whose children serve the connections."""
    found = running_server(accounts.data_directory(FOLDER.resolve()))
    if found is None:
        raise RuntimeError("PostgreSQL does not run.")
    return found.pid
