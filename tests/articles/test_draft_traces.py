"""An applied draft is there for nobody else, and leaves nothing behind."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from articles import drafts
from articles.models import Article, Contribution, Revision, Role
from articles.publishing import publish
from pagecache.drops import CHANNEL, drop
from tests.articles.test_draft_form import address
from tests.articles.test_publish_at_once import run_at_once
from tests.builders import make_article, make_contributor, make_editor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor():
    make_site()
    return make_editor()


@pytest.fixture
def live(editor):
    article = make_article(byline=[(make_contributor(), Role.REPORTER)], headline="Published")
    publish(article, by=editor)
    return article


@pytest.fixture
def draft(editor, live):
    content = drafts.snapshot(live) | {"headline": "Waiting", "byline": []}
    return drafts.save_draft(live, content, by=editor, based_on=drafts.newest(live))


def elsewhere(act):
    """What another connection finds."""
    found = []

    def run():
        try:
            found.append(act())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(10)
    return found[0]


def headline():
    return Article.objects.get().headline


def test_applied_draft_is_seen_by_its_own_connection_alone(live, draft):
    with drafts.applied(live, draft):
        assert (headline(), Contribution.objects.count()) == ("Waiting", 0)
        assert elsewhere(headline) == "Published"
    assert (headline(), Contribution.objects.count()) == ("Published", 1)
    assert live.headline == "Published"


def test_nothing_is_told_or_done_after_an_applied_draft(live, draft):
    done = []
    connection.ensure_connection()
    listener = connection.connection
    listener.execute(f"LISTEN {CHANNEL}")
    try:
        with transaction.atomic(), drafts.applied(live, draft):
            drop("story:1")
            transaction.on_commit(lambda: done.append("rolled back"))
        assert list(listener.notifies(timeout=0.1)) == []
        with drafts.applied(live, draft) as scope:
            drop("story:1")
            transaction.on_commit(lambda: done.append("kept"))
            scope.keep()
        assert [each.payload for each in listener.notifies(timeout=0.1)] == ["hard story:1"]
    finally:
        listener.execute(f"UNLISTEN {CHANNEL}")
    assert done == ["kept"]
    assert headline() == "Waiting"


def test_error_within_leaves_no_trace_either(live, draft):
    with pytest.raises(ZeroDivisionError), drafts.applied(live, draft) as scope:
        scope.keep()
        raise ZeroDivisionError
    assert headline() == "Published"


def test_two_saves_at_once_keep_one_and_tell_the_other(live, editor):
    base, told = drafts.newest(live), []

    def save(name):
        def act():
            content = drafts.snapshot(live) | {"headline": name}
            drafts.save_draft(live, content, by=editor, based_on=base)

        return act

    told = run_at_once(save("One"), save("Two"))
    assert [type(error) for error in told] == [drafts.StaleDraft]
    assert Revision.objects.count() == 2


def signed_in(editor):
    client = Client()
    client.force_login(editor)
    return client


def test_two_forms_sent_at_once_keep_one_and_give_the_other_back(live, editor):
    clients = [signed_in(editor), signed_in(editor)]
    form, answers = form_of(clients[0], address(live)), []

    def send(client, name):
        sent = form | {"headline": name, "_continue": "1"}
        return lambda: answers.append(client.post(address(live), sent).status_code)

    assert run_at_once(send(clients[0], "One"), send(clients[1], "Two")) == []
    assert (sorted(answers), Revision.objects.count()) == ([302, 422], 2)
    assert headline() == "Published"


def test_form_opened_in_two_threads_shows_each_the_draft(live, draft, editor):
    person = make_contributor()
    line = {"id": None, "contributor": {"id": person.pk, "slug": ""}, "role": "editor"}
    content = draft.snapshot | {"byline": [line]}
    drafts.save_draft(live, content, by=editor, based_on=draft)
    pages, clients = [], [signed_in(editor) for _n in range(4)]

    def read(client):
        return lambda: pages.append(client.get(address(live)).text)

    assert run_at_once(*[read(client) for client in clients]) == []
    assert ["Waiting" in page for page in pages] == [True] * 4
    assert (headline(), Contribution.objects.get().role) == ("Published", "reporter")
