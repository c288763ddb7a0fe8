"""manage.py run: the whole local site, from an empty folder to the first page, until Ctrl-C."""

import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper

from operations import static_files
from operations.claim import AlreadyClaimedError, claimed
from operations.supervisor import Child, Supervisor

HOST = "127.0.0.1"  # a local site, with passwords that everybody knows, is nobody else's
START_SECONDS = 60


class Command(BaseCommand):
    help = "Prepare and run the local site and its worker until Ctrl-C."
    requires_system_checks: list[str] = []  # they would connect unannounced; migrate runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = os.environ.get("PORT", "").strip() or "8000"
        parser.add_argument("--port", type=_port, default=default)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("This runs a local site. With SITE_URL set, see docs/deployment.md.")
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.default_int_handler)
        try:
            with claimed(settings.DATA_DIR, f"http://localhost:{port}/"):
                self._run(port)
        except AlreadyClaimedError as error:
            where = f" at {error.holder.address}" if error.holder else ""
            raise CommandError(f"This newsroom already runs{where}. To stop it: make stop")

    def _run(self, port: int) -> None:
        _require_free(port)
        supervisor = Supervisor()
        try:
            self._prepare()
            self._start(supervisor, port)
            self._introduce(port)
            self._watch(supervisor, port)
        except KeyboardInterrupt:
            self._say("\nStopping …")
        finally:
            for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(sign, signal.SIG_IGN)
            supervisor.stop()
            _disconnect()
            if _embedded_directory():
                _embedded_server().stop(_embedded_directory())
        self._say("Stopped.")

    def _prepare(self) -> None:
        with self._step("Starting PostgreSQL"):
            _connect()
        with self._step("Bringing the database up to date"):
            call_command("migrate", interactive=False, verbosity=0)
        if not static_files.are_collected():
            with self._step("Collecting static files"):
                static_files.collect()
        # By name: what this app stands below, it must not import.
        if not apps.get_model("articles", "Article")._base_manager.exists():
            with self._step("Loading the demo newsroom (once)"):
                _load_demo()
        else:
            with self._step("Looking after the pictures"):
                call_command("make_renditions", verbosity=0)

    def _start(self, supervisor: Supervisor, port: int) -> None:
        _disconnect()
        environment = {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
        threads = str(settings.POOL["max_size"])
        web = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"]
        web += ["--blocking-threads", threads, "--http", "1", "--no-ws", "--log-level", "error"]
        web += ["--respawn-failed-workers"]
        with self._step("Starting the site"):
            supervisor.start(
                "The web server",
                *(sys.executable, "-m", "granian", *web, "operations.local_wsgi:application"),
                environment=environment,
            )
            supervisor.start(
                "The worker",
                *(sys.executable, sys.argv[0], "work"),
                environment=environment,
            )
            _wait_for_answer(supervisor, port)

    def _watch(self, supervisor: Supervisor, port: int) -> None:
        """Wait until a child ends; whenever PostgreSQL has been killed, begin again."""
        directory = _embedded_directory()
        while True:
            ended = supervisor.find_ended()
            if directory and not _embedded_server().is_running(directory):
                self._say("PostgreSQL has ended. Starting it again, and the site with it.")
                supervisor.stop()
                _start_again(directory)
                self._start(supervisor, port)
            elif ended:
                raise _ended(ended)
            time.sleep(0.5)

    def _introduce(self, port: int) -> None:
        self._say(f"\nThe newsroom  http://localhost:{port}/")
        self._say(f"Its desk      http://localhost:{port}/admin/")
        sign_ins = getattr(settings, "DEMO_SIGN_INS", ())
        for role, username, password in sign_ins:
            self._say(f"  {role:<20} {username:<16} {password}")
        self._say("Ctrl-C stops it.\n")

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self.stdout.write(f"{name} … ", ending="")
        self.stdout.flush()
        begun = time.monotonic()
        try:
            yield
        except BaseException:
            self._say("")
            raise
        self._say(f"{time.monotonic() - begun:.1f} s")

    def _say(self, text: str) -> None:
        with suppress(OSError):  # the terminal may be gone by now
            self.stdout.write(text)
            self.stdout.flush()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _require_free(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used: {error.strerror}."
                f" To take another: make run PORT={port + 1}"
            )


def _embedded_directory() -> Path | None:
    """Return where the embedded PostgreSQL lives, or None with DATABASE_URL."""
    return settings.DATABASES["default"].get("DIRECTORY")


def _embedded_server() -> Any:
    """Return the launcher, which is not imported with DATABASE_URL."""
    from operations.embedded import server

    return server


def _start_again(directory: Path) -> None:
    server = _embedded_server()
    try:
        server.start(directory)
    except server.EmbeddedPostgresError as error:
        raise CommandError(str(error))


def _connect() -> None:
    """Connect once, which starts the embedded PostgreSQL; raises CommandError with the reason."""
    trial = cast(DatabaseWrapper, connection).copy()
    trial.settings_dict["OPTIONS"].pop("pool", None)  # a pool would try again and again
    try:
        trial.ensure_connection()
    except OperationalError as error:
        raise CommandError(f"The database does not answer: {error}")
    finally:
        trial.close()


def _load_demo() -> None:
    with connection.cursor() as cursor:
        # Thousands of small transactions: waiting for the disk after each takes twice the time.
        cursor.execute("SET synchronous_commit = off")
    call_command("load_demo", verbosity=0)


def _disconnect() -> None:
    connection.close()
    cast(DatabaseWrapper, connection).close_pool()


def _wait_for_answer(supervisor: Supervisor, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if ended := supervisor.find_ended():
            raise _ended(ended)
        client = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            client.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            if client.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        finally:
            client.close()
        time.sleep(0.05)
    raise CommandError(f"The site did not answer within {START_SECONDS} seconds.")


def _ended(child: Child) -> CommandError:
    return CommandError(f"{child.name} has ended (status {child.process.returncode}).")
