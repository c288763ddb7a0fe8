"""Tasks for the worker's tests, which real worker processes import by this path."""

import os
import time

from django.db import connection
from django.tasks import task


@task()
def note(text: str) -> str:
    """Leaves a trace in the table that the tests made."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO worker_note (text) VALUES (%s)", [f"{text} {os.getpid()}"])
    return text


@task()
def linger(text: str, seconds: float) -> None:
    """Notes that it began, dawdles, and notes that it is done."""
    note.call(f"begun {text}")
    time.sleep(seconds)
    note.call(f"done {text}")


@task()
def fail() -> None:
    raise RuntimeError("The mail server is away.")
