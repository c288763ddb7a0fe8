"""What was typed and not saved is offered with the form, brought back, or thrown away."""

import pytest

from articles import drafts
from articles.models import Article, Autosave, Revision, Role, Status
from articles.publishing import publish
from tests.articles.test_autosave import ADD, NEW, typed_into
from tests.articles.test_draft_form import address
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
OFFER = "You typed until"


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("reporter", username="priya"))
    return client


@pytest.fixture
def live():
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=make_colleague("chief"))
    return article


def type_into(client, article, **changes):
    form = typed_into(client, article, **changes)
    assert client.post(address(article, "autosave") if article else NEW, form).status_code == 200
    return form


def test_text_is_offered_until_it_is_thrown_away(desk, live):
    assert OFFER not in desk.get(address(live)).text
    form = type_into(desk, live, headline="Typed in vain")
    page = desk.get(address(live)).text
    assert OFFER in page and 'href="?restore=autosave"' in page
    assert "Typed in vain" not in page
    thrown = {"autosave_key": form["autosave_key"], "back": address(live)}
    for _time in range(2):
        assert desk.post(address(live, "autosave_away"), thrown).url == address(live)
    assert not Autosave.objects.exists()
    assert OFFER not in desk.get(address(live)).text


def test_text_is_brought_back_into_the_whole_form_and_saved(desk, live):
    other = make_contributor(slug="other", name="Other Name")
    added = {"contributions-1-contributor": str(other.pk), "contributions-1-role": "editor",
             "contributions-1-position": "1"}  # fmt: skip
    typed = type_into(desk, live, headline="Typed", body="<p>All of it.</p>", **added)
    before = Revision.objects.count()
    answer = desk.get(f"{address(live)}?restore=autosave")
    assert (answer.status_code, Revision.objects.count()) == (200, before)
    assert "This is what you typed until" in answer.text
    assert "errornote" not in answer.text
    form = form_of(desk, f"{address(live)}?restore=autosave")
    assert form["headline"] == ["Typed"]
    assert form["autosave_key"] == typed["autosave_key"]
    desk.post(address(live), form | {"_continue": "1"})
    saved = drafts.pending(live).snapshot
    assert (saved["headline"], saved["body"]) == ("Typed", "<p>All of it.</p>")
    assert [line["role"] for line in saved["byline"]] == ["reporter", "editor"]
    assert not Autosave.objects.exists()


def test_incomplete_text_is_brought_back_without_reproaches(desk, live):
    type_into(desk, live, headline="", body="<p>All of it.</p>",
              **{"contributions-0-contributor": ""})  # fmt: skip
    answer = desk.get(f"{address(live)}?restore=autosave")
    assert answer.status_code == 200
    assert 'class="errorlist' not in answer.text
    assert "All of it." in answer.text


def test_text_over_a_draft_is_brought_back_with_that_draft_s_rows(desk, live):
    other = make_contributor(slug="other", name="Other Name")
    added = {"contributions-1-contributor": other.pk, "contributions-1-role": "editor",
             "contributions-1-position": "1", "_continue": "1"}  # fmt: skip
    desk.post(address(live), typed_into(desk, live, **added))
    type_into(desk, live, **{"contributions-1-role": "reviewer"})
    form = form_of(desk, f"{address(live)}?restore=autosave")
    desk.post(address(live), form | {"_continue": "1"})
    roles = [line["role"] for line in drafts.pending(live).snapshot["byline"]]
    assert roles == ["reporter", "reviewer"]


def test_overtaken_text_is_brought_back_and_meets_the_conflict(desk, live):
    type_into(desk, live, headline="Mine")
    tomas = make_colleague("reporter", username="tomas")
    content = drafts.snapshot(live) | {"headline": "His"}
    drafts.save_draft(live, content, by=tomas, based_on=drafts.newest(live))
    restored = f"{address(live)}?restore=autosave"
    assert "tomas saved revision 2 meanwhile" in desk.get(restored).text
    form = form_of(desk, restored)
    assert (form["headline"], form["based_on"]) == (["Mine"], [str(live.published_revision.pk)])
    refused = desk.post(address(live), form | {"_continue": "1"})
    assert (refused.status_code, drafts.newest(live).created_by) == (422, tomas)
    assert 'value="Mine"' in refused.text


def test_new_article_is_offered_back_too(desk):
    type_into(desk, None, headline="Begun")
    assert OFFER in desk.get(ADD).text
    form = form_of(desk, f"{ADD}?restore=autosave")
    desk.post(ADD, form | {"_continue": "1"})
    assert Article.objects.get().headline == "Begun"
    assert OFFER not in desk.get(ADD).text


def test_text_that_says_what_is_saved_is_not_offered(desk, live):
    form = type_into(desk, live)
    page = form_of(desk, address(live))
    assert OFFER not in desk.get(address(live)).text
    assert page["autosave_key"] == form["autosave_key"]  # this form goes on with it


def test_changed_byline_alone_is_offered(desk, live):
    type_into(desk, live, **{"contributions-0-role": "translator"})
    assert OFFER in desk.get(address(live)).text


def test_text_is_nobody_else_s_to_see(desk, client, live):
    type_into(desk, live, headline="Mine alone")
    for role in ("chief", "moderator"):
        client.force_login(make_colleague(role))
        for where in ("", "?restore=autosave"):
            page = client.get(address(live) + where).text
            assert OFFER not in page and "Mine alone" not in page


def test_without_anything_kept_the_address_shows_the_form(desk):
    article = make_article(status=Status.DRAFT, headline="Stored")
    assert form_of(desk, f"{address(article)}?restore=autosave")["headline"] == ["Stored"]


@pytest.mark.parametrize("back", ["", "//elsewhere.example/", "/accounts/logout/"])
def test_throwing_away_leads_to_the_form_and_nowhere_else(desk, live, back):
    answer = desk.post(address(live, "autosave_away"), {"autosave_key": "a", "back": back})
    assert answer.url == address(live)
    assert desk.post(f"{NEW}away/", {"back": back}).url == ADD
