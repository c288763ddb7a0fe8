"""The translation desk's table: what it shows, and how it is filtered and sorted."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import make_article, make_colleague, make_section, make_site
from tests.translations.builders import make_assignment, pretend_drift

pytestmark = pytest.mark.django_db
DESK = "/admin/translations/desk/"
TODAY = date.today()


@pytest.fixture(autouse=True)
def site() -> None:
    make_site()


@pytest.fixture
def mina():
    return make_colleague("translator", username="mina")


@pytest.fixture
def desk(client: Client, mina) -> Client:
    client.force_login(mina)
    return client


def cells(desk: Client, query: str = "") -> dict[str, dict[str, str]]:
    """{headline: {language: state}} of the table, in its order."""
    rows = desk.get(f"{DESK}?{query}").context["rows"]
    return {
        row.source.headline: {cell.language: str(cell.state) for cell in row.cells} for row in rows
    }


def make_world(mina) -> None:
    """Two stories: of one there is everything, of the other nothing but the original."""
    later = timezone.now() + timedelta(days=1)
    make_article(headline="Nothing yet", section=make_section(slug="town", name="Town"))
    full = make_article(headline="Everything").story
    make_article(story=full, language="de", slug="faehre")
    make_article(story=full, language="tr", publish_at=later)
    make_article(story=full, language="ru", status="withdrawn")
    make_assignment(story=full, language="ar", owner=mina)


def test_every_cell_says_how_far_it_is(desk, mina):
    make_world(mina)
    assert cells(desk) == {
        "Everything": {
            "en": "live",
            "de": "live",
            "tr": "scheduled",
            "ru": "withdrawn",
            "ar": "claimed",
        },
        "Nothing yet": {
            "en": "live",
            "de": "missing",
            "tr": "missing",
            "ru": "missing",
            "ar": "missing",
        },
    }


def test_draft_and_request_and_ended_are_told_apart(desk):
    ended = {"publish_at": timezone.now() - timedelta(days=2)}
    story = make_article().story
    make_article(story=story, language="de", status="draft")
    make_article(story=story, language="tr", unpublish_at=timezone.now() - timedelta(1), **ended)
    make_assignment(story=story, language="ru")
    make_article(story=story, language="ar", status="withdrawn")
    make_assignment(story=story, language="ar")
    (found,) = cells(desk).values()
    assert [found[code] for code in ("de", "tr", "ru", "ar")] == [
        "in-progress",
        "ended",
        "requested",
        "requested",
    ]


def test_table_tells_words_owner_and_a_day_gone_by_in_words(desk, mina):
    story = make_article(body="<h2>Ferry</h2><p>The board <b>agreed</b>\n today.</p>").story
    make_assignment(story=story, owner=mina, due_on=TODAY - timedelta(days=3), note="Be quick")
    page = desk.get(DESK).text
    for text in ("5 words", "mine", "overdue:", "Be quick"):
        assert text in page


def test_what_is_live_and_up_to_date_is_not_overdue(desk, mina, monkeypatch):
    story = make_article().story
    make_article(story=story, language="de", slug="faehre")
    make_assignment(story=story, owner=mina, due_on=TODAY - timedelta(days=3))
    assert "overdue" not in desk.get(DESK).text
    pretend_drift(monkeypatch, faehre="outdated")
    page = desk.get(DESK).text
    assert "overdue:" in page
    assert "out of date" in page


FILTERS = {
    "language=de&state=live": ["Everything"],
    "language=de&state=missing": ["Nothing yet"],
    "state=missing": ["Nothing yet"],
    "state=live": ["Everything"],
    "state=scheduled": ["Everything"],
    "state=withdrawn": ["Everything"],
    "state=claimed": ["Everything"],
    "language=tr&state=claimed": [],
    "state=requested": [],
    "state=in-progress": [],
    "state=ended": [],
    "owner=me": ["Everything"],
    "owner=nobody": [],
    "language=de&owner=me": [],
    "drift=outdated": ["Everything"],
    "drift=corrected": [],
    "drift=outdated&owner=me": [],
    "q=NOTHING": ["Nothing yet"],
    "q=%25": [],
    "state=no-such-state": ["Everything", "Nothing yet"],
    "language=xx&section=x": ["Everything", "Nothing yet"],
    "q=%00": [],
}


@pytest.mark.parametrize("query", FILTERS)
def test_filters_find(query, desk, mina, monkeypatch):
    make_world(mina)
    pretend_drift(monkeypatch, faehre="outdated")
    assert list(cells(desk, query)) == FILTERS[query]


def test_section_is_a_filter_and_a_language_a_column(desk, mina):
    make_world(mina)
    town = make_section(slug="town")
    assert list(cells(desk, f"section={town.pk}")) == ["Nothing yet"]
    assert cells(desk, f"section={town.pk}&language=tr") == {"Nothing yet": {"tr": "missing"}}


def test_outdated_translation_that_is_mine_counts_as_mine(desk, mina, monkeypatch):
    story = make_article().story
    make_article(story=story, language="de", slug="faehre")
    make_assignment(story=story, owner=mina)
    assert not cells(desk, "owner=me")
    pretend_drift(monkeypatch, faehre="corrected")
    assert cells(desk, "owner=me")


def test_newest_come_first_or_what_is_due_first(desk):
    for name, days in (("Later", 9), ("Never", None), ("Soon", 2), ("Done", 1)):
        story = make_article(headline=name).story
        due_on = TODAY + timedelta(days=days) if days else None
        make_assignment(story=story, due_on=due_on)
        if name == "Done":
            make_article(story=story, language="de")
    assert list(cells(desk)) == ["Done", "Soon", "Never", "Later"]
    assert list(cells(desk, "sort=due")) == ["Soon", "Later", "Done", "Never"]


def test_fifty_stories_stand_on_a_page(desk):
    for number in range(51):
        make_article(headline=f"Story {number}")
    assert len(cells(desk)) == 50
    assert list(cells(desk, "page=2")) == list(cells(desk, "page=99")) == ["Story 0"]
    assert "page=2" in desk.get(f"{DESK}?state=missing").text


def test_story_without_any_article_that_stands_is_no_work(desk):
    make_article(status="withdrawn")
    assert not cells(desk)
    assert "No story is like that." in desk.get(DESK).text
