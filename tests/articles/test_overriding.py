"""Warnings are overridden with a reason that stays with the revision; blocks never are."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles import drafts
from articles.correcting import correct
from articles.models import Article, Revision, Role, Status
from articles.publishing import NotPublishable, publish
from tests.articles.test_article_admin import ADD, change, complete
from tests.builders import make_article, make_contributor, make_editor, make_section, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
LONG = "The harbour board agreed on Tuesday, " * 4
REASON = "It is the name of the law"


@pytest.fixture
def editor():
    make_site()
    return make_editor()


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def make_warned(**fields):
    byline = [(make_contributor(), Role.REPORTER)]
    return make_article(**{"status": Status.DRAFT, "headline": LONG, "byline": byline} | fields)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_warned_article_is_not_published_without_a_reason(editor, reason):
    article = make_warned()
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor, overriding=reason)
    assert refused.value.is_overridable
    assert [finding.code for finding in refused.value.findings] == ["headline_long"]
    assert list(refused.value.message_dict) == ["headline"]
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_reason_and_warnings_stay_with_the_revision_and_in_the_log(editor):
    revision = publish(make_warned(), by=editor, overriding=f" {REASON} ")
    told = Revision.objects.get(pk=revision.pk)
    assert told.warnings_reason == REASON
    assert [(each["code"], each["field"]) for each in told.warnings] == [
        ("headline_long", "headline")
    ]
    assert f"In spite of headline_long: {REASON}" in LogEntry.objects.get().change_message


def test_page_of_a_revision_tells_its_warnings_and_the_reason(desk, editor):
    revision = publish(make_warned(), by=editor, overriding=REASON)
    page = desk.get(f"/admin/articles/revision/{revision.pk}/change/").text
    assert revision.warnings[0]["message"] in page
    assert page.count(REASON) == 1


def test_enter_saves_a_draft_where_a_reason_is_asked_for(desk):
    article = make_warned()
    form = form_of(desk, change(article)) | {"_publish": "1"}
    page = desk.post(change(article), form)
    assert "Publish with this reason" in page.text
    form = page.text.partition('id="article_form"')[2]
    assert 'name="_continue"' in form.partition('type="submit"')[2].partition(">")[0]


def test_reason_without_a_warning_is_not_kept(editor):
    revision = publish(make_warned(headline="Short"), by=editor, overriding=REASON)
    assert (revision.warnings, revision.warnings_reason) == ([], "")


def test_reason_overrides_no_block(editor):
    article = make_warned(section=None)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor, overriding=REASON)
    assert not refused.value.is_overridable
    assert list(refused.value.message_dict) == ["section"]
    assert [each.is_warning for each in refused.value.findings] == [False, True]


def test_overlong_reason_is_refused(editor):
    with pytest.raises(ValidationError, match="300"):
        publish(make_warned(), by=editor, overriding="x" * 301)


def test_correction_of_a_warned_article_takes_a_reason_too(editor):
    article = make_warned(status=Status.PUBLISHED)
    told = {"kind": "correction", "text": "It was Tuesday.", "by": editor}
    with pytest.raises(NotPublishable):
        correct(article, **told)
    assert correct(article, **told, overriding=REASON).revision.warnings_reason == REASON


# At the desk


def test_form_comes_back_with_the_warnings_and_a_place_for_the_reason(desk):
    form = complete(_publish="1", headline=LONG, kicker="Ferries")
    response = desk.post(ADD, form)
    assert response.status_code == 422
    assert list(response.context["adminform"].form.errors) == ["overriding"]
    assert '<a class="jump" href="#id_headline"' in response.text
    assert 'name="overriding"' in response.text
    assert 'value="Ferries"' in response.text
    assert not Article.objects.exists()
    desk.post(ADD, form | {"overriding": REASON})
    assert Revision.objects.get().warnings_reason == REASON


def test_change_of_a_live_article_is_refused_and_overridden_alike(desk):
    article = make_article()
    form = complete(headline=LONG, language="en", _publish="1")
    response = desk.post(change(article), form)
    assert response.status_code == 422
    assert "Nothing forbids publishing this, but:" in response.text
    article.refresh_from_db()
    assert article.headline == "The ferry leaves eight minutes later"
    desk.post(change(article), form | {"overriding": REASON})
    assert Revision.objects.get().snapshot["headline"] == LONG.strip()


def test_reason_is_asked_for_only_where_warnings_stand_in_the_way(desk):
    article = make_warned()
    assert 'name="overriding"' not in desk.get(change(article)).text
    response = desk.post(change(article), complete(headline=LONG, section="", _publish="1"))
    assert response.status_code == 422
    assert 'name="overriding"' not in response.text
    assert "Choose the section" in response.text


@pytest.mark.parametrize(("reason", "section"), [("It \u202emust", True), (REASON, False)])
def test_reason_that_was_typed_comes_back_with_the_form(desk, reason, section):
    form = complete(headline=LONG, _publish="1", overriding=reason)
    response = desk.post(ADD, form if section else form | {"section": ""})
    assert response.status_code == 422
    assert f'value="{reason}"' in response.text
    assert ("invisible control characters" in response.text) == section


def test_draft_is_saved_whatever_is_warned_of(desk):
    desk.post(ADD, complete(_continue="1", headline=LONG))
    assert Article.objects.get().status == Status.DRAFT


def test_list_refuses_a_warned_article_and_publishes_the_others(desk):
    warned, fine = make_warned(slug="warned"), make_warned(headline="Short", slug="fine")
    chosen = {"action": "publish_selected", "_selected_action": [warned.pk, fine.pk]}
    page = desk.post(reverse("admin:articles_article_changelist"), chosen, follow=True)
    assert "Open it to publish it with a reason." in page.text
    assert list(Article.objects.filter(status=Status.PUBLISHED)) == [fine]


def test_page_of_a_correction_asks_for_the_reason(desk):
    article = make_warned(status=Status.PUBLISHED)
    page = reverse("admin:articles_article_correct", args=[article.pk])
    form = {"kind": "correction", "text": "It was Tuesday."}
    refused = desk.post(page, form)
    assert refused.status_code == 422
    assert 'name="overriding"' in refused.text and "It was Tuesday." in refused.text
    assert 'name="overriding"' not in desk.get(page).text
    desk.post(page, form | {"overriding": REASON})
    assert Revision.objects.get().warnings_reason == REASON


# The panel


def test_checklist_names_each_finding_and_jumps_to_its_field(desk):
    article = make_warned(section=None, byline=[], body="<h3>Skipped</h3><p>Text</p>")
    page = desk.get(change(article)).text
    for place in ("id_section", "id_body", "id_headline", "id_contributions-0-contributor"):
        assert f'href="#{place}"' in page
        assert f'id="{place}"' in page
    assert "Needed before publishing" in page and "To consider" in page


def test_checklist_of_a_live_article_looks_at_its_draft(desk, editor):
    article = make_warned(status=Status.PUBLISHED, headline="Short")
    assert "Nothing stands in the way of publishing." in desk.get(change(article)).text
    content = drafts.snapshot(article) | {"headline": LONG}
    drafts.save_draft(article, content, by=editor, based_on=None)
    assert "cut it off" in desk.get(change(article)).text
    drafts.discard_draft(article, by=editor, seen=drafts.newest(article))
    assert "cut it off" not in desk.get(change(article)).text


def test_form_that_comes_back_lists_what_the_verb_found(desk):
    article = make_warned(headline="Short")
    form = complete(headline="Short", section="", body="<h3>x</h3>", language="en", _publish="1")
    page = desk.post(change(article), form | {"section": make_section().pk})
    assert "must be of level 2" in page.text.partition("checklist-title")[2]
