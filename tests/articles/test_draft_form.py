"""The form of a public article: what is saved waits, what is published is seen."""

import pytest
from django.urls import reverse

from articles import drafts
from articles.models import Article, Revision, Role, Status
from articles.publishing import publish
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_section,
    make_site,
)
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
OLD = "The ferry leaves eight minutes later"


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
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=editor)
    return article


def address(article, page="change"):
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def send(client, article, **changes):
    """Opens the form, changes these fields and sends it."""
    return client.post(address(article), form_of(client, address(article)) | changes)


def row(article):
    """All that readers see of the article, from its rows."""
    return Article.objects.values().get(pk=article.pk), drafts.snapshot(Article.objects.get())


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
def test_saving_a_live_article_changes_no_row_and_no_page(desk, client, live, button):
    other, town = make_contributor(slug="other", name="Other Name"), make_section(slug="town")
    before, page = row(live), client.get("/articles/ferry/").content
    send(desk, live, headline="Later still", body="<p>New.</p>", section=town.pk,
         **{"contributions-0-contributor": other.pk, button: "1"})  # fmt: skip
    assert (row(live), client.get("/articles/ferry/").content) == (before, page)
    draft = drafts.pending(live)
    assert (draft.snapshot["headline"], draft.based_on.number) == ("Later still", 1)
    assert draft.snapshot["byline"][0]["contributor"]["slug"] == "other"


def test_form_and_preview_show_the_draft_and_publishing_shows_it_to_readers(desk, client, live):
    send(desk, live, headline="Later still", _continue="1")
    assert form_of(desk, address(live))["headline"] == ["Later still"]
    assert "Later still" in desk.get(address(live, "preview")).text
    assert "Later still" not in client.get("/articles/ferry/").text
    send(desk, live, _publish="1")
    assert "Later still" in client.get("/articles/ferry/").text
    assert list(live.revisions.values_list("kind", flat=True)) == [
        "published",
        "draft",
        "published",
    ]


def test_row_that_a_draft_added_is_changed_and_removed_by_later_ones(desk, live):
    other = make_contributor(slug="other")
    added = {"contributions-1-contributor": other.pk, "contributions-1-role": "editor",
             "contributions-1-position": "1"}  # fmt: skip
    send(desk, live, _continue="1", **added)
    answer = send(desk, live, _continue="1", **{"contributions-1-role": "reviewer"})
    assert answer.status_code == 302
    assert [line["role"] for line in drafts.pending(live).snapshot["byline"]] == [
        "reporter", "reviewer",
    ]  # fmt: skip
    send(desk, live, _continue="1", **{"contributions-0-DELETE": "on"})
    send(desk, live, _publish="1")
    assert [each.role for each in Article.objects.get().contributions.all()] == ["reviewer"]


def test_form_says_what_readers_see_and_what_has_changed(desk, live):
    assert "Readers see revision 1; you are writing its successor." in desk.get(address(live)).text
    send(desk, live, headline="Later still", _continue="1")
    page = desk.get(address(live)).text
    assert "Readers see revision 1; you are writing its successor." in page
    assert "Headline: changed." in page
    assert "Draft: revision 2, saved by ines" in page


def test_discarding_brings_back_what_readers_see(desk, live):
    assert 'name="_discard"' not in desk.get(address(live)).text
    send(desk, live, headline="Nonsense", _continue="1")
    send(desk, live, _discard="1")
    assert form_of(desk, address(live))["headline"] == [OLD]
    assert 'name="_discard"' not in desk.get(address(live)).text
    assert [each.snapshot["headline"] for each in Revision.objects.all()] == [OLD, "Nonsense", OLD]


def test_what_was_typed_and_discarded_stays_a_revision(desk, live):
    send(desk, live, headline="Saved", _continue="1")
    send(desk, live, headline="Typed in passing", _discard="1")
    page = desk.get(address(live)).text
    assert "What you had typed stays as revision 3." in page
    assert form_of(desk, address(live))["headline"] == [OLD]
    assert Revision.objects.get(number=3).snapshot["headline"] == "Typed in passing"


