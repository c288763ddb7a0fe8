"""Browser tests drive a Chromium that is found on the machine; nothing is downloaded."""

import os
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from accounts.models import User
from tests.builders import make_colleague, make_user
from tests.programs import need

WINDOWS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
# What `make test` looks at; the other two pairs are for `make torture`.
IN_EVERY_RUN = [("phone", True), ("desktop", False)]
EVERYWHERE = [
    pytest.param(
        (window, has_scripts),
        id=f"{window}-{'scripts' if has_scripts else 'no-scripts'}",
        marks=[] if (window, has_scripts) in IN_EVERY_RUN else [pytest.mark.torture],
    )
    for window in WINDOWS
    for has_scripts in (True, False)
]

# The shell first: it draws no window, so that a new one takes a quarter of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
EXPECTED = re.compile(r"status of (403|409|410|422|502)\b|net::ERR_INTERNET_DISCONNECTED")

type SignIn = Callable[..., User]
type Speak = Callable[[Page, str], None]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in our thread


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves each test one window in `make test`, by its name, and the others to `make torture`."""
    alike = defaultdict(list)
    for item in items:
        if not item.get_closest_marker("torture"):
            alike[apart_from_window(item)].append(item)
    for name, windows in alike.items():
        kept = windows[zlib.crc32(name.encode()) % len(windows)]
        for item in windows:
            if item is not kept:
                item.add_marker("torture")


def apart_from_window(item: pytest.Item) -> str:
    """The same for a test in whatever window."""
    named: dict[str, Any] = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    named.pop("window", None)
    return f"{item.nodeid.partition('[')[0]} {named}"


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    return need(*NAMES, package="chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> Any:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    quiet += ["--no-first-run", "--disable-quic", "--no-sandbox"]  # root needs the last one
    return browser_type_launch_args | {"executable_path": chromium, "args": quiet}


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that is driven types faster than any hand."""
    monkeypatch.setattr("comments.screening.form.QUICK", 0)


@pytest.fixture(params=EVERYWHERE)
def window(request: pytest.FixtureRequest) -> tuple[str, bool]:
    """Every window, with JavaScript and without."""
    return request.param


@pytest.fixture
def has_scripts(window: tuple[str, bool]) -> bool:
    return window[1]


@pytest.fixture
def newcomer(
    browser: Browser, window: tuple[str, bool], live_server: Any
) -> Iterator[Callable[[], Page]]:
    """Opens the page of one more person, who shares no cookies with the others.

    Whatever the consoles complain of, such as the policy, fails the test.
    """
    name, has_scripts = window
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def come() -> Page:
        context = browser.new_context(
            **WINDOWS[name],
            java_script_enabled=has_scripts,
            base_url=live_server.url,
            locale="en-GB",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        watch(context, complaints)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def reader(newcomer: Callable[[], Page]) -> Page:
    return newcomer()


@pytest.fixture
def sign_in(live_server: Any) -> SignIn:
    """Signs somebody in in the browser of a page, else a new member; returns who it is."""

    def come(page: Page, user: User | None = None) -> User:
        user, client = user or make_user(), Client()
        client.force_login(user)
        named = {"sessionid": client.cookies["sessionid"].value, "known": "1"}
        for name, value in named.items():
            page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return user

    return come


@pytest.fixture
def speak(live_server: Any) -> Speak:
    """Has a browser ask for the pages that are in a person's own language in this one."""

    def come(page: Page, language: str) -> None:
        name = settings.LANGUAGE_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": language, "url": live_server.url}])

    return come


@pytest.fixture
def colleague(newcomer: Callable[[], Page], sign_in: SignIn) -> Callable[[str], Page]:
    """Opens the page of somebody who has a role at the desk and is signed in."""

    def come(role: str) -> Page:
        page = newcomer()
        sign_in(page, make_colleague(role))
        return page

    return come


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Notes what the consoles of the context's pages say from now on: errors and warnings.

    Chromium also reports each answer of 403, 409, 410, 422 and 502; those are for people's eyes.
    And whatever is asked for while a test has cut the connection.
    """

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            complaints.append(f"{message.text} ({message.location['url']})")

    context.on("console", note)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
