import json

import pytest

from articles.models import Contribution, Role, Status
from comments.editing import edit
from comments.importing import Importing
from comments.models import Comment
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_site, make_user
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_user(username="maren", first_name="Maren", last_name="Okafor")
    return make_article(slug="ferry")


@pytest.mark.parametrize("name", ["Maren Okafor", "maren okafor", "Mаren Оkafor", "Maren  Okafor"])
def test_guest_cannot_take_a_member_s_name(client, article, name):
    answer = client.post("/articles/ferry/comment/", typed(name=name, text="A word of mine."))
    assert answer.status_code == 422
    assert "A member goes by this name." in answer.context["form"].errors["name"][0]
    assert "A word of mine." in answer.text
    assert not Comment.objects.exists()


def test_proposed_name_is_taken(client, article):
    answer = client.post("/articles/ferry/comment/", typed(name="Maren Okafor"))
    assert "Maren Okafor (guest)" in answer.context["form"].errors["name"][0]
    answer = client.post("/articles/ferry/comment/", typed(name="Maren Okafor (guest)"))
    assert answer.status_code == 302


@pytest.mark.parametrize("name", ["Maren", "maren", "Maren Okaforo"])
def test_other_names_are_free(client, article, name):
    assert client.post("/articles/ferry/comment/", typed(name=name)).status_code == 302


@pytest.mark.parametrize("name", ["The Harbour Post", "Harbour Post Help", "Mоderator", "Editor"])
def test_guest_does_not_speak_for_the_paper(client, article, name):
    make_site(name="The Harbour Post")
    answer = client.post("/articles/ferry/comment/", typed(name=name, text="A word of mine."))
    assert answer.status_code == 422
    assert "belongs to the paper" in answer.context["form"].errors["name"][0]
    assert "A word of mine." in answer.text
    assert not Comment.objects.exists()


def test_who_wrote_under_such_a_name_before_can_still_change_the_text(article):
    comment = write(article)
    Comment.objects.filter(pk=comment.pk).update(guest_name="Moderator")
    comment.refresh_from_db()
    edit(comment, text="Another word.", by=Voter(guest_id=comment.guest_id), now=database_now())
    assert Comment.objects.get().text == "Another word."


@pytest.fixture
def signed():
    byline = [(make_contributor(name="Callum Adeyemi"), Role.REPORTER)]
    return make_article(slug="lamps", byline=byline)


@pytest.mark.parametrize(
    "name", ["Callum Adeyemi", "CALLUM ADEYEMI", "Саllum Аdeуеmi", "CaIlum Adéyemi"]
)
def test_guest_does_not_write_as_the_reporter_of_the_piece(client, signed, name):
    answer = client.post("/articles/lamps/comment/", typed(name=name, text="A word of mine."))
    assert answer.status_code == 422
    told = answer.context["form"].errors["name"][0]
    assert "bylines" in told and f"{name} (guest)" in told
    assert "A word of mine." in answer.text
    assert not Comment.objects.exists()
    answer = client.post("/articles/lamps/comment/", typed(name=f"{name} (guest)"))
    assert answer.status_code == 302


def test_nor_under_a_pseudonym_while_the_name_behind_it_tells_nothing(client, signed):
    line = Contribution.objects.get()
    line.credited_as = "A. Lantern"
    line.save()
    answer = client.post("/articles/lamps/comment/", typed(name="A Lantern"))
    assert answer.status_code == 422
    answer = client.post("/articles/lamps/comment/", typed(name="Callum Adeyemi"))
    assert answer.status_code == 302


def test_guest_s_name_is_free_where_the_byline_is_a_draft_s(client, article):
    byline = [(make_contributor(name="Callum Adeyemi"), Role.REPORTER)]
    make_article(status=Status.DRAFT, byline=byline)
    answer = client.post("/articles/ferry/comment/", typed(name="Callum Adeyemi"))
    assert answer.status_code == 302


def test_comment_from_before_its_writer_s_name_was_in_a_byline_can_be_changed(signed):
    comment = write(signed)
    Comment.objects.filter(pk=comment.pk).update(guest_name="Callum Adeyemi")
    comment.refresh_from_db()
    edit(comment, text="Another word.", by=Voter(guest_id=comment.guest_id), now=database_now())
    assert Comment.objects.get().text == "Another word."


def test_import_keeps_the_names_of_bylines(signed):
    told = {"id": "c1", "article": "lamps", "name": "Callum Adeyemi", "text": "I was there.",
            "created_at": "2019-05-04T09:30:00+00:00"}  # fmt: skip
    assert Importing("old paper").run([json.dumps(told).encode()]).public == 1
    assert Comment.objects.get().guest_name == "Callum Adeyemi"