def test_discarding_what_cannot_be_saved_is_refused_and_keeps_it_in_the_form(desk, live):
    send(desk, live, headline="Saved", _continue="1")
    refused = send(desk, live, headline="", kicker="Typed in passing", _discard="1")
    assert (refused.status_code, Revision.objects.count()) == (422, 2)
    assert 'value="Typed in passing"' in refused.text


def test_stale_save_keeps_what_was_typed_and_goes_through_when_repeated(desk, live):
    form = form_of(desk, address(live))
    tomas = make_colleague("reporter", username="tomas")
    content = drafts.snapshot(live) | {"headline": "His", "byline": []}
    drafts.save_draft(live, content, by=tomas, based_on=drafts.newest(live))
    mine = form | {"headline": "Mine", "_continue": "1"}
    refused = desk.post(address(live), mine)
    assert (refused.status_code, Revision.objects.count()) == (422, 2)
    assert "tomas saved revision 2 on" in refused.text
    assert address(live, "preview") in refused.text
    assert 'value="Mine"' in refused.text
    again = mine | {"seen": drafts.newest(live).pk}
    assert f'name="seen" value="{again["seen"]}"' in refused.text
    assert desk.post(address(live), again).status_code == 302
    assert drafts.pending(live).snapshot["headline"] == "Mine"
    assert len(drafts.pending(live).snapshot["byline"]) == 1


def test_stale_save_of_a_draft_that_was_never_public_is_refused_too(desk, editor):
    article = make_article(status=Status.DRAFT, headline="Begun")
    form = form_of(desk, address(article))
    send(desk, article, headline="Theirs", _continue="1")
    assert desk.post(address(article), form | {"headline": "Mine"}).status_code == 422
    assert Article.objects.get().headline == "Theirs"


def test_what_publishing_alone_changes_is_not_lost_in_a_draft(desk, live):
    refused = send(desk, live, slug="boat", unpublish_at_0="2050-01-01", unpublish_at_1="06:00:00")
    errors = refused.context["adminform"].form.errors
    assert set(errors) == {"slug", "unpublish_at"}
    send(desk, live, slug="boat", _publish="1")
    assert Article.objects.get().slug == "boat"


def test_draft_of_a_live_article_may_be_incomplete(desk, live):
    answer = send(desk, live, body="", _continue="1", **{"contributions-0-DELETE": "on"})
    assert answer.status_code == 302
    assert send(desk, live, _publish="1").status_code == 422
    assert send(desk, live, headline="").context["adminform"].form.errors.keys() == {"headline"}


def test_minor_change_is_remembered_until_it_is_published(desk, live):
    send(desk, live, is_minor="on", _continue="1")
    send(desk, live, _publish="1")
    assert (live.published_revision.number, live.published_revision.is_minor) == (3, True)


def test_withdrawing_keeps_what_was_typed_as_a_draft(desk, live):
    send(desk, live, headline="Typed", _withdraw="1")
    article = Article.objects.get()
    assert (article.status, article.headline) == (Status.WITHDRAWN, OLD)
    assert drafts.pending(article).snapshot["headline"] == "Typed"


def test_withdrawing_without_a_change_writes_no_draft(desk, live):
    send(desk, live, _withdraw="1")
    assert (Article.objects.get().status, Revision.objects.count()) == (Status.WITHDRAWN, 1)


def test_draft_saved_at_the_desk_may_be_deleted_with_its_revisions(desk, editor):
    article = make_article(status=Status.DRAFT)
    for _n in range(2):
        send(desk, article, _continue="1")
    assert Revision.objects.count() == 2
    desk.post(address(article, "delete"), {"post": "yes"})
    assert not Article.objects.exists()
