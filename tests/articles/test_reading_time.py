"""What an article's page says of the time that it takes."""

import json
import re

import pytest

from tests.builders import make_article, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site()


@pytest.mark.parametrize(
    ("language", "said", "required"),
    [("en", "4 minutes to read", "PT4M"), ("ar", "", "PT7M")],
)
def test_page_says_how_long_the_text_takes(client, language, said, required):
    article = make_article(language=language, body="<p>harbour </p>" * 1000)
    page = client.get(article.get_absolute_url()).text
    assert said in page and 'class="reading-time"' in page
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data)["@graph"][0]["timeRequired"] == required


def test_short_text_takes_a_minute_and_none_takes_no_time(client):
    short, empty = make_article(), make_article(body="")
    assert "1 minute to read" in client.get(short.get_absolute_url()).text
    page = client.get(empty.get_absolute_url()).text
    assert "reading-time" not in page and "timeRequired" not in page
