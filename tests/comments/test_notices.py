"""Notices of illegal content: from anybody, with a reference, answered by the desk."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from comments.models import Notice
from comments.noticing import answer, link
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import write
from tests.comments.post_office import work

pytestmark = pytest.mark.django_db
FORM = "/moderation/notice/"


@pytest.fixture
def comment():
    make_site()
    return write(make_article(slug="ferry"))


def typed(comment, **fields):
    return {
        "address": f"http://localhost:8000/articles/ferry/#comment-{comment.pk}",
        "why": "It shows my address.",
        "is_in_good_faith": "on",
        **fields,
    }


def test_anybody_gives_a_notice_and_reads_it_by_its_link(client, comment):
    assert "Notice of illegal content" in client.get(FORM).text
    response = client.post(FORM, typed(comment, email="odo@readers.example"))
    notice = Notice.objects.get()
    assert response.status_code == 302 and response.headers["Location"] == link(notice)
    assert notice.comment == comment and len(notice.reference) == 10
    page = Client().get(response.headers["Location"])
    assert notice.reference in page.text and "It shows my address." in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    work()
    (message,) = mail.outbox
    assert notice.reference in message.subject and link(notice) in message.body
    assert "It shows my address." not in message.body
    assert "guest" not in client.cookies and "known" not in client.cookies


def test_label_that_ends_with_a_sign_gets_no_colon(client, comment):
    answer = client.post(FORM, typed(comment, why="", address="x"))
    assert ">Why is it against the law? This field is required.</a>" in answer.text
    assert ">Address of the page or comment: This is no page of ours.</a>" in answer.text


@pytest.mark.parametrize("key", ["", "x", None])
def test_nobody_reads_it_without_the_key(client, comment, key):
    client.post(FORM, typed(comment))
    notice = Notice.objects.get()
    other = re.sub("key=.", "key=", link(notice))
    address = f"{FORM}{notice.reference}/?key={key}" if key is not None else other
    assert client.get(address).status_code == 404
    assert client.post(link(notice)).status_code == 405


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"why": ""}, "This field is required."),
        ({"address": ""}, "This field is required."),
        ({"address": "https://elsewhere.example/x/"}, "no page of ours"),
        ({"email": "odo"}, "valid email"),
        ({"is_in_good_faith": ""}, "This field is required."),
        ({"website": "https://spam.example"}, "Leave this empty."),
        ({"why": "bell\x07"}, "control characters"),
    ],
)
def test_bad_input_is_explained_and_kept(client, comment, fields, message):
    response = client.post(FORM, typed(comment, **fields))
    assert response.status_code == 422 and message in response.text
    assert "Your notice was not sent" in response.text
    assert fields.get("why", "It shows my address.") in response.text
    assert not Notice.objects.exists()


def test_notice_without_a_name_is_sent_twice_and_kept_once(client, comment):
    places = {client.post(FORM, typed(comment)).headers["Location"] for _click in range(2)}
    assert len(places) == 1 and Notice.objects.get().name == ""
    assert not mail.outbox


def test_too_many_notices_wait_and_keep_the_text(client, comment, settings):
    settings.FORMS_PER_PREFIX = 1
    client.post(FORM, typed(comment))
    response = client.post(FORM, typed(comment, why="It is a second one."))
    assert response.status_code == 429 and "It is a second one." in response.text


def test_desk_answers_once_and_the_answer_is_mailed(client, comment):
    place = client.post(FORM, typed(comment, email="odo@readers.example")).headers["Location"]
    notice, moderator = Notice.objects.get(), make_colleague("moderator")
    desk = Client()
    desk.force_login(moderator)
    page = f"/admin/comments/notice/{notice.pk}/change/"
    assert "It shows my address." in desk.get(page).text
    assert notice.reference in desk.get("/admin/comments/notice/").text
    assert desk.post(page, {"words": ""}).status_code == 422
    assert desk.post(page, {"words": "We took it away."}).status_code == 302
    assert desk.post(page, {"words": "Or not."}).status_code == 403
    work()
    assert "We took it away." in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["odo@readers.example"]
    assert "We took it away." in client.get(place).text
    assert not answer(notice, text="Or not.", by=moderator)


def test_only_who_has_the_right_answers(client, comment):
    client.post(FORM, typed(comment))
    with pytest.raises(PermissionDenied):
        answer(Notice.objects.get(), text="No.", by=make_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(answer="No.")
