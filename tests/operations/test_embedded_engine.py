"""The database engine that brings its own server, seen from a process that uses Django."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from operations.embedded import server

PROGRAM = """
import django
from django.conf import settings
settings.configure(DATABASES={"default": {
    "ENGINE": "operations.embedded", "NAME": "newsroom", "FORGETFUL": True,
    "DIRECTORY": r"%s", "OPTIONS": {"pool": {"min_size": 1, "max_size": 2}}}})
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database(), lower('Ж'), current_setting('listen_addresses')")
    print(*cursor.fetchone())
connection.close_pool()
"""


def run_program(text: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_first_connection_starts_server_and_makes_database(tmp_path: Path) -> None:
    home = tmp_path / "postgres"
    try:
        first = run_program(PROGRAM % home)
        again = run_program(PROGRAM % home, PGHOST="nowhere", PGPORT="1", LC_ALL="C")
    finally:
        server.destroy(home)
    assert first == again == "newsroom ж \n"


def test_with_database_url_nothing_embedded_is_imported() -> None:
    loaded = run_program(
        "import django, sys; django.setup(); from django.db import connection; connection.ops;"
        "print([name for name in sys.modules if 'embedded' in name])",
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        DATABASE_URL="postgresql://somebody@db.example/newsroom",
    )
    assert loaded == "[]\n"


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.settings_dict["ENGINE"] != "operations.embedded", reason="DATABASE_URL is set"
)
def test_tests_never_touch_the_durable_server() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync')")
        assert cursor.fetchone() == ("off",)
    assert connection.settings_dict["DIRECTORY"] == settings.DATA_DIR / "postgres-test"
