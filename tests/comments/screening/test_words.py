"""Words that hold a comment, and words that are refused beside the field."""

import pytest

from comments.editing import edit
from comments.models import Comment, ModerationEntry, Status
from comments.refusals import UnwantedWord
from comments.screening.words import _list_of
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site
from tests.comments.builders import make_guest, typed, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("ass", "What an ass.", "ass"),
        ("ass", "A class of its own passes", ""),
        ("ass*", "assets", "ass*"),
        ("ass*", "a class", ""),
        ("Idiot", "IDIOT!", "idiot"),
        ("debile", "un débile", "debile"),
        ("débile", "un debile", "debile"),
        ("débile", "un de\u0301bile", "debile"),
        ("ışık", "IŞIK", "isik"),
        ("isik", "ışık", "isik"),
        ("İNEK", "inek", "inek"),
        ("inek", "İnek", "inek"),
        ("straße", "STRASSE", "strasse"),
        ("дурак", "Дурак", "дурак"),
        ("كلب", "كَلْب", "كلب"),
        ("كلب", "كـــلب", "كلب"),
        ("idiot", "id\u200biot", "idiot"),
        ("idiot", "\uff49diot", "idiot"),
        ("buy now", "Buy  NOW!", "buy now"),
        ("buy now", "Buy it now", ""),
        ("buy now", "buy nowhere", ""),
        ("cheap pill*", "so cheap pills here", "cheap pill"),
        ("*", "anything * at all", ""),
        ("", "anything", ""),
        ("one\n\n two \nthree*", "threefold", "three*"),
    ],
)
def test_whole_words_match_however_they_are_written(entry, text, found):
    assert _list_of(entry).find(text) == found


def test_listed_word_waits_and_moderators_see_which():
    make_site(held_words="ferr*\nharbour board")
    comment = write(make_article(), text="The **f**erries are late.")
    assert comment.status == Status.HELD
    entry = ModerationEntry.objects.get()
    assert entry.rule == "words"
    assert {"rule": "words", "reason": "", "detail": "ferr*"} in entry.findings
    assert write(make_article(), text="The boats are late.").is_public


def test_name_of_a_guest_is_read_too():
    make_site(held_words="casino*")
    assert write(make_article(), guest=make_guest(name="Casino Royal")).status == Status.HELD


def test_unwanted_word_is_refused_beside_its_field_and_nothing_is_lost(client):
    make_site(refused_words="bakery")
    make_article(slug="ferry")
    response = client.post("/articles/ferry/comment/", typed())
    assert response.status_code == 422
    assert (
        "This is not used here: bakery" in response.text and 'aria-invalid="true"' in response.text
    )
    assert "The bakery opens at five." in response.text
    assert not Comment.objects.exists()
    assert client.post("/articles/ferry/comment/", typed(text="At five.")).status_code == 302


def test_edit_brings_no_unwanted_word_in(client):
    make_site(refused_words="gull*")
    guest = make_guest()
    comment = write(make_article(slug="ferry"), guest=guest)
    with pytest.raises(UnwantedWord):
        edit(comment, text="Gulls!", by=Voter(guest_id=guest.id), now=database_now())


def test_name_that_was_free_when_it_was_typed_forbids_no_edit():
    guest = make_guest(name="Casino Bob")
    comment, by = write(make_article(), guest=guest), Voter(guest_id=guest.id)
    make_site(refused_words="casino*")
    edit(comment, text="Better spelt.", by=by, now=database_now())
    with pytest.raises(UnwantedWord):
        edit(comment, text="To the casino!", by=by, now=database_now())
    assert comment.text == "Better spelt."


def test_form_of_an_edit_says_it_beside_the_field(client):
    make_article(slug="ferry")
    client.post("/articles/ferry/comment/", typed())
    make_site(refused_words="gull*")
    comment = Comment.objects.get()
    response = client.post(f"/comments/{comment.pk}/edit/", {"text": "Gulls did it"})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text and "Gulls did it" in response.text
