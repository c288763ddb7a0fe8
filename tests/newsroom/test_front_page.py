import pytest

from tests.builders import make_article, make_site

pytestmark = pytest.mark.django_db


def test_front_page_shows_its_own_edition_only(client):
    make_site()
    make_article(headline="Ferry news")
    make_article(headline="Neues von der Fähre", language="de")
    assert "Ferry news" in client.get("/").text
    assert "Neues von der Fähre" in client.get("/de/").text
    assert "Ferry news" not in client.get("/de/").text
