"""Telling the desk of an error in a passage, and who hears of it."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.forms.models import model_to_dict
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Article, Role
from comments.asking import decide
from comments.models import Comment, Discussion, ErrorReport, Passage
from comments.tasks import mail_error_report, mail_maker
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_site,
    make_user,
)
from tests.comments.builders import make_error_report

pytestmark = pytest.mark.django_db
FORM = "/articles/ferry/error/"
BODY = "<p>The ferry is late.</p><p>Nobody knows why.</p>"
SELECTED = {"exact": "ferry", "before": "The ", "after": " is late"}


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry", body=BODY)


def writer_of(*roles_by: str, **fields) -> tuple[User, list]:
    """Somebody who signs in, and their place in a byline for each role."""
    user = make_user(**fields)
    contributor = make_contributor(user=user)
    return user, [(contributor, role) for role in roles_by]


def told_of(report: ErrorReport) -> list[User]:
    """Whom the task lets know, each by a task of its own."""
    DBTaskResult.objects.all().delete()
    number = mail_error_report.call(report.pk)
    tasks = [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]
    assert len(tasks) == number and {pk for pk, _person in tasks} <= {report.pk}
    return [User.objects.get(pk=person) for _pk, person in tasks]


def test_reader_reports_an_error_in_marked_words(client, article):
    form = client.get(FORM, SELECTED)
    assert "<p>ferry</p>" in form.text and "no-store" in form.headers["Cache-Control"]
    response = client.post(FORM, SELECTED | {"text": "It is a barge."})
    assert (response.status_code, response.headers["Location"]) == (302, f"{FORM}sent/")
    assert "The desk has your report." in client.get(f"{FORM}sent/").text
    report = ErrorReport.objects.get()
    assert (report.text, report.status) == ("It is a barge.", "open")
    assert (report.passage.article, report.passage.suffix[:8]) == (article, " is late")
    assert DBTaskResult.objects.get().args_kwargs["args"] == [report.pk]


def test_reader_reports_an_error_in_a_paragraph(client, article):
    form = client.get(f"{FORM}?paragraph=1")
    assert "<p>Nobody knows why.</p>" in form.text
    client.post(f"{FORM}?paragraph=1", {"exact": "Nobody knows why.", "text": "I do."})
    assert ErrorReport.objects.get().passage.exact == "Nobody knows why."


@pytest.mark.parametrize("query", ["", "?paragraph=2", "?paragraph=x", "?paragraph=-1", "?exact="])
def test_without_a_passage_the_reader_chooses_one(client, article, query):
    response = client.get(FORM + query)
    assert (response.status_code, response["Location"]) == (302, "/articles/ferry/passages/")


MISTAKES = {
    "": "This field is required.",
    " \n ": "This field is required.",
    "\u200b": "Nothing of this can be seen",
    "x" * 2001: "at most 2000 characters",
    "bell\x07": "control characters",
    "a\u202eb": "control characters",
    "nul\x00": "Null characters",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items())
def test_bad_input_is_explained_and_kept(client, article, text, message):
    response = client.post(FORM, SELECTED | {"text": text})
    assert response.status_code == 422
    assert "Your report was not sent" in response.text and message in response.text
    assert 'aria-invalid="true"' in response.text
    assert 'name="before" value="The "' in response.text
    assert not Passage.objects.exists()


@pytest.mark.parametrize("exact", ["The ferry is early", "x" * 2001, "fer\x00ry", "fer\x07ry", ""])
def test_words_that_are_not_in_the_text_keep_what_was_typed(client, article, exact):
    response = client.post(FORM, SELECTED | {"exact": exact, "text": "It is a barge."})
    assert response.status_code == 422
    assert "It is a barge." in response.text
    assert 'href="/articles/ferry/passages/"' in response.text
    assert not Passage.objects.exists()


def test_too_many_reports_from_one_prefix_wait_and_keep_the_text(client, article, settings):
    settings.FORMS_PER_PREFIX = 2
    client.post(FORM, SELECTED | {"text": ""})  # a mistake is not counted
    for last, status in ((1, 302), (2, 302), (3, 429)):
        report = SELECTED | {"text": f"It is a barge, says {last}."}
        response = client.post(FORM, report, REMOTE_ADDR=f"203.0.113.{last}")
        assert response.status_code == status
    assert 0 < int(response.headers["Retry-After"]) <= 600
    assert "It is a barge, says 3." in response.text and "a lot in a short time" in response.text
    elsewhere = client.post(FORM, SELECTED | {"text": "A barge."}, REMOTE_ADDR="203.0.114.1")
    assert elsewhere.status_code == 302


def test_nothing_of_the_reader_is_kept(client, article):
    member = make_user(email="odo@readers.example")
    client.force_login(member)
    client.post(FORM, SELECTED | {"text": "A barge."}, REMOTE_ADDR="203.0.113.7")
    report = ErrorReport.objects.get()
    kept = f"{model_to_dict(report)} {model_to_dict(report.passage)}"
    assert "203.0.113" not in kept and member.email not in kept
    assert report.passage.asked_by is None and report.decided_by is None
    assert "guest" not in client.cookies and "known" not in client.cookies


def test_closed_conversation_takes_reports_still(client, article):
    Discussion.objects.create(story_id=article.story_id, policy="closed")
    assert client.post(FORM, SELECTED | {"text": "A barge."}).status_code == 302
    assert ErrorReport.objects.exists() and not Comment.objects.exists()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nobody_reports_on_what_readers_cannot_see(client, article, status):
    assert client.get(FORM, SELECTED).status_code == 200
    Article.objects.update(status=status)
    for address in (FORM, f"{FORM}sent/", "/articles/no-such/error/"):
        assert client.get(address, SELECTED).status_code == 404
    assert client.post(FORM, SELECTED | {"text": "A barge."}).status_code == 404
    assert client.put(FORM).status_code == client.post(f"{FORM}sent/").status_code == 405


def test_another_sites_form_is_refused(article):
    client, data = Client(enforce_csrf_checks=True), SELECTED | {"text": "A barge."}
    for site, status in (("cross-site", 403), ("same-origin", 302)):
        assert client.post(FORM, data, headers={"Sec-Fetch-Site": site}).status_code == status
    assert ErrorReport.objects.count() == 1


def test_translators_hear_of_errors_in_a_translation(article):
    mina, translating = writer_of(Role.TRANSLATOR)
    _maren, reporting = writer_of(Role.REPORTER)
    german = make_article(story=article.story, language="de", byline=translating + reporting)
    assert told_of(make_error_report(german)) == [mina]


def test_byline_hears_of_errors_where_nobody_translated():
    maren, reporting = writer_of(Role.REPORTER, Role.REVIEWER)
    odo, editing = writer_of(Role.REVIEWER)
    told = told_of(make_error_report(make_article(byline=reporting + editing)))
    assert sorted(person.pk for person in told) == [maren.pk, odo.pk]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"email": ""}, None])
def test_editors_hear_of_errors_where_no_maker_can(fields):
    _mina, translating = writer_of(Role.TRANSLATOR, **fields or {})
    if fields is None:
        translating = [(make_contributor(), Role.TRANSLATOR)]  # who never signs in
    _maren, reporting = writer_of(Role.REPORTER)
    editor, gone = make_colleague("editor"), make_user(is_active=False)
    gone.groups.add(Group.objects.get(name="editor"))
    assert told_of(make_error_report(make_article(byline=translating + reporting))) == [editor]


def test_mail_says_what_is_wrong_where_and_leads_to_the_report(article):
    report = make_error_report(article, exact="ferry", text="It is a barge.")
    person = make_user()
    assert mail_maker.call(report.pk, person.pk)
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("A reader reports an error", [person.email])
    assert "> ferry\n\nIt is a barge." in message.body and article.headline in message.body
    assert f"/admin/comments/errorreport/{report.pk}/change/" in message.body


def test_nobody_is_told_of_what_is_decided(article):
    report, editor = make_error_report(article, exact="ferry"), make_colleague("editor")
    assert decide(report, ErrorReport.Status.DISMISSED, by=editor)
    assert not mail_maker.call(report.pk, editor.pk) and not mail.outbox


def test_mailbox_is_not_filled_by_reports(article, monkeypatch):
    monkeypatch.setattr("comments.tasks.MAILED_REPORTS", 2)
    mina, translating = writer_of(Role.TRANSLATOR)
    german = make_article(story=article.story, language="de", byline=translating)
    other = make_article(language="tr", byline=translating)
    told = [told_of(make_error_report(german)) for _report in range(3)]
    assert told == [[mina], [mina], []]
    assert told_of(make_error_report(other)) == [mina]


def test_report_that_is_sent_twice_is_one_until_it_is_decided(client, article):
    typed = {"exact": "late", "text": "It was early."}
    for _click in range(2):
        client.post("/articles/ferry/error/", typed)
    report = ErrorReport.objects.get()
    decide(report, ErrorReport.Status.DISMISSED, by=make_colleague("editor"))
    client.post("/articles/ferry/error/", typed)
    assert ErrorReport.objects.count() == 2
