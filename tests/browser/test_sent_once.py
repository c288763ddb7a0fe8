"""What a moderator sends is sent once while it is on its way, and anew where it never came."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from comments.models import Comment, ModerationEntry
from tests.builders import make_article, make_site
from tests.comments.builders import write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True),
]
QUEUE = "/admin/comments/comment/queue/unreviewed/"
# As where the browser shows the page again as it was left.
SHOWN_AGAIN = 'dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))'


@pytest.fixture
def comment() -> Comment:
    make_site()
    return write(make_article())


@pytest.fixture
def stopped(colleague: Callable[[str], Page], comment: Comment) -> Page:
    """A queue whose first form was sent and never came; the clock stands."""
    page, first = colleague("moderator"), [True]

    def stop(route: Route) -> None:
        if route.request.method == "POST" and first:
            first.clear()
            route.abort("aborted")
        else:
            route.continue_()

    page.route("**/queue/**", stop)
    page.clock.install()
    page.goto(QUEUE)
    page.clock.pause_at("2100-01-01")
    with page.expect_event("requestfailed"):
        approve(page)
    return page


def approve(page: Page) -> None:
    page.locator(".case [value=approve]").click(no_wait_after=True)


def test_second_press_is_taken_once_the_first_had_its_time(stopped: Page) -> None:
    sent: list[str] = []
    stopped.on("request", lambda request: sent.append(request.method))
    approve(stopped)
    assert not sent
    stopped.clock.run_for(5000)
    approve(stopped)
    expect(stopped.locator(".messagelist")).to_contain_text("1 comment changed.")
    assert ModerationEntry.objects.count() == sent.count("POST") == 1


def test_page_that_is_shown_again_takes_a_press_at_once(stopped: Page) -> None:
    stopped.evaluate(SHOWN_AGAIN)
    approve(stopped)
    expect(stopped.locator(".messagelist")).to_contain_text("1 comment changed.")
    assert ModerationEntry.objects.count() == 1
