"""The bar at all its values, as it is seen and measured, and kept true while the page is open."""

from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from fundraising.ending import end
from fundraising.models import Campaign
from fundraising.recording import record_gift
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = pytest.mark.parametrize("window", [("phone", True)], ids=str)
PAGE = "/support/press/"
VALUES = [  # raised, goal, how much of the bar is filled, what is read out
    (0, 5000, 0.0, "0 $ raised. 0 % of 5,000 $, 5,000 $ to go"),
    (1, 5000, 0.0, "1 $ raised. 0 % of 5,000 $, 4,999 $ to go"),
    (99, 5000, 0.019, "99 $ raised. 1 % of 5,000 $, 4,901 $ to go"),
    (2355, 5000, 0.471, "2,355 $ raised. 47 % of 5,000 $, 2,645 $ to go"),
    (4998, 5000, 0.999, "4,998 $ raised. 99 % of 5,000 $, 2 $ to go"),
    (5000, 5000, 1.0, "Goal reached: 5,000 $ of 5,000 $, 100 %"),
    (6120, 5000, 1.0, "Goal reached: 6,120 $ of 5,000 $, 122 %"),
]


def give(campaign: Campaign, amount: int) -> None:
    by, day = make_colleague("fundraiser"), date(2026, 10, 1)
    if amount:
        record_gift(campaign, amount_minor=amount * 100, occurred_on=day, by=by)


def make(raised: int, **fields: Any) -> Campaign:
    make_site(name="The Quillmere Courier", editions=("en", "ar"))
    campaign = make_campaign(slug="press", **fields)
    give(campaign, raised)
    return campaign


def filled(page: Page) -> float:
    """How much of the track is filled, as it is painted."""
    return page.evaluate("""() => {
      const width = (part) => document.querySelector(part).getBoundingClientRect().width;
      return width(".goal-bar-fill") / width(".goal-bar-track");
    }""")


def faults(page: Page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


@SCRIPTED
@pytest.mark.parametrize(("raised", "goal", "part", "said"), VALUES)
def test_bar_is_seen_and_heard_at_each_value(
    reader: Page, raised: int, goal: int, part: float, said: str
) -> None:
    make(raised, goal_minor=goal * 100)
    reader.goto(PAGE)
    bar = reader.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", str(min(raised, goal)))
    said = said.replace(" $", "\u00a0$").replace(" %", "\u00a0%")
    expect(bar).to_have_attribute("aria-valuetext", said)
    assert filled(reader) == pytest.approx(part, abs=0.002)
    assert faults(reader) == []


@SCRIPTED
def test_without_a_goal_no_bar_is_drawn(reader: Page) -> None:
    make(2355, goal_minor=None)
    reader.goto(PAGE)
    expect(reader.locator(".goal-text")).to_have_text("2,355\u00a0$ raised")
    expect(reader.get_by_role("progressbar")).to_have_count(0)
    assert faults(reader) == []


def test_figures_stay_inside_and_nothing_is_cut_off(reader: Page) -> None:
    make(4998, goal_minor=500_000, marks_minor=[100_000, 250_000, 800_000])
    for address in (PAGE, f"/ar{PAGE}"):
        reader.goto(address)
        width = reader.evaluate("document.documentElement.clientWidth")
        for box in [each.bounding_box() for each in reader.locator(".goal svg text").all()]:
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert reader.evaluate("document.documentElement.scrollWidth") == width


def test_days_left_and_pace_are_the_scripts(reader: Page, has_scripts: bool) -> None:
    make(2000, goal_minor=500_000, ends_at=timezone.now() + timedelta(days=9.5))
    reader.goto(PAGE)
    left = reader.locator(".goal-left")
    if has_scripts:
        expect(left).to_have_text("10 days left · 300\u00a0$ a day needed")
    else:
        expect(left).to_be_hidden()
    expect(reader.locator(".goal-ends")).to_be_visible()


@SCRIPTED
def test_open_page_shows_a_gift_and_the_end_without_moving(reader: Page) -> None:
    campaign = make(2000, goal_minor=500_000, ends_at=timezone.now() + timedelta(days=9.5))
    reader.clock.install()
    reader.goto(PAGE)
    place = reader.locator(".campaign-description").bounding_box()
    give(campaign, 355)
    reader.clock.run_for(31_000)
    expect(reader.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "2355")
    expect(reader.locator(".goal-raised text")).to_have_text("2,355\u00a0$")
    expect(reader.locator(".goal-supporters")).to_contain_text("from 2 supporters.")
    assert filled(reader) == pytest.approx(0.471, abs=0.002)
    assert reader.locator(".campaign-description").bounding_box() == place
    end(campaign, by=make_colleague("fundraiser"))
    reader.clock.run_for(31_000)
    expect(reader.locator(".goal-text")).to_contain_text("of 5,000\u00a0$ raised")


@pytest.fixture
def elsewhere(live_server: Any) -> Iterator[str]:
    """The address of another site, with the frame on its page."""
    frame = f'<link rel="icon" href="data:,"><iframe src="{live_server.url}{PAGE}embed/"></iframe>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frame.encode())

        def log_message(self, *_args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@SCRIPTED
def test_frame_on_another_site_leads_out_of_itself(
    reader: Page, elsewhere: str, live_server: Any
) -> None:
    make(2355, goal_minor=500_000)
    reader.goto(elsewhere)
    inside = reader.frame_locator("iframe")
    expect(inside.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "2355")
    inside.get_by_role("link", name="A new printing press").click()
    reader.wait_for_url(f"{live_server.url}{PAGE}")
