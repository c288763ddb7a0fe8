"""Every mail that allauth sends is one of ours."""

import re
from pathlib import Path

import allauth
import pytest

from accounts.mails import ANSWERS, CHANGES, CODES, account_mail
from tests.builders import make_site

pytestmark = pytest.mark.django_db

BY_LINK = {  # what this site never sends: links, several addresses, other ways to sign in
    "account/email/email_confirm", "account/email/email_deleted",
    "account/email/password_reset_key",
}  # fmt: skip
CONTEXT = {"code": "ABCD-EFGH", "signup_url": "https://x/1", "password_reset_url": "https://x/2"}


def known_to_allauth():
    folder = Path(allauth.__file__).parent / "templates"
    found = [str(path.relative_to(folder)) for path in folder.glob("*/email/*_message.txt")]
    names = {re.sub(r"_message\.txt$", "", name) for name in found}
    return {name for name in names if name.startswith(("account/", "mfa/"))}


def test_none_is_left_to_allauth_s_own_words():
    assert known_to_allauth() - BY_LINK - {"account/email/base"} == {*CODES, *ANSWERS, *CHANGES}


@pytest.mark.parametrize("kind", [*CODES, *ANSWERS, *CHANGES])
def test_each_says_who_sends_it_and_what_to_do(kind):
    make_site(name="Letters & Lamps")
    message = account_mail(kind, "wilma@readers.example", CONTEXT)
    assert message.subject.endswith(" – Letters & Lamps")
    assert "Letters & Lamps" in message.body
    assert "If this was not you" in message.body
    assert ("ABCD-EFGH" in message.body) == (kind in CODES)
