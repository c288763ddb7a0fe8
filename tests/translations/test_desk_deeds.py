"""What one does at the translation desk."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.builders import make_article, make_colleague, make_site
from tests.translations.builders import make_assignment
from translations.models import Assignment

pytestmark = pytest.mark.django_db
DESK = "/admin/translations/desk/"
SOON = date.today() + timedelta(days=7)


@pytest.fixture(autouse=True)
def site() -> None:
    make_site()


@pytest.fixture
def story():
    return make_article(headline="The ferry").story


def signed_in(role: str, username: str = "") -> Client:
    client = Client()
    client.force_login(make_colleague(role, username=username))
    return client


def test_marked_stories_are_requested_in_the_languages_chosen(story):
    desk, another = signed_in("editor"), make_article().story
    data = {"stories": [story.pk, another.pk], "languages": ["de", "ar"], "due_on": SOON}
    answer = desk.post(f"{DESK}request/?state=missing", data, follow=True)
    assert answer.redirect_chain == [(f"{DESK}?state=missing", 302)]
    assert "4 translations requested." in answer.text
    assert Assignment.objects.filter(due_on=SOON).count() == 4
    again = desk.post(f"{DESK}request/", data, follow=True)
    assert "4 were left out" in again.text


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"stories": []}, "Mark at least one story"),
        ({"languages": []}, "Choose at least one language"),
        ({"languages": ["xx"]}, "is not one of the available choices"),
        ({"due_on": "2020-01-01"}, "This day has already passed."),
        ({"due_on": "never"}, "Enter a valid date."),
        ({"stories": ["abc"]}, "is not a valid value"),
        ({"note": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_request_that_cannot_be_comes_back_with_what_was_typed(story, wrong, complaint):
    data = {"stories": [story.pk], "languages": ["de"], "note": "For Sunday"} | wrong
    answer = signed_in("editor").post(f"{DESK}request/", data)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert ("For Sunday" in answer.text) or "note" in wrong
    assert not Assignment.objects.exists()


def test_more_than_fifty_stories_at_once_are_refused():
    stories = [make_article().story.pk for _number in range(51)]
    answer = signed_in("editor").post(f"{DESK}request/", {"stories": stories, "languages": ["de"]})
    assert "At most 50 stories at once." in answer.text


def test_translator_takes_it_on_and_gives_it_back_and_stays_where_they_were(story):
    desk = signed_in("translator", "mina")
    make_assignment(story=story)
    place = {"place": f"{story.pk}-de"}
    answer = desk.post(f"{DESK}claim/?state=requested&page=2", place)
    assert answer.headers["Location"] == f"{DESK}?state=requested&page=2#cell-{story.pk}-de"
    assert Assignment.objects.get().owner.username == "mina"
    desk.post(f"{DESK}release/", place)
    assert Assignment.objects.get().owner is None


def test_who_is_too_late_reads_who_has_it(story):
    make_assignment(story=story, owner=make_colleague("translator", username="vera"))
    answer = signed_in("translator").post(f"{DESK}claim/", {"place": f"{story.pk}-de"}, follow=True)
    assert "Vera has already taken this on." in answer.text


@pytest.mark.parametrize("place", ["", "x", "1", "-de", "0-de", "9" * 30 + "-de", "²-de", "1-\0"])
def test_place_that_is_none_is_not_found(place, story):
    for verb in ("claim", "release"):
        answer = signed_in("chief").post(f"{DESK}{verb}/", {"place": place})
        assert answer.status_code in (302, 404)
    assert not Assignment.objects.exists()


def test_editor_assigns_with_a_day_and_a_note(story):
    desk, mina = signed_in("editor"), make_colleague("translator", username="mina")
    address = f"{DESK}{story.pk}/de/"
    assert "mina" in desk.get(address).text
    data = {"owner": mina.pk, "due_on": SOON, "note": "Short, please"}
    answer = desk.post(f"{address}?owner=nobody", data)
    assert answer.headers["Location"] == f"{DESK}?owner=nobody#cell-{story.pk}-de"
    kept = Assignment.objects.get()
    assert (kept.owner, kept.due_on, kept.note) == (mina, SOON, "Short, please")
    assert f'value="{SOON}"' in desk.get(address).text
    desk.post(address, {"call_off": "1"})
    assert not Assignment.objects.exists()


def test_assigning_to_who_may_not_translate_comes_back(story):
    reporter = make_colleague("reporter")
    answer = signed_in("editor").post(f"{DESK}{story.pk}/de/", {"owner": reporter.pk})
    assert answer.status_code == 422
    passed = signed_in("editor").post(f"{DESK}{story.pk}/de/", {"due_on": "2020-01-01"})
    assert "This day has already passed." in passed.text


@pytest.mark.parametrize("path", ["{story}/en/", "{story}/xx/", "0/de/"])
def test_there_is_nothing_to_assign_at_the_original_and_elsewhere(path, story):
    address = DESK + path.format(story=story.pk)
    assert signed_in("editor").get(address).status_code == 404


def test_owner_begins_the_draft_from_the_table(story):
    desk = signed_in("translator")
    desk.post(f"{DESK}claim/", {"place": f"{story.pk}-de"})
    source = story.articles.get()
    begin = f"/admin/articles/article/{source.pk}/translate/?language=de"
    assert f'href="{begin}"' in desk.get(DESK).text
    assert 'value="de" required id="id_language_0" checked' in desk.get(begin).text


def test_buttons_are_offered_to_who_may_use_them(story):
    make_assignment(story=story, owner=make_colleague("translator"))
    offered = {
        role: [text in signed_in(role).get(DESK).text for text in (
            'form="claim"', 'form="release"', "Assign…", 'id="request"')]
        for role in ("reporter", "translator", "editor")
    }  # fmt: skip
    assert offered == {
        "reporter": [False, False, False, False],
        "translator": [True, False, False, False],
        "editor": [True, True, True, True],
    }


@pytest.mark.parametrize("path", ["claim/", "release/", "request/"])
def test_nothing_is_done_by_reading(path):
    assert signed_in("chief").get(DESK + path).status_code == 405


@pytest.mark.parametrize("path", ["", "translations.csv"])
def test_nothing_is_posted_to_what_is_read(path):
    assert signed_in("chief").post(DESK + path).status_code == 405
