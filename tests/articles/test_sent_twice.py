"""A form that is sent twice, by a double click or for want of an answer, does what it says once."""

import pytest
from django.test import Client

from articles.models import Article, ReviewEntry, Revision, Status, Story
from tests.articles.review import bring_to
from tests.articles.revisions import address, make_live, newest, opened, save, sent
from tests.articles.test_publish_at_once import run_at_once
from tests.builders import make_colleague, make_section, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"
BUTTONS = ["_continue", "_publish", "_withdraw", "_discard", "_submit"]


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("editor", username="ines"))
    return client


def twice(desk, article, form):
    """The answers to both, and how many revisions the second one wrote."""
    first, count = sent(desk, article, form), Revision.objects.count()
    return first, sent(desk, article, form), Revision.objects.count() - count


@pytest.mark.parametrize("button", BUTTONS)
def test_second_click_on_a_live_article_s_form_does_nothing_more(desk, button):
    article = bring_to("draft", is_live=True)
    form = opened(desk, article, headline="Typed", review_text="Done.") | {button: "1"}
    del form["_continue"]
    first, second, written = twice(desk, article, form | {button: "1"})
    assert (first.status_code, second.status_code, written) == (302, 302, 0)
    assert second["Location"] == address(article, "change")
    assert ReviewEntry.objects.filter(text="Done.").count() == 1


@pytest.mark.parametrize("button", ["_continue", "_submit", "_approve"])
def test_second_click_on_a_draft_s_form_does_nothing_more(desk, button):
    article = bring_to("in_review" if button == "_approve" else "draft")
    form = opened(desk, article, headline="Typed", slug="") | {button: "1"}
    first, second, written = twice(desk, article, form)
    assert (first.status_code, second.status_code, written) == (302, 302, 0)
    assert Article.objects.get().headline == "Typed"


def test_discarding_unchanged_text_twice_discards_it_once(desk):
    article = bring_to("draft", is_live=True)
    form = opened(desk, article, _discard="1")
    _first, second, written = twice(desk, article, form)
    assert (second.status_code, written, Revision.objects.count()) == (302, 0, 4)


def test_publishing_right_after_saving_is_asked_once_more(desk):
    article = make_live(by=make_colleague("editor"))
    form = opened(desk, article, headline="Typed")
    sent(desk, article, form)
    assert sent(desk, article, form | {"_publish": "1"}).status_code == 422
    assert Article.objects.get().headline != "Typed"


def test_other_words_of_the_same_person_meet_the_conflict(desk):
    article = make_live(by=make_colleague("editor"))
    form = opened(desk, article, headline="Typed")
    sent(desk, article, form)
    assert sent(desk, article, form | {"headline": "Another"}).status_code == 422
    assert newest(article)["headline"] == "Typed"


def test_the_same_words_of_somebody_else_meet_the_conflict(desk):
    article = make_live(by=make_colleague("editor"))
    form = opened(desk, article, headline="Typed")
    save(article, by=make_colleague("reporter"), headline="Typed")
    assert sent(desk, article, form).status_code == 422


def new_form(desk, **changes):
    typed = {"headline": "Begun", "section": make_section().pk, "slug": "begun", "_continue": "1"}
    return form_of(desk, ADD) | typed | changes


@pytest.mark.parametrize("slug", ["begun", ""])
def test_form_of_a_new_article_makes_one(desk, slug):
    form = new_form(desk, slug=slug)
    answers = [desk.post(ADD, form) for _time in range(2)]
    assert Article.objects.count() == Story.objects.count() == Revision.objects.count() == 1
    assert {each["Location"] for each in answers} == {address(Article.objects.get(), "change")}
    assert "this form was sent twice" in desk.get(answers[1]["Location"]).text


def test_other_words_and_another_opened_form_make_another_article(desk):
    form = new_form(desk, slug="")
    for each in (form, form | {"headline": "Another"}, new_form(desk, slug="")):
        assert desk.post(ADD, each).status_code == 302
    assert Article.objects.count() == 3


def test_refused_form_can_be_mended_and_sent_again(desk):
    form = new_form(desk, headline="x" * 500)
    refused = desk.post(ADD, form)
    assert refused.status_code == 422
    assert f'name="form_key" value="{form["form_key"][0]}"' in refused.text
    assert desk.post(ADD, form | {"headline": "Short"}).status_code == 302
    assert Article.objects.get().status == Status.DRAFT


def at_once(client, url, form):
    """Two clicks at the same moment; the answers' statuses."""
    found = []
    run_at_once(*[lambda: found.append(client().post(url, form).status_code)] * 2)
    return found


@pytest.fixture
def come():
    """Another browser of the same person."""
    make_site()
    person = make_colleague("editor")

    def client():
        browser = Client()
        browser.force_login(person)
        return browser

    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("slug", ["begun", ""])
def test_two_clicks_at_once_make_one_article(come, slug):
    form = new_form(come(), slug=slug)
    assert at_once(come, ADD, form) == [302, 302]
    assert Article.objects.count() == Revision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_write_one_draft(come):
    article = make_live(by=make_colleague("editor"))
    form = opened(come(), article, headline="Typed")
    assert at_once(come, address(article, "change"), form) == [302, 302]
    assert [each.kind for each in Revision.objects.all()] == ["draft", "published"]
