"""The address to which an article's form sends what is typed: who may, and what it answers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.models import Autosave, Revision, Role, Status
from articles.publishing import publish
from tests.articles.test_draft_form import address, send
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
ADD, NEW = "/admin/articles/article/add/", "/admin/articles/article/autosave/"


@pytest.fixture
def priya():
    make_site()
    return make_colleague("reporter", username="priya")


@pytest.fixture
def desk(client, priya):
    client.force_login(priya)
    return client


@pytest.fixture
def live():
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=make_colleague("chief"))
    return article


def typed_into(client, article, **changes):
    """What the form of the article holds after these changes."""
    where = address(article) if article else ADD
    return form_of(client, where) | changes


def test_form_is_kept_and_no_row_and_no_revision_changes(desk, priya, live):
    form = typed_into(desk, live, headline="Typed", topics=[])
    answer = desk.post(address(live, "autosave"), form)
    assert answer.status_code == 200
    found = Autosave.objects.get()
    assert answer.json() == {"saved_at": answer.json()["saved_at"], "present": ""}
    assert (found.article, found.user, found.based_on) == (live, priya, drafts.newest(live))
    assert found.fields["headline"] == ["Typed"]
    assert "csrfmiddlewaretoken" not in found.fields
    assert (Revision.objects.count(), drafts.pending(live)) == (1, None)


def test_keeping_reads_no_long_text(desk, live):
    form = typed_into(desk, live, headline="Typed")
    with CaptureQueriesContext(connection) as asked:
        desk.post(address(live, "autosave"), form)
    asked_for = [each["sql"] for each in asked if each["sql"].startswith("SELECT")]
    long = ('."body"', '."snapshot"', "articles_reviewentry")
    assert asked_for
    assert [sql for sql in asked_for if any(each in sql for each in long)] == []


def test_article_that_was_never_saved_has_a_place_too(desk):
    assert desk.post(NEW, typed_into(desk, None, headline="Begun")).status_code == 200
    assert Autosave.objects.get().article is None


def test_who_is_overtaken_is_told_and_their_text_is_kept(desk, live):
    form = typed_into(desk, live, headline="Mine")
    tomas = make_colleague("reporter", username="tomas")
    drafts.save_draft(live, by=tomas, based_on=drafts.newest(live))
    answer = desk.post(address(live, "autosave"), form)
    assert answer.status_code == 409
    assert answer.json()["reason"] == "stale"
    assert answer.json()["message"].startswith("tomas saved revision 2 meanwhile")
    assert Autosave.objects.get().fields["headline"] == ["Mine"]
    assert desk.post(address(live), form).status_code == 422


def test_second_form_of_the_same_person_is_told_of_the_first(desk, live):
    first, second = (typed_into(desk, live, headline=each) for each in ("One", "Two"))
    desk.post(address(live, "autosave"), first)
    answer = desk.post(address(live, "autosave"), second)
    assert (answer.status_code, answer.json()["reason"]) == (409, "elsewhere")
    assert Autosave.objects.get().fields["headline"] == ["One"]


def test_too_long_a_text_is_refused_in_words(desk, live):
    answer = desk.post(address(live, "autosave"), {"body": "x" * 1_000_001})
    assert answer.status_code == 413
    assert answer.json()["message"].startswith("This is too long to be kept")


def test_text_of_one_person_is_not_kept_as_another_s(desk, live):
    form = {"headline": "Typed", "person": make_colleague("editor").pk}
    assert desk.post(address(live, "autosave"), form).status_code == 403
    assert not Autosave.objects.exists()


def test_others_who_write_are_named(desk, client, live):
    desk.post(address(live, "autosave"), typed_into(desk, live))
    bertil = Client()
    bertil.force_login(make_colleague("editor"))
    sentence = "priya is writing in this article too."
    assert sentence in bertil.get(address(live)).text
    told = bertil.post(address(live, "autosave"), typed_into(bertil, live)).json()
    assert told["present"] == sentence


@pytest.mark.parametrize(
    ("role", "may"),
    [
        *((role, True) for role in ("reporter", "translator", "editor", "chief")),
        *((role, False) for role in ("moderator", "fundraiser")),
    ],
)
def test_only_who_may_write_the_article_sends_to_it(client, live, role, may):
    make_site()
    client.force_login(make_colleague(role))
    draft = make_article(status=Status.DRAFT)
    addresses = [address(live, "autosave"), address(draft, "autosave"), NEW]
    form = {"headline": "Typed", "autosave_key": "a"}
    statuses = [client.post(each, form).status_code for each in addresses]
    assert statuses == ([409, 200, 200] if may else [403, 403, 403])  # the first is overtaken
    assert Autosave.objects.count() == (3 if may else 0)
    away = [f"{each}away/" for each in addresses]
    assert {client.post(each, form).status_code for each in away} == {302 if may else 403}


def test_addresses_take_posts_for_articles_that_there_are(desk, live):
    pages = [address(live, page) for page in ("autosave", "autosave_away")]
    assert [desk.get(each).status_code for each in pages] == [405, 405]
    assert desk.post("/admin/articles/article/999999/autosave/").status_code == 404


def test_stranger_is_told_that_they_are_signed_out(client, live):
    headers = {"Accept": "application/json"}
    answer = client.post(address(live, "autosave"), {"headline": "Typed"}, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (403, "signed_out")


def test_token_is_needed(priya, live):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(priya)
    headers = {"Accept": "application/json", "Origin": "http://testserver"}
    answer = strict.post(address(live, "autosave"), {"headline": "Typed"}, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (403, "token")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("button", ["_continue", "_publish", "_withdraw", "_discard"])
def test_whatever_saves_the_form_forgets_what_it_kept(client, live, button):
    client.force_login(make_colleague("editor"))
    form = typed_into(client, live, headline="Typed")
    client.post(address(live, "autosave"), form)
    answer = client.post(address(live), form | {button: "1"})
    assert answer.status_code == 302
    assert not Autosave.objects.exists()
    assert answer.cookies["autosave_saved"].value == form["autosave_key"][0]


def test_saving_a_new_article_forgets_it_too(desk):
    form = typed_into(desk, None, headline="Begun")
    desk.post(NEW, form)
    assert desk.post(ADD, form | {"_continue": "1"}).status_code == 302
    assert not Autosave.objects.exists()


def test_refused_form_forgets_nothing(desk, live):
    form = typed_into(desk, live, headline="")
    desk.post(address(live, "autosave"), form)
    answer = desk.post(address(live), form)
    assert answer.status_code == 422
    assert Autosave.objects.exists()
    assert "autosave_saved" not in answer.cookies
    assert f'value="{form["autosave_key"][0]}"' in answer.text


def test_saving_one_form_spares_what_another_kept(desk, live):
    desk.post(address(live, "autosave"), typed_into(desk, live, headline="Elsewhere"))
    send(desk, live, headline="Here", _continue="1")
    assert Autosave.objects.get().fields["headline"] == ["Elsewhere"]
