"""What networks show of a link to a page."""

import pytest

from newsroom.templatetags.discovery import og_locale
from tests.builders import make_article, make_site
from tests.translations.builders import make_attribution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de"))


def said(page, name, value):
    return f'<meta property="{name}" content="{value}">' in page


def test_page_says_its_locale_and_those_of_its_versions(client):
    article = make_article()
    make_article(story=article.story, language="de")
    page = client.get(article.get_absolute_url()).text
    assert said(page, "og:locale", "en_US") and said(page, "og:locale:alternate", "de_DE")
    assert said(client.get("/de/").text, "og:locale", "de_DE")


@pytest.mark.parametrize(
    ("language", "locale"),
    [("tr", "tr_TR"), ("ru", "ru_RU"), ("ar", "ar_EG"), ("pt-br", "pt_BR"), ("zh-hant", "zh_TW")],
)
def test_language_has_its_likeliest_country(language, locale):
    assert og_locale(language) == locale


def test_credit_describes_an_article_without_a_standfirst(client):
    article = make_article()
    make_attribution(article=article)
    page = client.get(article.get_absolute_url()).text
    described = "Translation of a text that originally appeared at Hafenblatt Nordermoor."
    assert said(page, "og:description", described)
    assert f'<meta name="description" content="{described}">' in page


def test_standfirst_and_credit_describe_it_and_nothing_where_there_is_nothing(client):
    described = make_article(standfirst="Fourteen <b> crossings & one baker")
    make_attribution(article=described)
    page = client.get(described.get_absolute_url()).text
    shared = (
        "Fourteen &lt;b&gt; crossings &amp; one baker "
        "Translation of a text that originally appeared at Hafenblatt Nordermoor."
    )
    assert said(page, "og:description", shared)
    assert "og:description" not in client.get(make_article().get_absolute_url()).text
