"""Noticing that a kept connection has ended, before it is used."""

from typing import Any

import psycopg


def check_connection(connection: psycopg.Connection[Any]) -> None:
    """Raises psycopg.OperationalError where the server has ended the connection.

    Without a question to the server, which would cost as much as a query: a server that ends a
    connection says why, and closes it, so that there is something to be read. Read twice, since
    the end comes after the word.
    """
    for _word_then_end in range(2):
        connection.pgconn.consume_input()
    if connection.pgconn.status != psycopg.pq.ConnStatus.OK:
        raise psycopg.OperationalError("the server has ended the connection")
