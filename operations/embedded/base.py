"""The database engine "operations.embedded": PostgreSQL that starts with the first connection.

DATABASES = {"default": {"ENGINE": "operations.embedded", "NAME": …, "DIRECTORY": …}}

DIRECTORY holds the server. Test databases live on a second server beside it, DIRECTORY with
"-test" at its end, which may forget after a crash and is faster for it.
"""

import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base, client, creation

from . import accounts, server
from .errors import EmbeddedPostgresError

_sockets: dict[tuple[str, str], Path] = {}  # of the databases that this process has seen
_lock = threading.Lock()


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        use_test_server(self.connection)
        return super().create_test_db(*args, **kwargs)


class DatabaseClient(client.DatabaseClient):
    def runshell(self, parameters: Iterable[str]) -> None:
        start_server(self.connection.settings_dict)
        self.executable_name = str(accounts.installed_binaries() / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        start_server(self.settings_dict)
        return super().get_connection_params()


def start_server(settings: dict[str, Any]) -> None:
    """Start the server of a database's settings if needed, and fill in how to reach it.

    Once per process; creates the database if it is missing. Raises Django's OperationalError.
    """
    name = settings["NAME"] or server.USER
    database = str(settings["DIRECTORY"]), name
    with _lock:
        if database not in _sockets:
            try:
                socket = server.start(database[0], durable=not settings.get("FORGETFUL", False))
            except EmbeddedPostgresError as error:
                raise OperationalError(str(error)) from error
            create_database(socket, name)
            _sockets[database] = socket
        socket = _sockets[database]
    settings |= {"HOST": str(socket), "PORT": str(server.PORT), "USER": server.USER}


def create_database(socket: Path, name: str) -> None:
    """Create the database `name` unless it exists."""
    url = server.database_url(socket, server.USER)
    with psycopg.connect(url, autocommit=True) as connection:
        exists = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(exists, [name]).fetchone():
            return
        create = psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE template0")
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            # Another process may be first.
            connection.execute(create.format(psycopg.sql.Identifier(name)))


def use_test_server(connection: base.DatabaseWrapper) -> None:
    """Point a connection, and those made from its settings, to the server for tests."""
    settings = connection.settings_dict
    if not settings.get("FORGETFUL"):
        connection.close()
        connection.close_pool()
        directory = Path(settings["DIRECTORY"])
        settings |= {"DIRECTORY": directory.with_name(f"{directory.name}-test"), "FORGETFUL": True}
