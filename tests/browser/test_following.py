"""A guest's path: asking for mail, confirming, choosing how often, ending it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from comments.links import CONFIRM, MANAGE, STOP, link
from comments.models import Frequency, Subscription
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["en", "ar"])
def address(request: pytest.FixtureRequest) -> str:
    """The article's, in an edition of each direction."""
    make_site()
    make_article(slug="ferry", language=request.param)
    prefix = "" if request.param == "en" else f"/{request.param}"
    return f"{prefix}/articles/ferry/"


def mailed(purpose: str) -> str:
    """The path of a link as it stands in a mail."""
    subscription = Subscription.objects.get()
    pk = subscription.follower_id if purpose == MANAGE else subscription.pk
    whole = link(purpose, pk, language=subscription.language)
    return "/" + whole.split("/", 3)[3]


def check(page: Page, *, has_scripts: bool) -> None:
    """Nothing that axe complains of, and nothing wider than the window."""
    if has_scripts:  # axe is one itself
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_guest_follows_and_stops(reader: Page, address: str, has_scripts: bool) -> None:
    reader.goto(address)
    reader.locator(".conversation-follow").click()
    check(reader, has_scripts=has_scripts)
    reader.locator("button.button").click()
    expect(reader.locator(".error-summary")).to_be_visible()
    check(reader, has_scripts=has_scripts)
    reader.locator("input[name=email]").fill("olu@readers.example")
    reader.locator("button.button").click()
    expect(reader.locator(".notice")).to_be_visible()
    check(reader, has_scripts=has_scripts)
    reader.goto(mailed(CONFIRM))
    check(reader, has_scripts=has_scripts)
    reader.locator("button.button").click()
    expect(reader.locator(".notice")).to_be_visible()
    assert Subscription.objects.get().confirmed_at
    reader.goto(mailed(MANAGE))
    check(reader, has_scripts=has_scripts)
    reader.locator("main select").select_option("daily")
    reader.locator("button:not([name])").click()
    expect(reader.locator("main select")).to_have_value("daily")
    assert Subscription.objects.get().frequency == Frequency.DAILY
    reader.goto(mailed(STOP))
    check(reader, has_scripts=has_scripts)
    reader.locator("button.button").click()
    expect(reader.locator(".notice")).to_be_visible()
    assert not Subscription.objects.exists()


def test_conversation_with_the_wish_in_its_form_passes(
    reader: Page, address: str, has_scripts: bool
) -> None:
    reader.goto(address)
    expect(reader.locator("select[name=notify]").first).to_be_visible()
    check(reader, has_scripts=has_scripts)
