"""Readers' error reports at the desk: who sees which, and how they end."""

import re

import pytest
from django.test import Client

from articles.models import Role
from comments.models import ErrorReport
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.comments.builders import make_error_report

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/errorreport/"


@pytest.fixture
def report():
    make_site()
    return make_error_report(make_article(slug="ferry"), text="It was a *Monday*.")


def signed_in(role: str, *articles_role: tuple) -> Client:
    """Somebody of the desk, with a part in the making of these articles."""
    person, client = make_colleague(role), Client()
    contributor = make_contributor(user=person)
    for position, (article, part) in enumerate(articles_role):
        article.contributions.create(contributor=contributor, role=part, position=position)
    client.force_login(person)
    return client


def decide(client: Client, action: str, *reports: ErrorReport):
    data = {"action": action, "_selected_action": [report.pk for report in reports]}
    return client.post(LIST, data, follow=True)


def listed(client: Client) -> list[int]:
    found = re.findall(r'href="/admin/comments/errorreport/(\d+)/change/', client.get(LIST).text)
    return sorted(map(int, found))


def test_report_stands_beside_its_words_with_a_way_to_the_article(report):
    html = signed_in("editor").get(f"{LIST}{report.pk}/change/").text
    article = report.passage.article
    assert '<q lang="en">on Tuesday</q>' in html and "It was a *Monday*." in html
    assert f'<a href="/admin/articles/article/{article.pk}/change/">' in html
    assert "View it on the site" in html and "<textarea" not in html


def test_markup_in_a_report_is_text():
    hostile = "<script>alert(1)</script>"
    article = make_article(body="<p>He typed &lt;script&gt;alert(1)&lt;/script&gt;.</p>")
    report = make_error_report(article, exact=hostile, text=hostile)
    editor = signed_in("editor")
    for address in (LIST, f"{LIST}{report.pk}/change/"):
        html = editor.get(address).text
        assert hostile not in html and "&lt;script&gt;alert(1)" in html


def test_editor_sees_all_and_others_what_they_had_a_part_in(report):
    german = make_article(language="de")
    other, article = make_error_report(german), report.passage.article
    assert listed(signed_in("editor")) == [report.pk, other.pk]
    assert listed(signed_in("translator", (german, Role.TRANSLATOR))) == [other.pk]
    assert listed(signed_in("reporter", (article, Role.REPORTER))) == [report.pk]
    both = ((german, Role.TRANSLATOR), (german, Role.REVIEWER), (article, Role.REPORTER))
    assert listed(signed_in("translator", *both)) == [report.pk, other.pk]
    assert listed(signed_in("translator")) == []


def test_translator_does_not_open_or_decide_what_others_made(report):
    translator = signed_in("translator", (make_article(language="de"), Role.TRANSLATOR))
    assert translator.get(f"{LIST}{report.pk}/change/").status_code == 302
    decide(translator, "correct_selected", report)
    report.refresh_from_db()
    assert report.status == "open"


@pytest.mark.parametrize("role", ["moderator", "fundraiser"])
def test_who_writes_no_articles_sees_no_reports(report, role):
    stranger = signed_in(role, (report.passage.article, Role.TRANSLATOR))
    assert stranger.get(LIST).status_code == 403
    assert stranger.get(f"{LIST}{report.pk}/change/").status_code == 403


@pytest.mark.parametrize(
    ("action", "status"), [("correct_selected", "corrected"), ("dismiss_selected", "dismissed")]
)
def test_translator_ends_the_reports_on_own_articles(action, status):
    german = make_article(language="de")
    reports = [make_error_report(german) for _number in range(3)]
    translator = signed_in("translator", (german, Role.TRANSLATOR))
    decide(translator, "dismiss_selected", reports[0])
    response = decide(translator, action, *reports)
    assert "2 reports decided." in response.text
    ended = ErrorReport.objects.order_by("pk").values_list("status", flat=True)
    assert list(ended) == ["dismissed", status, status]
    assert not ErrorReport.objects.filter(decided_by=None).exists()


def test_waiting_reports_are_one_click(report):
    editor = signed_in("editor")
    done = make_error_report(report.passage.article, text="Long since right.")
    decide(editor, "correct_selected", done)
    waiting = editor.get(f"{LIST}?status__exact=open").text
    assert "It was a *Monday*." in waiting and "Long since right." not in waiting
    assert "Long since right." in editor.get(f"{LIST}?q=since").text


def test_report_is_neither_rewritten_nor_added_nor_deleted(report):
    editor = signed_in("editor")
    address = f"{LIST}{report.pk}"
    assert editor.post(f"{address}/change/", {"text": "Praise"}).status_code == 403
    assert editor.get(f"{LIST}add/").status_code == 403
    assert editor.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    report.refresh_from_db()
    assert report.text == "It was a *Monday*."


def test_list_costs_the_same_for_one_and_for_many(report, django_assert_max_num_queries):
    editor = signed_in("editor")
    for _number in range(20):
        make_error_report(make_article())
    with django_assert_max_num_queries(10):
        assert len(listed(editor)) == 21
