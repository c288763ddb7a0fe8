"""Reporting a comment: the form, who may, and what is told of it."""

import pytest
from django.test import Client

from comments.models import Comment, Flag, Status
from comments.moderating import approve, remove
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, typed, write

pytestmark = pytest.mark.django_db
GIVEN = {"reason": "abuse", "text": "He calls her names."}


@pytest.fixture
def comment():
    make_site()
    return write(make_article(slug="ferry"), text="The ferry is late.")


@pytest.fixture
def form(comment):
    return f"/comments/{comment.pk}/flag/"


def signed_in(**fields) -> Client:
    client = Client()
    client.force_login(make_user(**fields))
    return client


def test_each_comment_leads_to_the_form_also_where_the_talk_is_closed(client, comment, form):
    for policy in ("open", "closed"):
        make_site(comment_policy=policy)
        page = client.get("/articles/ferry/").text
        assert f'<a class="comment-flag" href="{form}" rel="nofollow">Report</a>' in page


def test_guest_reports_a_comment_and_finds_the_report_again(client, comment, form):
    page = client.get(form)
    assert "The ferry is late." in page.text and "no-store" in page.headers["Cache-Control"]
    assert "Tell me by mail" not in page.text
    response = client.post(form, GIVEN)
    assert (response.status_code, response.headers["Location"]) == (302, form)
    assert "The moderators have your report." in client.get(form).text
    given = Flag.objects.get()
    assert (given.comment, given.reason, given.text) == (comment, "abuse", GIVEN["text"])
    assert given.reporter.startswith("guest:") and not given.wants_mail
    assert "Insult or threat" in client.get("/me/comments/").text
    assert "Your reports" not in Client().get("/me/comments/").text


def test_second_report_of_one_person_changes_nothing(client, comment, form):
    for reason in ("abuse", "spam"):
        client.post(form, {"reason": reason})
    assert Flag.objects.get().reason == "abuse"
    comment.refresh_from_db()
    assert comment.open_flags == 1


def test_guest_who_signs_in_is_still_one_person(client, comment, form):
    client.post(form, GIVEN)
    client.force_login(make_user())
    client.post(form, GIVEN)
    assert Flag.objects.count() == 1


@pytest.mark.parametrize(
    ("typed_in", "message"),
    [
        ({"reason": ""}, "This field is required."),
        ({"reason": "dull"}, "Select a valid choice."),
        ({"reason": "other"}, "Please say what is wrong."),
        ({"reason": "abuse", "text": "x" * 1001}, "at most 1000 characters"),
        ({"reason": "abuse", "text": "bell\x07"}, "control characters"),
    ],
)
def test_bad_input_is_explained_and_kept(client, comment, form, typed_in, message):
    response = client.post(form, {"text": ""} | typed_in)
    assert response.status_code == 422 and message in response.text
    assert "Your report was not sent" in response.text
    assert typed_in.get("text", "")[:4] in response.text
    assert not Flag.objects.exists()


def test_nobody_reports_their_own_comment(client, comment):
    client.post("/articles/ferry/comment/", typed(text="Ahoy"))
    own = f"/comments/{Comment.objects.latest('id').pk}/flag/"
    for response in (client.get(own), client.post(own, GIVEN)):
        assert response.status_code == 403
        assert "cannot report your own comment" in response.text
        assert "<form" not in response.text.split("<main")[1].split("</main>")[0]
    assert not Flag.objects.exists()


def test_what_readers_do_not_see_is_not_reported(client, comment, form):
    remove(comment, by=make_moderator())
    assert client.get(form).status_code == client.post(form, GIVEN).status_code == 404
    assert client.get("/comments/999999/flag/").status_code == 404
    assert client.put(form).status_code == 405


def test_too_many_reports_wait_and_keep_the_text(client, comment, form, settings):
    settings.FORMS_PER_PREFIX = 1
    other = write(make_article())
    assert client.post(f"/comments/{other.pk}/flag/", GIVEN).status_code == 302
    response = client.post(form, GIVEN)
    assert response.status_code == 429 and int(response.headers["Retry-After"])
    assert GIVEN["text"] in response.text
    elsewhere = client.post(form, GIVEN, REMOTE_ADDR="203.0.114.1")
    assert elsewhere.status_code == 429  # it is the same person


def by_new_guests(form, *, of: int, network: str) -> list[int]:
    """How each is answered who brings no cookie."""
    return [
        Client().post(form, GIVEN, REMOTE_ADDR=f"{network}.{number}").status_code
        for number in range(1, of + 1)
    ]


def test_new_guests_of_one_network_hold_no_comment_and_those_of_others_do(comment, form):
    assert by_new_guests(form, of=4, network="203.0.113") == [302, 302, 429, 429]
    comment.refresh_from_db()
    assert (comment.is_public, comment.open_flags) == (True, 2)
    assert by_new_guests(form, of=1, network="203.0.114") == [302]
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_network_sends_so_many_new_guests_in_an_hour_and_no_more(comment, settings):
    settings.NEW_VOTERS_PER_PREFIX = 2
    forms = [f"/comments/{write(comment.article).pk}/flag/" for _number in range(3)]
    answers = [Client().post(each, GIVEN) for each in forms]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert signed_in().post(forms[2], GIVEN).status_code == 302


def test_another_sites_form_is_refused(comment, form):
    strict = Client(enforce_csrf_checks=True)
    for site, status in (("cross-site", 403), ("same-origin", 302)):
        assert strict.post(form, GIVEN, headers={"Sec-Fetch-Site": site}).status_code == status


@pytest.mark.parametrize(
    ("verb", "told"), [(approve, "The comment stays."), (remove, "The comment was taken away.")]
)
def test_reporter_learns_the_outcome_on_the_page(client, comment, form, verb, told):
    client.post(form, GIVEN)
    assert "Waits for a moderator." in client.get("/me/comments/").text
    verb(comment, by=make_moderator())
    assert told in client.get("/me/comments/").text and told in client.get(form).text


def test_only_members_with_an_address_are_asked_about_mail(comment, form):
    assert "Tell me by mail" in signed_in().get(form).text
    silent = signed_in(email="")
    assert "Tell me by mail" not in silent.get(form).text
    silent.post(form, GIVEN | {"wants_mail": "on"})
    assert not Flag.objects.get().wants_mail
