"""The translation desk's table for spreadsheets."""

import csv
from io import StringIO

import pytest
from django.test import Client

from tests.builders import make_article, make_colleague, make_section, make_site
from tests.translations.builders import make_assignment
from translations.desk import export

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/translations/desk/translations.csv"


@pytest.fixture
def desk(client: Client) -> Client:
    make_site()
    client.force_login(make_colleague("translator", username="mina"))
    return client


def lines(desk: Client, query: str = "") -> list[list[str]]:
    answer = desk.get(f"{ADDRESS}?{query}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_table_has_a_line_for_each_cell(desk):
    story = make_article(headline='"Ferry", they said', section=make_section(name="Harbour")).story
    make_assignment(story=story, note="For Sunday")
    head, *rows = lines(desk)
    assert head[:3] == ["story", "headline", "section"]
    assert [row[4:6] for row in rows[:2]] == [["en", "original"], ["de", "requested"]]
    assert rows[1][:4] == [str(story.pk), '"Ferry", they said', "Harbour", "6"]
    assert rows[1][-1] == "For Sunday"


def test_it_is_filtered_and_in_the_persons_language(desk):
    make_article(headline="One")
    make_assignment(story=make_article(headline="Two").story, language="tr")
    mina = make_colleague("translator")
    mina.language = "de"
    mina.save()
    desk.force_login(mina)
    _head, *rows = lines(desk, "state=requested&language=tr")
    assert [(row[1], row[5]) for row in rows] == [("Two", "angefragt")]


def test_headline_and_note_are_harmless_in_the_file(desk):
    story = make_article(headline="=HYPERLINK(1)").story
    make_assignment(story=story, note="@note")
    row = lines(desk)[2]
    assert (row[1], row[-1]) == ("'=HYPERLINK(1)", "'@note")


def test_many_stories_are_read_some_at_a_time(desk, monkeypatch):
    monkeypatch.setattr(export, "STORIES_AT_A_TIME", 2)
    for number in range(5):
        make_article(headline=f"Story {number}")
    assert [row[1] for row in lines(desk, "language=de")[1:]] == [
        f"Story {number}" for number in reversed(range(5))
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 200), ("editor", 200), ("moderator", 403), ("fundraiser", 403)],
)
def test_who_sees_the_table_may_take_it_away(role, status):
    make_site()
    client = Client()
    client.force_login(make_colleague(role))
    assert client.get(ADDRESS).status_code == status
