"""A page tells once that it was read, after some seconds of being looked at."""

import pytest
from django.db import connection
from playwright.sync_api import Page

from articles.models import Readership
from articles.readership import tally
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True)
PERSON = "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })"
HIDDEN = """Object.defineProperty(Document.prototype, "visibilityState",
  { get: () => window.shown ? "visible" : "hidden" });"""
SHOW = "shown => { window.shown = shown; document.dispatchEvent(new Event('visibilitychange')); }"
TIMERS = """window.timers = []; const real = window.setTimeout;
window.setTimeout = (then, after) => { window.timers.push(after); return real(then, after); };"""
COUNTS = "window.timers.includes(10_000)"
PAGE = "/ar/articles/mole/"


@pytest.fixture(autouse=True)
def article() -> None:
    make_site()
    make_article(slug="mole", language="ar")


@pytest.fixture
def told(reader: Page) -> list[str]:
    """What the page has told; time goes by when a test says so."""
    told: list[str] = []
    reader.on("request", lambda each: told.append(each.url) if "/readings/" in each.url else None)
    reader.clock.install()
    return told


def readings() -> int:
    tally.write()
    connection.close()
    return sum(Readership.objects.values_list("readings", flat=True))


@SCRIPTED
def test_reading_is_told_once_after_ten_seconds(reader: Page, told: list[str]) -> None:
    reader.add_init_script(PERSON)
    reader.goto(PAGE)
    reader.clock.run_for(9_000)
    assert not told
    with reader.expect_response("**/readings/") as answer:
        reader.clock.run_for(2_000)
    reader.clock.run_for(60_000)
    assert answer.value.status == 204 and len(told) == 1
    assert readings() == 1 and reader.context.cookies() == []
    assert reader.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@SCRIPTED
def test_time_counts_while_the_page_is_looked_at(reader: Page, told: list[str]) -> None:
    for script in (PERSON, HIDDEN):
        reader.add_init_script(script)
    reader.goto(PAGE)
    reader.clock.run_for(60_000)
    for is_shown, seconds in ((True, 6), (False, 60), (True, 3)):
        reader.evaluate(SHOW, is_shown)
        reader.clock.run_for(1000 * seconds)
    assert not told
    with reader.expect_response("**/readings/"):
        reader.clock.run_for(2_000)


@SCRIPTED
def test_neither_a_machine_nor_a_reload_counts(reader: Page) -> None:
    reader.add_init_script(TIMERS)
    reader.goto(PAGE)
    counted = [reader.evaluate(COUNTS)]
    reader.add_init_script(PERSON)
    for _time in range(2):
        reader.goto("/")
        reader.goto(PAGE)
        counted.append(reader.evaluate(COUNTS))
    reader.reload()
    assert [*counted, reader.evaluate(COUNTS)] == [False, True, True, False]
