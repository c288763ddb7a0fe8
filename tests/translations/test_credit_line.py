"""What stands below the headline: links, languages, and nothing that may not be seen."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from articles.models import Article, Role, Status, Story
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_site
from tests.translations.builders import make_attribution, make_publication, make_source_work
from translations.models import Method, Origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_site()


def line(article: Article, **site) -> str:
    """What the tag shows of the article, as a page would read it."""
    request = RequestFactory().get("/")
    request.site_settings = make_site(**site)
    article = Article.objects.for_reading().get(pk=article.pk)
    template = Template("{% load credits %}{% credit_line article %}")
    return template.render(Context({"request": request, "article": article})).strip()


def make_translation(*, language: str = "en", **fields) -> Article:
    """An article that Mina Drost translated from the Hafenblatt."""
    mina = make_contributor(slug="mina-drost", name="Mina Drost")
    article = make_article(language=language, byline=[(mina, Role.TRANSLATOR)])
    work = make_source_work(url="https://hafenblatt.example/winter", **fields)
    make_attribution(article=article, source_work=work)
    return article


def make_own_translation(**source) -> Article:
    """An English article translated from our own German one."""
    story = Story.objects.create()
    fields = {"headline": "Der letzte Winter", "slug": "winter"} | source
    german = make_article(story=story, language="de", **fields)
    article = make_article(story=story)
    make_attribution(article=article, source_article=german)
    return article


def test_line_links_the_source_and_the_translator():
    shown = line(make_translation())
    assert (
        'Originally appeared at <a href="https://hafenblatt.example/winter" '
        'rel="external noopener" hreflang="de"><bdi lang="de">Hafenblatt Nordermoor</bdi></a>'
    ) in shown
    assert '<a href="/contributors/mina-drost/"><bdi>Mina Drost</bdi></a>.' in shown


def test_line_leads_to_the_translators_page_of_its_own_edition():
    shown = line(make_translation(language="tr"))
    assert '<a href="/tr/contributors/mina-drost/"><bdi>Mina Drost</bdi></a>' in shown


def test_mark_names_both_languages_of_a_translation():
    assert '<span class="credit-languages"><bdi dir="ltr">DE → EN</bdi></span>' in line(
        make_translation()
    )


def test_republication_has_no_mark():
    article = make_article(language="de")
    make_attribution(article=article, origin=Origin.REPUBLICATION)
    shown = line(article)
    assert "Zuerst erschienen bei" in shown
    assert "credit-languages" not in shown


def test_original_has_no_line():
    article = make_article()
    assert line(article) == ""
    make_attribution(article=article, origin=Origin.ORIGINAL)
    assert line(article) == ""


def test_arabic_line_isolates_latin_names():
    shown = line(make_translation(language="ar"))
    assert '<bdi lang="de">Hafenblatt Nordermoor</bdi></a>، ترجمة: <a' in shown
    assert "<bdi>Mina Drost</bdi></a>." in shown
    assert 'dir="ltr">DE → AR</bdi>' in shown


def test_markup_in_names_is_shown_and_never_run():
    evil = "<script>alert('{source}')</script>"
    mina = make_contributor(name=evil)
    article = make_article(byline=[(mina, Role.TRANSLATOR)])
    work = make_source_work(publication=make_publication(name=evil, language="de"))
    make_attribution(article=article, source_work=work, exclusive_for=evil)
    shown = line(article)
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(&#x27;{source}&#x27;)") == 3


def test_markup_in_our_own_headline_is_escaped():
    shown = line(make_own_translation(headline="<img src=x onerror=alert(1)>"))
    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;</bdi>" in shown


def test_live_source_of_our_own_is_linked():
    link = '<a href="/de/articles/winter/" hreflang="de"><bdi lang="de">Der letzte Winter</bdi></a>'
    assert f"Read the original in German: {link}" in line(make_own_translation())


@pytest.mark.parametrize(
    "source",
    [
        {"status": Status.DRAFT},
        {"status": Status.WITHDRAWN},
        {"publish_at": timedelta(hours=1)},
        {"publish_at": -timedelta(hours=2), "unpublish_at": -timedelta(hours=1)},
    ],
    ids=["draft", "withdrawn", "scheduled", "ended"],
)
def test_source_that_readers_cannot_see_is_neither_linked_nor_named(source):
    now = database_now()
    source = {key: now + at if isinstance(at, timedelta) else at for key, at in source.items()}
    shown = line(make_own_translation(**source))
    assert "The original is in German." in shown
    assert "winter" not in shown.lower()


def test_source_in_a_closed_edition_is_not_linked():
    article = make_own_translation()
    assert "/de/articles/winter/" in line(article, editions=("en", "de"))
    assert "/de/articles/winter/" not in line(article, editions=("en",))


def test_renaming_a_publication_renames_it_on_every_page():
    articles = [make_translation()]
    publication = make_publication(name="Moorbote")
    for language in ("en", "tr"):
        work = make_source_work(publication=publication)
        articles.append(make_article(language=language))
        make_attribution(article=articles[-1], source_work=work)
    publication.name = "Moorbote am Sonntag"
    publication.save()
    shown = [line(article) for article in articles]
    assert ["Moorbote am Sonntag" in text for text in shown] == [False, True, True]


def test_line_costs_one_query(django_assert_num_queries):
    article = Article.objects.for_reading().get(pk=make_translation().pk)
    request = RequestFactory().get("/")
    request.site_settings = make_site()
    request.now = database_now()
    template = Template("{% load credits %}{% credit_line article %}")
    with django_assert_num_queries(1):
        template.render(Context({"request": request, "article": article}))


def test_machine_translation_is_labelled_before_its_sentence():
    article = make_article(language="ar")
    make_attribution(article=article, method=Method.MACHINE_RAW, tool="Tidewords 3")
    shown = line(article)
    label = '<strong class="machine-label">ترجمة آلية، غير مُراجَعة</strong>'
    assert shown.index(label) < shown.index("credit-sentence")
    assert "machine-label" not in line(make_translation())
