"""Every address of the conversation, for every kind of reader and every state of a comment.

The addresses come from the URL configuration, so a page that nobody thought about is missing in
reader_matrix.tsv, and that fails. `WRITE_READER_MATRIX=1 pytest
tests/comments/test_reader_matrix.py` writes the table anew: read its difference before you keep it.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from comments.models import Comment
from tests.builders import make_site
from tests.comments.builders import hours_pass
from tests.comments.reader_matrix import (
    AT_THE_DESK,
    NOTICE,
    ROLES,
    STATES,
    addresses,
    answers,
    configured,
    make_cases,
    make_people,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TABLE = Path(__file__).with_name("reader_matrix.tsv")
Row = tuple[str, str]  # the address as configured, and the comment's state, else "-"


def known() -> dict[Row, dict[str, str]]:
    """What the table says: {(address, state): {role: answers to GET and POST}}."""
    head, *lines = TABLE.read_text().splitlines() if TABLE.exists() else ["address\tstate"]
    roles = head.split("\t")[2:]
    rows = (line.split("\t") for line in lines)
    return {(route, state): dict(zip(roles, cells, strict=True)) for route, state, *cells in rows}


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_reader_as_the_table_says(role, settings):
    settings.COMMENT_EDIT_MINUTES = 600
    make_site(editions=("en", "de"))
    people = make_people()
    cases, client = make_cases(people["author"], people["moderator"]), Client()
    hours_pass(1)  # nobody wrote so much lately that they have to wait
    if people[role]:
        client.force_login(people[role])
    before = list(Comment.objects.order_by("pk").values())
    found = {
        (address.route, state): answers(client, address, cases.get(state, cases["visible"]))
        for address in addresses()
        for state in (STATES if address.has_states else ("-",))
    }
    if os.environ.get("WRITE_READER_MATRIX"):
        write(role, found)
    assert {row: cells.get(role) for row, cells in known().items()} == found
    assert list(Comment.objects.order_by("pk").values()) == before


def write(role: str, found: dict[Row, str]) -> None:
    """Puts the role's answers into the table."""
    table = known()
    rows = {row: table.get(row, {}) | {role: cell} for row, cell in found.items()}
    lines = ["\t".join(("address", "state", *ROLES))]
    lines += ["\t".join((*row, *(cells.get(name, "") for name in ROLES)))
              for row, cells in rows.items()]  # fmt: skip
    TABLE.write_text("\n".join(lines) + "\n")


def test_no_address_is_left_out():
    listed = {each.route for each in addresses() if not each.route.startswith("admin/")}
    assert listed == {route.removeprefix("^") for route in configured()}


def cells(states=STATES, roles=ROLES):
    """(route, state, role, answer to GET, to POST) of the table's rows in these states."""
    for (route, state), answers_of in known().items():
        if state in states:
            for role in roles:
                yield (route, state, role, *answers_of[role].split())


def test_no_address_fails():
    assert not [row for row in cells() if any(code.startswith("5") for code in row[3:])]


def readers(states, roles=ROLES):
    """The same of what is not at the desk; the form of a notice asks before it looks."""
    for row in cells(states, roles):
        route, state, role, _shown, sent = row
        if route == NOTICE:
            yield route, state, role, sent, sent
        elif not route.startswith(AT_THE_DESK):
            yield row


def test_of_a_story_that_is_not_public_nobody_learns_anything():
    """Its writers may still take back what they wrote, or be told that nothing was decided."""
    told = {row[:3] for row in readers(["draft story", "embargoed story"])
            if not {*row[3:]} <= {"404", "405", "422"}}  # fmt: skip
    assert told == {
        (f"comments/<int:pk>/{verb}/", state, "author")
        for verb in ("delete", "appeal")
        for state in ("draft story", "embargoed story")
    }


@pytest.mark.parametrize("state", ["held", "spam"])
def test_what_readers_do_not_see_is_not_voted_for_nor_answered(state):
    for route in ("comments/<int:pk>/vote/", "comments/<int:pk>/reply/"):
        assert {row[4] for row in cells([state]) if row[0] == route} == {"404"}


@pytest.mark.parametrize("state", ["closed conversation", "closed branch"])
def test_what_is_closed_is_not_answered(state):
    assert {row[4] for row in cells([state]) if row[0] == "comments/<int:pk>/reply/"} == {"403"}


def test_nobody_but_its_writer_changes_a_comment():
    """Of a deleted one everybody is led on: it may have been their own."""
    others = [role for role in ROLES if role != "author"]
    states = [state for state in STATES if state not in ("erased", "the moderator's own")]
    for route in ("comments/<int:pk>/edit/", "comments/<int:pk>/delete/"):
        told = {row[3:] for row in cells(states, others) if row[0] == route}
        assert told == {("404", "404")}


def test_at_the_desk_moderators_alone_decide_and_not_about_themselves():
    for verb in ("decide", "mark"):
        told = {row[1:3] for row in cells() if row[0] == f"{AT_THE_DESK}<int:pk>/{verb}/"
                and row[3] != "302" and row[4] == "302"}  # fmt: skip
        assert {role for _state, role in told} == {"moderator"}
        assert ("visible", "moderator") in told
        assert ("the moderator's own", "moderator") not in told


def test_notice_is_taken_of_what_readers_see_alone():
    taken = {row[1] for row in cells() if row[0] == NOTICE and row[4] == "302"}
    assert taken == {
        "visible", "closed conversation", "closed branch", "another story", "held",
        "the moderator's own",
    }  # fmt: skip
