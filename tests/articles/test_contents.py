"""The list of a long text's parts."""

import re

import pytest

from tests.builders import make_article, make_site
from tests.comments.builders import make_question

pytestmark = pytest.mark.django_db
LONG = "<p>Hear.</p><h2>The mole</h2><p>Wet.</p><h3>Its stones</h3><p>Grey.</p><h2>Costs</h2>"


@pytest.fixture(autouse=True)
def site():
    return make_site()


def links(page):
    return re.findall(r'<li class="contents-\d"><a href="#([^"]*)">', page)


def test_long_text_lists_its_parts_and_each_link_leads_to_one(client):
    article = make_article(body=LONG)
    make_question(article, exact="Wet.")  # the text is then marked on another way
    page = client.get(article.get_absolute_url()).text
    assert links(page) == ["part-the-mole", "part-its-stones", "part-costs"] * 2
    for place in set(links(page)):
        assert page.count(f' id="{place}"') == 1


def test_short_text_lists_nothing(client):
    page = client.get(make_article(body="<h2>One</h2><h2>Two</h2>").get_absolute_url()).text
    assert 'class="contents"' not in page and 'id="part-one"' in page
