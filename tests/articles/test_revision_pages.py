"""The desk's pages on which revisions are listed, read, compared, named and brought back."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.models import Article, ReviewEntry, Revision, Status
from articles.publishing import publish
from tests.articles.revisions import LIVE, address, make_live, save
from tests.builders import make_article, make_colleague, make_editor, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_colleague("editor", username="ines")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def live(editor):
    return make_live(by=editor)


def test_list_tells_who_saved_what_when_and_from_what(desk, live, editor):
    first = drafts.newest(live)
    draft = save(live, by=make_colleague("reporter", username="tomas"), headline="Waiting")
    ReviewEntry.objects.create(article=live, revision=draft, kind="submitted", created_by=editor)
    Revision.objects.filter(pk=first.pk).update(label="as agreed")
    page = desk.get(address(live, "revisions")).text
    assert page.index('id="revision-2"') < page.index('id="revision-1"')
    for told in ("tomas", "published now", "as agreed", "submitted for review", "2 revisions"):
        assert told in page
    assert 'href="#revision-1">1</a>' in page
    assert address(live, "preview", "?revision=2") in page


def test_warnings_that_were_overridden_are_told_with_the_reason(desk, live, editor):
    Revision.objects.create(
        article=live, number=2, kind="published", snapshot=drafts.snapshot(live),
        created_by=editor, warnings=["long_headline"], warnings_reason="It is a quote.",
    )  # fmt: skip
    assert "in spite of 1 warning: “It is a quote.”" in desk.get(address(live, "revisions")).text


def queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_many_revisions_come_in_pages_with_as_few_queries(desk, live, editor):
    few = queries(desk, address(live, "revisions"))
    content = drafts.snapshot(live)
    for number in range(2, 62):
        Revision.objects.create(article=live, number=number, kind="draft", snapshot=content,
                                created_by=editor, based_on=live.revisions.first())  # fmt: skip
    assert queries(desk, address(live, "revisions")) == few
    first = desk.get(address(live, "revisions")).text
    last = desk.get(address(live, "revisions", "?page=2")).text
    assert (first.count('name="from"'), last.count('name="from"')) == (50, 11)
    assert 'id="revision-1"' in last
    assert desk.get(address(live, "revisions", "?page=-1%00x")).status_code == 200


def test_article_that_was_never_saved_has_an_empty_list(desk):
    article = make_article(status=Status.DRAFT)
    assert "Nothing of this article has been saved" in desk.get(address(article, "revisions")).text
    assert desk.get(address(article, "compare")).status_code == 404


def test_comparison_shows_what_the_draft_changes(desk, live, editor):
    save(live, by=editor, headline="The ferry leaves nine minutes later")
    page = desk.get(address(live, "compare", "?from=public&to=draft")).text
    assert "<del>eight</del><ins>nine</ins>" in page
    assert "?from=2&amp;to=1" in page  # swapped
    swapped = desk.get(address(live, "compare", "?from=2&to=1")).text
    assert "<del>nine</del><ins>eight</ins>" in swapped
    assert desk.get(address(live, "compare")).context["older"].number == 1


def test_steps_lead_from_one_change_to_the_next(desk, live, editor):
    for headline in ("Two", "Three", "Four"):
        save(live, by=editor, headline=headline)
    page = desk.get(address(live, "compare", "?from=2&to=3"))
    assert page.context["steps"] == {"back": (1, 2), "on": (3, 4)}
    assert desk.get(address(live, "compare", "?to=2")).context["steps"] == {"on": (2, 3)}


def test_queries_of_a_comparison_do_not_grow(desk, live, editor):
    line = drafts.snapshot(live)["byline"][0]
    save(live, by=editor, byline=[line | {"role": "editor"}])
    few = queries(desk, address(live, "compare", "?from=1&to=2"))
    save(live, by=editor, byline=[line | {"role": role} for role in ("editor", "reviewer")] * 9)
    assert queries(desk, address(live, "compare", "?from=1&to=3")) <= few + 1  # steps lead back


@pytest.mark.parametrize(
    "asked", ["0", "3", "-1", "x", "", "1.0", "９", "9" * 40, "%00", "1%00", "public'--", "null"]
)
@pytest.mark.parametrize("page", ["compare/?from=", "compare/?to=", "preview/?revision="])
def test_what_is_no_revision_is_not_found(desk, live, editor, page, asked):
    save(live, by=editor, headline="Other")
    assert desk.get(f"/admin/articles/article/{live.pk}/{page}{asked}").status_code == 404


def test_another_articles_revision_is_not_found(desk, live, editor):
    other = make_live(by=editor, slug="other", headline="Other")
    publish(other, by=editor)
    assert desk.get(address(live, "compare", "?from=2")).status_code == 404
    for page in ("restore", "label"):
        sent = {"revision": "2", "seen": other.published_revision.pk, "label": "x"}
        assert desk.post(address(live, page), sent).status_code == 404
    assert not Revision.objects.exclude(label="").exists()


def test_preview_shows_the_revision_that_is_asked_for(desk, live, editor):
    save(live, by=editor, headline="Second")
    save(live, by=editor, headline="Third")
    assert "Second" in desk.get(address(live, "preview", "?revision=2")).text
    assert LIVE in desk.get(address(live, "preview", "?revision=1")).text
    assert "Third" in desk.get(address(live, "preview")).text
    assert Article.objects.get().headline == LIVE


def test_restoring_asks_first_and_then_writes_a_draft(desk, live, editor):
    last = save(live, by=editor, headline="Nonsense")
    asked = desk.get(address(live, "restore", "?revision=1"))
    assert f"<ins>{LIVE}</ins>" in asked.text
    assert live.revisions.count() == 2
    sent = {"revision": "1", "seen": str(last.pk)}
    answer = desk.post(address(live, "restore"), sent, follow=True)
    assert "Revision 1 is back as a draft, revision 3." in answer.text
    assert drafts.newest(live).snapshot["headline"] == LIVE


@pytest.mark.parametrize("seen", ["", "x", None])
def test_restoring_over_somebody_elses_save_is_asked_again(desk, live, editor, seen):
    old = drafts.newest(live)
    save(live, by=make_colleague("reporter", username="tomas"), headline="Fresh")
    answer = desk.post(address(live, "restore"), {"revision": "1", "seen": seen or str(old.pk)})
    assert answer.status_code == 422
    assert "tomas saved revision 2" in answer.text
    assert "<del>Fresh</del>" in answer.text
    assert drafts.newest(live).snapshot["headline"] == "Fresh"


def test_label_is_saved_and_a_wrong_one_comes_back(desk, live):
    sent = {"revision": "1", "label": "before the interview"}
    assert desk.post(address(live, "label"), sent)["Location"] == address(live, "revisions")
    assert Revision.objects.get().label == "before the interview"
    refused = desk.post(address(live, "label"), {"revision": "1", "label": "y" * 81})
    assert (refused.status_code, Revision.objects.get().label) == (422, "before the interview")
    assert f'value="{"y" * 81}"' in refused.text


def test_who_may_not_write_neither_names_nor_restores(client, live):
    reader = make_user(is_staff=True)
    rights = ["view_article", "view_revision"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(reader)
    for page in ("revisions", "compare", "restore"):
        assert client.get(address(live, page)).status_code == 403
    for page in ("label", "restore"):
        assert client.post(address(live, page), {"revision": "1"}).status_code == 403
    assert client.get(address(live, "preview", "?revision=1")).status_code == 403


def test_form_shows_the_newest_revisions_beside_it(desk, live, editor):
    for number in range(6):
        save(live, by=editor, headline=f"Draft {number}")
    page = desk.get(address(live, "change")).text
    assert page.count('class="revision-who"') == 5
    assert address(live, "compare", "?from=public&amp;to=7") in page
    assert f'href="{address(live, "revisions")}"' in page


def test_editor_of_articles_alone_may_do_all_this(client, live):
    client.force_login(make_editor(username="other"))
    assert client.get(address(live, "compare")).status_code == 200
