"""Two editions of a story on one page: who stands beside whom, and what nobody may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Role, Status, Story
from tests.builders import make_article, make_contributor, make_site
from tests.translations.builders import make_attribution, make_source_work
from translations.models import Attribution, Origin

pytestmark = pytest.mark.django_db
PAGE = "/articles/winter/with/de/"
BACK = "/de/articles/winter-de/with/en/"
GERMAN = "<p>Vierzig Jahre.</p><h2>Das Licht</h2><p>Er ging.</p>"
ENGLISH = "<p>Forty years.</p><p>And one.</p><h2>The light</h2><p>He left.</p>"


def make_pair(*, origin=Origin.TRANSLATION, **german):
    """An English article, made from a German one of the same story."""
    make_site(editions=("en", "de", "ar"))
    mina = make_contributor(slug="mina", name="Mina Drost")
    story = Story.objects.create()
    fields = {"language": "de", "slug": "winter-de", "headline": "Der letzte Winter"} | german
    source = make_article(story=story, body=GERMAN, **fields)
    byline = [(mina, Role.TRANSLATOR)]
    article = make_article(
        story=story, slug="winter", headline="The last winter", body=ENGLISH, byline=byline
    )
    make_attribution(article=article, source_article=source, origin=origin)
    return article, source


def links(client, address):
    """What the article's page offers to read it beside."""
    html = client.get(address).text
    return [part.partition('"')[0] for part in html.split('href="')[1:] if "/with/" in part[:60]]


def test_translation_stands_beside_its_original_block_by_block(client):
    make_pair()
    html = client.get(PAGE).text
    rows = html.split('<div class="together-pair">')[1:]
    assert len(rows) == 4
    assert "<p>Forty years.</p></div>" in rows[0] and "<p>Vierzig Jahre.</p></div>" in rows[0]
    assert '<div class="prose" lang="de" dir="ltr"></div>' in rows[1]
    assert 'id="en-part-the-light">The light</h2>' in rows[2]
    assert 'id="de-part-das-licht">Das Licht</h2>' in rows[2]
    assert "<p>He left.</p>" in rows[3] and "<p>Er ging.</p>" in rows[3]


def test_each_side_speaks_its_own_language(client):
    make_pair()
    ours, theirs = client.get(PAGE).text.split('<div lang="de" dir="ltr">')
    assert "Read this edition by itself" in ours and "The last winter" in ours
    assert 'href="/contributors/mina/"' in ours and "Read the original in German" in ours
    assert "Der letzte Winter" in theirs and 'href="/de/articles/winter-de/"' in theirs


def test_it_is_the_same_from_the_other_edition(client):
    make_pair()
    html = client.get(BACK).text
    assert html.index("Vierzig Jahre.") < html.index("Forty years.")
    assert '<h1 class="headline">Der letzte Winter</h1>' in html


def test_page_is_none_for_search_engines(client):
    make_pair()
    html = client.get(PAGE).text
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical" href="http://localhost:8000/articles/winter/"' in html


def test_translation_links_its_original_and_the_original_its_translations(client):
    make_pair()
    assert links(client, "/articles/winter/") == [PAGE]
    assert links(client, "/de/articles/winter-de/") == [BACK]
    assert "Read it beside the original" in client.get("/articles/winter/").text


def test_two_translations_of_one_work_stand_together(client):
    article, source = make_pair()
    arabic = make_article(story=article.story, language="ar", slug="winter-ar")
    work = make_source_work(language="fr")
    for each in (source, arabic):
        make_attribution(article=each, source_work=work)
    assert client.get("/de/articles/winter-de/with/ar/").status_code == 200
    assert client.get("/ar/articles/winter-ar/with/de/").status_code == 200
    assert client.get("/articles/winter/with/ar/").status_code == 404


def test_two_translations_of_our_own_stand_together(client):
    article, source = make_pair()
    arabic = make_article(story=article.story, language="ar", slug="winter-ar")
    make_attribution(article=arabic, source_article=source)
    assert client.get("/articles/winter/with/ar/").status_code == 200
    assert 'dir="rtl"' in client.get("/articles/winter/with/ar/").text


def test_adaptation_is_a_piece_of_its_own(client):
    make_pair(origin=Origin.ADAPTATION)
    assert client.get(PAGE).status_code == client.get(BACK).status_code == 404
    assert links(client, "/articles/winter/") == links(client, "/de/articles/winter-de/") == []


def test_editions_that_were_written_apart_stand_apart(client):
    article, _source = make_pair()
    Attribution.objects.filter(article=article).delete()
    assert client.get(PAGE).status_code == client.get(BACK).status_code == 404
    assert links(client, "/articles/winter/") == links(client, "/de/articles/winter-de/") == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT},
        {"status": Status.WITHDRAWN},
        {"publish_at": timezone.now() + timedelta(hours=1)},
        {"publish_at": timezone.now() - timedelta(2), "unpublish_at": timezone.now()},
    ],
    ids=["draft", "withdrawn", "embargoed", "ended"],
)
def test_what_is_not_live_stands_beside_nothing(client, hidden):
    make_pair(**hidden)
    assert client.get(PAGE).status_code == client.get(BACK).status_code == 404
    assert links(client, "/articles/winter/") == []


def test_embargo_ends_to_the_moment(client, monkeypatch):
    _article, source = make_pair(publish_at=timezone.now() + timedelta(hours=1))
    for seconds, status in ((-1, 404), (0, 200)):
        now = source.publish_at + timedelta(seconds=seconds)
        monkeypatch.setattr("translations.views.request_now", lambda request, now=now: now)
        assert client.get(PAGE).status_code == status


@pytest.mark.parametrize("address", ["en", "ar", "fr", "no-such"])
def test_there_is_nothing_in_another_language(client, address):
    make_pair()
    assert client.get(f"/articles/winter/with/{address}/").status_code == 404


def test_language_that_is_no_edition_is_shown_nowhere(client):
    make_pair()
    make_site(editions=("en", "ar"))
    assert client.get(PAGE).status_code == 404
    assert links(client, "/articles/winter/") == []


def test_page_only_reads(client):
    make_pair()
    assert client.post(PAGE, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 405
    assert client.head(PAGE).status_code == 200


def test_page_costs_the_same_for_any_length(client, django_assert_num_queries):
    article, _source = make_pair()
    article.body = ENGLISH * 50
    article.save(update_fields=["body"])
    client.get(PAGE)
    with django_assert_num_queries(13):
        client.get(PAGE)
