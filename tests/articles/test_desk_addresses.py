"""Addresses of the desk as links and typists get them wrong."""

import pytest
from django.urls import reverse

from tests.builders import make_editor, make_section, make_site

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_article_add")


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_editor())
    return client


@pytest.mark.parametrize(
    "query",
    [
        "publish_at=garbage",
        "unpublish_at=2026-13-45",
        "story=abc",
        "section=abc",
        "section=%00",
        "lead_image=abc",
        "topics=1,abc",
        "contributions=1",
        "nothing=1",
    ],
)
def test_form_opens_without_the_values_that_it_cannot_read(desk, query):
    response = desk.get(f"{ADD}?headline=Ferry&{query}")
    assert response.status_code == 200
    assert response.context["adminform"].form["headline"].value() == "Ferry"


def test_picture_form_opens_without_words_for_each_language(desk):
    response = desk.get(reverse("admin:articles_image_add") + "?alts=quay&credit=Ines")
    assert response.context["adminform"].form["credit"].value() == "Ines"


def test_form_opens_with_the_values_that_it_can_read(desk):
    section = make_section()
    page = desk.get(f"{ADD}?publish_at=2026-05-04T10:30:00Z&section={section.pk}").text
    assert 'value="2026-05-04"' in page
    assert f'<option value="{section.pk}" selected>' in page


def test_search_for_a_nul_finds_nothing(desk):
    about = "app_label=articles&model_name=article&field_name=topics"
    address = reverse("admin:autocomplete")
    assert desk.get(f"{address}?{about}&term=quay").status_code == 200
    assert desk.get(f"{address}?{about}&term=%00").json()["results"] == []
    assert desk.get(f"{address}?{about.replace('topics', '%00')}").status_code in {403, 404}
