"""Statements that go to the database one after the other, without waiting for answers between."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from psycopg.pq import TransactionStatus


@contextmanager
def pipeline() -> Iterator[None]:
    """Within, statements are sent one behind the other; after it all are done.

    Each sees what the one before it has done, and those behind one that fails do nothing. Fetch
    afterwards: what is fetched within is waited for. For use inside of a transaction, whose BEGIN
    goes before the first one, or for reading alone: outside of one, all of them would be one.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    own = database.connection
    begins = database.in_atomic_block and own.info.transaction_status == TransactionStatus.IDLE
    try:
        with database.wrap_database_errors, _begun_within(own) if begins else own.pipeline():
            yield
    except DatabaseError:
        if not database.in_atomic_block:
            # psycopg takes what stood behind the error to be prepared, until something is
            # rolled back: nobody else gets this connection
            own.close()
            database.close()
        raise


@contextmanager
def _begun_within(own: Any) -> Iterator[None]:
    """A pipeline whose first statement is BEGIN. By itself psycopg would wait for that."""
    own._autocommit = True
    try:
        with own.pipeline():
            own.execute(own._get_tx_start_command())
            yield
    finally:
        own._autocommit = False  # as Django has set it
