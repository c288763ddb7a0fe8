"""Whatever readers write, a browser runs none of it and asks nobody for anything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import SignIn
from tests.builders import make_article, make_colleague, make_site
from tests.newsroom.hostile import CORPUS
from tests.newsroom.hostile_readers import say_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HANDLERS = """() => [...document.querySelectorAll("*")].flatMap(each => [...each.attributes])
    .filter(each => each.name.startsWith("on")
        || /^\\s*(javascript|data|vbscript):/i.test(each.value))
    .map(each => `${each.name}=${each.value}`)"""


@pytest.fixture
def victim(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Somebody whose browser knows `pwned`, and whom no policy protects."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    context.add_init_script("window.ran = []; window.pwned = () => window.ran.push(location.href)")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog: {dialog.message}"))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_what_would_run_is_noticed(victim: Page) -> None:
    victim.goto("/healthz")
    victim.set_content("<img src=data:, onerror=pwned()>")
    victim.wait_for_function("window.ran.length == 1")
    assert victim.evaluate(HANDLERS) == ["src=data:,", "onerror=pwned()"]


def check(page: Page, path: str) -> None:
    page.goto(path, wait_until="load")
    page.mouse.move(200, 300)
    assert page.evaluate("window.ran") == [], path
    assert page.evaluate(HANDLERS) == [], path


def test_browser_runs_nothing_of_what_readers_write(victim: Page) -> None:
    make_site()
    comments = say_all(make_article(slug="hostile"))
    for path in ("/articles/hostile/", "/articles/hostile/comments/?show=all"):
        check(victim, path)
    for comment in comments[::12]:
        check(victim, f"/comments/{comment.pk}/")
    for vector in CORPUS[::12]:
        victim.goto("/search/")
        victim.locator("main input[name=q]").fill(vector)
        victim.locator("main input[name=q]").press("Enter")
        victim.wait_for_load_state("load")
        assert victim.evaluate("window.ran") == [], vector


def test_desk_runs_nothing_of_what_readers_write(victim: Page, sign_in: SignIn) -> None:
    make_site()
    comments = say_all(make_article(slug="hostile"))
    sign_in(victim, make_colleague("chief"))
    for path in ("/admin/comments/comment/", "/admin/comments/comment/queue/approved/"):
        check(victim, path)
    for comment in comments[::12]:
        check(victim, f"/admin/comments/comment/{comment.pk}/change/")
