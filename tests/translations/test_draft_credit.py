"""A credit changed in a draft is seen once it is published."""

import pytest
from django.db import connection
from django.test import Client

from articles import drafts
from articles.models import Role
from articles.publishing import publish
from tests.articles.test_draft_form import address, send
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import form_of
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.versions import make_source_text
from translations.models import Attribution
from translations.reconciling import reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("editor"))
    return client


@pytest.fixture
def live(desk):
    byline = [(make_contributor(), Role.TRANSLATOR)]
    article = make_article(slug="ferry", language="en", byline=byline)
    make_attribution(article=article)
    publish(article, by=make_colleague("chief"))
    return article


def page():
    return Client().get("/articles/ferry/").text


def test_changed_credit_waits_in_the_draft(desk, live):
    send(desk, live, _continue="1", **{"attribution-0-exclusive_for": "The Courier"})
    assert "The Courier" not in page()
    assert form_of(desk, address(live))["attribution-0-exclusive_for"] == ["The Courier"]
    assert "The Courier" in desk.get(address(live, "preview")).text
    assert drafts.changes(live) == ["Credit: changed."]
    send(desk, live, _publish="1")
    assert "The Courier" in page()


def test_credit_is_added_and_removed_by_drafts(desk, live):
    send(desk, live, _continue="1", **{"attribution-0-DELETE": "on",
                                       "contributions-0-role": "reporter"})  # fmt: skip
    assert Attribution.objects.exists()
    assert "Credit: removed." in drafts.changes(live)
    send(desk, live, _publish="1")
    assert not Attribution.objects.exists()
    work = make_source_work()
    credit = {"origin": "republication", "source_work": make_source_work(language="en").pk}
    for _n in range(2):  # the second finds the row that the first has brought
        assert send(desk, live, _continue="1", **{
            f"attribution-0-{name}": value for name, value in credit.items()
        }).status_code == 302  # fmt: skip
    send(desk, live, _publish="1")
    assert Attribution.objects.get().source_work != work


def test_credit_stays_as_readers_see_it_where_the_new_source_is_gone(desk, live):
    work = make_source_work()
    send(desk, live, _continue="1", **{"attribution-0-source_work": work.pk})
    work.delete()
    send(desk, live, _publish="1")
    assert Attribution.objects.get().source_work_id != work.pk


def test_credit_that_no_longer_fits_is_not_published(desk, live):
    work = make_source_work()
    send(desk, live, _continue="1", **{"attribution-0-source_work": work.pk})
    work.language = "en"
    work.save()
    publish(live, by=make_colleague("editor"))
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Attribution.objects.get().source_work_id != work.pk


def test_snapshot_holds_every_field_of_the_credit(live):
    fields = drafts.snapshot(live)["attribution"]["fields"]
    concrete = {field.name for field in Attribution._meta.concrete_fields} - {"id"}
    assert fields.keys() >= concrete


def test_draft_moves_no_pointer(desk, live):
    first = make_source_text(Attribution.objects.get().source_work)
    Attribution.objects.update(source_text=first)
    send(desk, live, _continue="1", **{"attribution-0-exclusive_for": "The Courier"})
    last = make_source_text(first.source_work)
    reconcile(live, by=make_colleague("translator"), seen=last.pk)
    assert drafts.changes(live) == ["Credit: changed."]
    send(desk, live, _publish="1")
    credit = Attribution.objects.get()
    assert (credit.exclusive_for, credit.source_text) == ("The Courier", last)


def test_reconciling_is_no_change_of_the_draft(desk, live):
    send(desk, live, _continue="1", headline="The ferry leaves later")
    before = drafts.changes(live)
    last = make_source_text(Attribution.objects.get().source_work)
    reconcile(live, by=make_colleague("translator"), seen=last.pk)
    assert drafts.changes(live) == before


def test_draft_with_another_source_covers_what_that_was(desk, live):
    work = make_source_work()
    first = make_source_text(work)
    send(desk, live, _continue="1", **{"attribution-0-source_work": work.pk})
    make_source_text(work)
    send(desk, live, _publish="1")
    assert Attribution.objects.get().source_text == first
