"""Each page says in its title what it is, and in which paper."""

import re
from pathlib import Path

import pytest
from django.test import Client

from operations.models import SiteSettings
from tests.accounts.codes import give_app
from tests.builders import make_user
from tests.newsroom.public_pages import PUBLIC, make_paper

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
FORMS = [
    "/articles/ferry/comment/", "/articles/ferry/error/", "/articles/ferry/follow/",
    "/comments/{comment}/reply/", "/comments/{comment}/edit/", "/comments/{comment}/flag/",
    "/comments/{comment}/history/", "/comments/{comment}/follow/", "/moderation/notice/",
    "/subscriptions/", "/subscriptions/sent/", "/subscriptions/stop/x/", "/me/comments/",
    "/de/moderation/notice/", "/support/press/give/",
]  # fmt: skip
STRANGERS = ["login/", "login/code/", "signup/", "password/reset/", "inactive/", "left/"]
MEMBERS = [
    "", "email/", "password/change/", "reauthenticate/", "sessions/", "leave/", "logout/",
    "devices/", "devices/webauthn/", "devices/webauthn/add/", "devices/totp/deactivate/",
    "devices/recovery-codes/", "devices/reauthenticate/",
]  # fmt: skip


def wrong_titles(client, paths):
    """{path: title} of those that do not end with the paper's name, after something else."""
    ending = f" – {SiteSettings.load().name}"
    titles = {}
    for path in paths:
        answer = client.get(path, follow=True)
        if answer["Content-Type"].startswith("text/html") and "<html" in answer.text:
            title = " ".join(re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)[1].split())
            if not title.endswith(ending) or title == ending.strip():
                titles[path] = title
    return titles


def test_public_pages_and_their_forms_end_with_the_paper_s_name(client):
    comment = make_paper()
    question = comment.passage_id
    paths = [path.format(comment=comment.pk, question=question) for path in [*PUBLIC, *FORMS]]
    assert wrong_titles(client, paths).keys() == {"/", "/de/"}  # the front page is the paper


def test_accounts_do_so_too(client):
    pages = [f"/accounts/{path}" for path in STRANGERS]
    assert wrong_titles(client, pages) == {}
    typed = {"email": "wilma@readers.example"}
    for asking in ("login/code/", "password/reset/"):
        asked = Client()
        answer = asked.post(f"/accounts/{asking}", typed)
        assert wrong_titles(asked, [answer["Location"]]) == {}


def test_pages_of_members_do_so_too(client):
    wilma = make_user(username="wilma")
    client.post("/accounts/login/", {"login": "wilma", "password": "lighthouse"})
    give_app(wilma)
    pages = [f"/accounts/{path}" for path in MEMBERS]
    assert wrong_titles(client, pages) == {}


def test_every_page_has_a_title_of_its_own():
    """The base adds the paper's name: a page that fills another block has none."""
    found = ROOT.glob("*/templates/**/*.html")
    pages = [path for path in found if path.read_text().startswith('{% extends "base.html" %}')]
    own = re.compile(r"{% block (head|whole)_title %}.+{% endblock %}")
    without = [path.parent.name for path in pages if not own.search(path.read_text())]
    assert len(pages) > 40 and without == ["layouts"]  # of allauth: its pages have one each
