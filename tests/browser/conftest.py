"""Browser tests drive a Chromium that is found on the machine; nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

WINDOWS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
EVERYWHERE = [(window, has_scripts) for window in WINDOWS for has_scripts in (True, False)]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium found on this machine; on Debian: apt-get install chromium"

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in our thread


def find_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Return the path of Chromium; without one, skip, or fail where CI=true promises one."""
    path = find_chromium()
    if path:
        return path
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> Any:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    quiet += ["--no-first-run", "--disable-quic", "--no-sandbox"]  # root needs the last one
    return browser_type_launch_args | {"executable_path": chromium, "args": quiet}


@pytest.fixture(params=EVERYWHERE, ids=lambda p: f"{p[0]}-{'scripts' if p[1] else 'no-scripts'}")
def window(request: pytest.FixtureRequest) -> tuple[str, bool]:
    """Every window, with JavaScript and without."""
    return request.param


@pytest.fixture
def has_scripts(window: tuple[str, bool]) -> bool:
    return window[1]


@pytest.fixture
def reader(browser: Browser, window: tuple[str, bool], live_server: Any) -> Iterator[Page]:
    """A reader's page. Whatever the console complains of, such as the policy, fails the test."""
    name, has_scripts = window
    context = browser.new_context(
        **WINDOWS[name], java_script_enabled=has_scripts, base_url=live_server.url, locale="en-GB"
    )
    complaints = watched(context)
    yield context.new_page()
    context.close()
    assert not complaints


def watched(context: BrowserContext) -> list[str]:
    """What the consoles of the context's pages say from now on: errors and warnings.

    Chromium also reports each answer of 422; those are for the reader's eyes.
    """
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 422" not in message.text:
            complaints.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return complaints
