import pytest

from comments.editing import edit
from comments.models import Comment
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
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
