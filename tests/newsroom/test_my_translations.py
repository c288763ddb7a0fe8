"""A translator's own page at the desk, and what the desk's first page says of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Article, Role
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.comments.builders import make_error_report
from tests.translations.builders import make_assignment, pretend_drift

pytestmark = pytest.mark.django_db
PAGE = "/admin/my-translations/"
SOON = date.today() + timedelta(days=3)


@pytest.fixture
def mina() -> User:
    make_site()
    return make_colleague("translator", username="mina")


@pytest.fixture
def desk(client: Client, mina: User) -> Client:
    client.force_login(mina)
    return client


def translated_by(mina: User, **fields) -> Article:
    byline = make_contributor(user=mina), Role.TRANSLATOR
    return make_article(language="de", story=make_article().story, byline=[byline], **fields)


def test_page_without_anything_says_so(desk):
    page = desk.get(PAGE).text
    for sentence in (
        "Nothing waits for you.",
        "All your translations are as their sources are.",
        "No reader has reported an error in your translations.",
    ):
        assert sentence in page
    assert "wait for you" not in desk.get("/admin/").text


def test_own_assignments_stand_by_the_day_they_are_due(desk, mina):
    for name, due_on in (("Never", None), ("Later", SOON + timedelta(days=9)), ("Soon", SOON)):
        make_assignment(story=make_article(headline=name).story, owner=mina, due_on=due_on)
    make_assignment(story=make_article(headline="Hers").story, owner=make_colleague("translator"))
    finished = make_article(headline="Finished").story
    make_article(story=finished, language="de")
    make_assignment(story=finished, owner=mina)
    cells = desk.get(PAGE).context["cells"]
    assert [cell.source.headline for cell in cells] == ["Soon", "Later", "Never"]
    assert "3 translations wait for you" in desk.get("/admin/").text


def test_translation_whose_source_changed_is_named(desk, mina, monkeypatch):
    translated_by(mina, slug="faehre", headline="Die Fähre")
    pretend_drift(monkeypatch, faehre="withdrawn")
    page = desk.get(PAGE)
    assert [article.slug for article, _drift in page.context["behind"]] == ["faehre"]
    assert "source withdrawn" in page.text


def test_outdated_translation_that_was_assigned_waits_again(desk, mina, monkeypatch):
    make_assignment(story=translated_by(mina, slug="faehre").story, owner=mina)
    assert not desk.get(PAGE).context["cells"]
    pretend_drift(monkeypatch, faehre="outdated")
    assert len(desk.get(PAGE).context["cells"]) == 1
    assert "1 translation waits for you" in desk.get("/admin/").text


def test_reports_on_own_translations_are_told_and_no_others(desk, mina):
    make_error_report(translated_by(mina), text="Mine by the byline.")
    owned = make_article(language="de", story=make_article().story)
    make_assignment(story=owned.story, owner=mina)
    make_error_report(owned, text="Mine by assignment.")
    reported = make_article(byline=[(make_contributor(), Role.TRANSLATOR)])
    make_error_report(reported, text="Somebody else's.")
    page = desk.get(PAGE).text
    assert "Mine by the byline." in page
    assert "Mine by assignment." in page
    assert "Somebody else" not in page


def test_every_link_to_a_report_opens(desk, mina):
    make_error_report(translated_by(mina))
    owned = make_article(language="de", story=make_article().story)
    make_assignment(story=owned.story, owner=mina)
    make_error_report(owned)
    page = desk.get(PAGE)
    linked = [report for report, is_theirs in page.context["reports"] if is_theirs]
    assert len(linked) == 1
    for report in linked:
        address = f"/admin/comments/errorreport/{report.pk}/change/"
        assert address in page.text
        assert desk.get(address).status_code == 200


def test_page_costs_the_same_for_little_and_for_much(desk, mina):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(PAGE)
        return len(captured)

    make_assignment(story=make_article().story, owner=mina)
    make_error_report(translated := translated_by(mina))
    first = cost()
    for _number in range(10):
        make_assignment(story=make_article().story, owner=mina)
        make_error_report(translated)
    assert cost() == first


@pytest.mark.parametrize(
    ("role", "status"), [("reporter", 403), ("moderator", 403), ("editor", 200), ("chief", 200)]
)
def test_who_translates_has_the_page(role, status):
    make_site()
    client = Client()
    client.force_login(make_colleague(role))
    assert client.get(PAGE).status_code == status
