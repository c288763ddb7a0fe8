"""Passkeys in a real Chromium, which makes up the device that keeps them."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.desk import PASSWORD
from tests.browser.test_conversation_accessibility import expect_no_barriers
from tests.builders import make_colleague, make_site, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True),
]
REFUSED = "No passkey was given."


class Device:
    """Always at hand; it knows whose finger it feels, until told otherwise."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        made = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True}  # fmt: skip
        sent = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": made})
        self._named = {"authenticatorId": sent["authenticatorId"]}

    def keys(self) -> list[dict[str, Any]]:
        return self._session.send("WebAuthn.getCredentials", self._named)["credentials"]

    def feels_a_strange_finger(self) -> None:
        self._session.send("WebAuthn.setUserVerified", self._named | {"isUserVerified": False})


@pytest.fixture
def device(reader: Page) -> Device:
    make_site(name="The Quillmere Courier")
    return Device(reader)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, user: User, *, at: str = "/accounts/") -> None:
    """By the password, as far as that goes."""
    page.goto(f"/accounts/login/?next={at}")
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url(lambda url: "/login/" not in url)


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    press(page, "Sign out")
    page.wait_for_url(lambda url: "/logout/" not in url)


def add_passkey(page: Page) -> None:
    """As somebody who has just signed in."""
    page.goto("/accounts/devices/webauthn/add/")
    page.get_by_label("Name").fill("My phone")
    expect(page.get_by_label("Sign in with it alone")).to_be_checked()
    press(page, "Add")
    page.wait_for_url("**/recovery-codes/")


def test_member_adds_a_passkey_and_signs_in_with_it(reader: Page, device: Device) -> None:
    member = make_user(username="wilma")
    sign_in(reader, member)
    add_passkey(reader)
    [key] = device.keys()
    assert key["rpId"] == "localhost" and key["isResidentCredential"]
    assert mail.outbox[-1].to == [member.email]
    sign_out(reader)
    reader.goto("/accounts/login/?next=/accounts/")
    press(reader, "With a passkey")
    expect(reader.get_by_text("Readers know you as wilma")).to_be_visible()


def test_refused_and_unknown_passkeys_say_so(reader: Page, device: Device) -> None:
    sign_in(reader, make_user(username="wilma"))
    add_passkey(reader)
    sign_out(reader)
    Authenticator.objects.all().delete()  # the device keeps what the account lost
    reader.goto("/accounts/login/")
    press(reader, "With a passkey")
    expect(reader.locator(".messages")).to_contain_text("is not known here")
    device.feels_a_strange_finger()
    press(reader, "With a passkey")
    expect(reader.get_by_text(REFUSED)).to_be_visible()
    reader.goto("/accounts/")
    assert "/login/" in reader.url


def test_passkey_is_the_second_factor_of_the_desk(
    reader: Page, device: Device, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    editor = make_colleague("editor")
    sign_in(reader, editor, at="/admin/")
    expect(reader.get_by_role("heading")).to_have_text("A second factor for the desk")
    add_passkey(reader)
    reader.goto("/admin/")
    reader.get_by_role("link", name="With my passkey or security key").click()
    expect_no_barriers(reader)
    press(reader, "Use a security key")
    expect(reader.locator("#user-tools")).to_be_visible()
    sign_out(reader)
    sign_in(reader, editor, at="/admin/")
    expect(reader.get_by_role("heading", name="Your second factor")).to_be_visible()
    press(reader, "With my passkey or security key")
    expect(reader.locator("#user-tools")).to_be_visible()


def test_passkey_is_renamed_and_taken_off(reader: Page, device: Device) -> None:
    sign_in(reader, make_user(username="wilma"))
    add_passkey(reader)
    reader.goto("/accounts/devices/webauthn/")
    expect_no_barriers(reader)
    reader.get_by_role("link", name="Rename My phone").click()
    reader.get_by_label("Name").fill("The old phone")
    press(reader, "Save")
    reader.get_by_role("link", name="Remove The old phone").click()
    press(reader, "Remove")
    expect(reader.get_by_text("Your account has none.")).to_be_visible()
    assert not Authenticator.objects.exists()
