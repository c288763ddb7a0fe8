"""Pages of accounts pass axe, fit their window, are reached by keyboard; forms want no script."""

from itertools import pairwise
from time import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.sessions import SessionStore
from tests.accounts.codes import give_app, newest_code
from tests.browser.conftest import SignIn, Speak
from tests.browser.test_every_page import expect_keyboard_reaches_all, expect_no_barriers
from tests.browser.test_passkeys import press
from tests.browser.test_passkeys import sign_in as sign_in_at
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_sanction, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [("phone", "light", "ar"), ("phone", "dark", "en"),
         ("desktop", "light", "en"), ("desktop", "dark", "ar")]  # fmt: skip
LOOKED_AT = pytest.mark.parametrize(
    ("window", "scheme", "language"),
    [((window, True), scheme, language) for window, scheme, language in LOOKS],
    ids=["-".join(look) for look in LOOKS],
    indirect=["window"],
)
OF_ANYBODY = ["login/", "signup/", "login/code/", "password/reset/", "left/"]
OF_MEMBERS = ["", "email/", "password/change/", "reauthenticate/", "sessions/", "leave/", "logout/",
              "devices/", "devices/webauthn/", "devices/webauthn/add/", "devices/totp/deactivate/",
              "devices/recovery-codes/", "devices/recovery-codes/generate/",
              "devices/reauthenticate/"]  # fmt: skip
HERE = "/accounts/"


@pytest.fixture
def member(reader: Page, sign_in: SignIn) -> User:
    """Signed in and confirmed, with an app, recovery codes and something that was decided."""
    make_site(name="The Quillmere Courier", editions=("en", "ar"))
    wilma = sign_in(reader, make_user(username="wilma", language=""))
    make_sanction(write(make_article(), author=wilma), measure="warn")
    give_app(wilma)
    RecoveryCodes.activate(wilma)
    [key] = [each["value"] for each in reader.context.cookies() if each["name"] == "sessionid"]
    session = SessionStore(key)
    shown = {"method": "password", "at": time(), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(wilma.pk)
    session.save()
    return wilma


@LOOKED_AT
def test_pages_of_members_are_without_barriers(
    reader: Page, member: User, speak: Speak, scheme: Any, language: str
) -> None:
    reader.emulate_media(color_scheme=scheme)
    speak(reader, language)
    for path in OF_MEMBERS:
        reader.goto(HERE + path)
        assert reader.url.endswith(path), "it was asked for and is here"
        expect(reader.locator("html")).to_have_attribute("lang", language)
        expect_no_barriers(reader)


@LOOKED_AT
def test_pages_of_anybody_are_without_barriers(
    reader: Page, speak: Speak, scheme: Any, language: str
) -> None:
    make_site(name="The Quillmere Courier", editions=("en", "ar"))
    reader.emulate_media(color_scheme=scheme)
    speak(reader, language)
    for path in OF_ANYBODY:
        reader.goto(HERE + path)
        expect(reader.locator("html")).to_have_attribute("lang", language)
        expect_no_barriers(reader)
    reader.goto(f"{HERE}login/code/")
    reader.locator("[name=email]").fill(make_user().email)
    reader.locator("main form .button").first.click()
    expect(reader.locator("[name=code]")).to_be_visible()
    expect_no_barriers(reader)


@pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True)
def test_page_of_the_second_factor_is_without_barriers(reader: Page) -> None:
    make_site()
    give_app(wilma := make_user())
    sign_in_at(reader, wilma)
    expect(reader.get_by_role("heading", name="Your second factor")).to_be_visible()
    expect_no_barriers(reader)


def test_keyboard_reaches_all_of_the_pages(reader: Page, member: User) -> None:
    for path in ("", "leave/", "devices/", "devices/webauthn/add/"):
        reader.goto(HERE + path)
        reader.wait_for_load_state("networkidle")
        expect_keyboard_reaches_all(reader)
    reader.context.clear_cookies()
    for path in ("login/", "signup/"):
        reader.goto(HERE + path)
        reader.wait_for_load_state("networkidle")
        expect_keyboard_reaches_all(reader)


def test_reader_becomes_a_member_by_a_code(reader: Page) -> None:
    make_site()
    reader.goto(f"{HERE}signup/")
    reader.get_by_label("User name").fill("wilma")
    reader.get_by_label("E-mail address").fill("wilma@readers.example")
    press(reader, "Become a member")
    reader.locator("[name=code]").fill(newest_code())
    press(reader, "Confirm")
    reader.wait_for_url(f"**{HERE}")
    expect(reader.get_by_text("Readers know you as wilma")).to_be_visible()


def test_member_leaves_and_is_signed_out_in_every_browser(
    reader: Page, newcomer: Any, sign_in: SignIn, member: User
) -> None:
    other = newcomer()
    sign_in(other, member)
    other.goto(HERE)
    expect(other.get_by_text("Readers know you as wilma")).to_be_visible()
    reader.goto(f"{HERE}leave/")
    reader.get_by_label("stay, under the name").check()
    reader.get_by_label("I want to leave.").check()
    press(reader, "Delete my account")
    expect(reader.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    other.reload()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()


def test_buttons_below_recovery_codes_touch_nothing(reader: Page, member: User) -> None:
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto(f"{HERE}devices/recovery-codes/")
    parts = reader.locator(".account-page > :is(.field, .button)")
    expect(parts).to_have_count(3)
    boxes = [each.bounding_box() for each in parts.all()]
    for above, below in pairwise(boxes):
        assert above and below and below["y"] - above["y"] - above["height"] >= 12
