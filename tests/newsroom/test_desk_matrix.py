"""Every address of the desk, for every role and, where it is an article's, in every state.

The addresses come from the URL configuration, so a page that nobody thought about is missing in
desk_matrix.tsv, and that fails. `WRITE_DESK_MATRIX=1 pytest tests/newsroom/test_desk_matrix.py`
writes the table anew: read its difference before you keep it.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from accounts.roles import ROLES
from tests.newsroom.desk_matrix import STATES, Address, addresses, key_of, make_keys, make_states
from tests.newsroom.desk_world import everything, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TABLE = Path(__file__).with_name("desk_matrix.tsv")
Row = tuple[str, str]  # the address as configured, and the article's state, else "-"


def known() -> dict[Row, dict[str, str]]:
    """What the table says: {(address, state): {role: answers to GET and POST}}."""
    head, *lines = TABLE.read_text().splitlines() if TABLE.exists() else ["address\tstate"]
    roles = head.split("\t")[2:]
    rows = (line.split("\t") for line in lines)
    return {(route, state): dict(zip(roles, cells, strict=True)) for route, state, *cells in rows}


def asked() -> list[tuple[Address, str]]:
    """Each address with each state for which it is asked."""
    return [
        (address, state)
        for address in addresses()
        for state in (STATES if address.is_of_an_article else ("-",))
    ]


def answers(client: Client, url: str) -> str:
    """What GET and an empty POST are answered with, as `200 302`."""
    return f"{client.get(url).status_code} {client.post(url).status_code}"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_the_table_says(role: str):
    keys, states = make_keys(), make_states()
    client = signed_in(role)
    found, before = {}, everything()
    for address, state in asked():
        own = {"its": states[state].pk} if state in states else {}
        found[address.route, state] = answers(client, address.filled(key_of(address, keys) | own))
    if os.environ.get("WRITE_DESK_MATRIX"):
        write(role, found)
    assert {row: cells.get(role) for row, cells in known().items()} == found
    assert not any(code.startswith("5") for cell in found.values() for code in cell.split())
    if role in ("moderator", "fundraiser"):
        assert everything()["articles.Article"] == before["articles.Article"]


def write(role: str, found: dict[Row, str]) -> None:
    """Puts the role's answers into the table."""
    table = known()
    rows = {row: table.get(row, {}) | {role: cell} for row, cell in found.items()}
    lines = ["\t".join(("address", "state", *ROLES))]
    lines += ["\t".join((*row, *(cells.get(name, "") for name in ROLES)))
              for row, cells in rows.items()]  # fmt: skip
    TABLE.write_text("\n".join(lines) + "\n")
