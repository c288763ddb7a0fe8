import pytest

from comments.models import Comment
from tests.builders import make_article, make_user
from tests.comments.builders import typed

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
