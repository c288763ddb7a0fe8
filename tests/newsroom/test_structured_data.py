"""What an article's page tells machines: true, in the terms of schema.org, and harmless."""

import json
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Role
from tests.builders import make_article, make_contributor, make_image, make_section, make_site
from tests.newsroom.schema_org.vocabulary import faults
from tests.translations.builders import (
    make_attribution,
    make_licence,
    make_publication,
    make_source_work,
)
from tests.translations.versions import make_correction

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def site():
    return make_site(name="The Quillmere Courier")


def graph_of(client, article):
    (script,) = SCRIPT.findall(client.get(article.get_absolute_url()).text)
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    assert [fault for node in data["@graph"] for fault in faults(node)] == []
    return data["@graph"]


def told_of(client, article):
    return graph_of(client, article)[0]


def test_original_says_when_and_by_whom_it_was_made(client):
    byline = [(make_contributor(slug="maren", name="Maren Okafor"), Role.REPORTER),
              (make_contributor(slug="una", name="Una Ferris"), Role.EDITOR),
              (make_contributor(slug="tom", name="Tom Wilk"), Role.PHOTOGRAPHER)]  # fmt: skip
    picture = make_image(credit="Tom Wilk")
    ours = make_article(slug="ferry", byline=byline, updated_at=timezone.now(), lead_image=picture)
    told = told_of(client, ours)
    assert told["url"] == told["mainEntityOfPage"] == f"{settings.SITE_URL}/articles/ferry/"
    assert (told["inLanguage"], told["isAccessibleForFree"]) == ("en", True)
    assert told["datePublished"] == ours.publish_at.isoformat()
    assert told["dateModified"] == ours.updated_at.isoformat()
    people = {name: told[name][0]["name"] for name in ("author", "editor", "contributor")}
    assert people == {"author": "Maren Okafor", "editor": "Una Ferris", "contributor": "Tom Wilk"}
    assert told["author"][0]["url"] == f"{settings.SITE_URL}/contributors/maren/"
    assert told["publisher"]["name"] == "The Quillmere Courier"
    assert told["image"][0]["url"].startswith(settings.SITE_URL)
    others = {"creditText", "translationOfWork", "workTranslation", "isBasedOn", "license"}
    assert not others & told.keys()


def test_original_names_what_was_translated_from_it(client):
    ours, based = make_article(), make_article(language="tr")
    german = make_article(language="de", slug="faehre", headline="Fähre", story=ours.story)
    make_attribution(article=german, source_article=ours)
    raw = make_article(language="ru", story=ours.story)
    make_attribution(article=raw, source_article=ours, method="machine-raw", tool="Babelwright")
    make_attribution(article=based, origin="adaptation", source_article=ours)
    expected = {"url": f"{settings.SITE_URL}/de/articles/faehre/", "headline": "Fähre",
                "inLanguage": "de", "datePublished": german.publish_at.isoformat()}  # fmt: skip
    assert told_of(client, ours)["workTranslation"] == [{"@type": "NewsArticle", **expected}]
    assert "workTranslation" not in told_of(client, german)


def test_translation_names_its_source_elsewhere(client):
    mina = make_contributor(name="Mina Drost")
    article = make_article(byline=[(mina, Role.TRANSLATOR)])
    work = make_source_work(
        publication=make_publication(name="Hafenblatt", url="https://hafenblatt.example/"),
        url="https://hafenblatt.example/winter",
        title="Der letzte Winter",
        byline="Elke Brandt",
        published_on=date(2026, 11, 2),
    )
    make_attribution(article=article, source_work=work)
    told = told_of(client, article)
    assert told["translator"][0]["name"] == "Mina Drost"
    assert told["author"] == [{"@type": "Person", "name": "Elke Brandt"}]
    assert told["creditText"].startswith("Originally appeared at Hafenblatt")
    assert told["translationOfWork"] == {
        "@type": "NewsArticle",
        "url": "https://hafenblatt.example/winter",
        "headline": "Der letzte Winter",
        "inLanguage": "de",
        "datePublished": "2026-11-02",
        "author": {"@type": "Person", "name": "Elke Brandt"},
        "publisher": {"@type": "NewsMediaOrganization", "name": "Hafenblatt",
                      "url": "https://hafenblatt.example/"},
    }  # fmt: skip


def test_publication_is_the_author_where_the_source_names_none(client):
    article = make_article()
    make_attribution(article=article, source_work=make_source_work())
    assert told_of(client, article)["author"][0]["@type"] == "NewsMediaOrganization"


@pytest.mark.parametrize("origin", ["republication", "co-publication"])
def test_republished_piece_is_based_on_its_source(client, origin):
    article = make_article()
    work = make_source_work(language="en")
    make_attribution(article=article, origin=origin, source_work=work)
    told = told_of(client, article)
    assert told["isBasedOn"]["url"] == work.url and "translationOfWork" not in told


@pytest.mark.parametrize("hidden", ["embargoed", "withdrawn", "of no edition"])
def test_source_that_readers_may_not_see_is_told_by_its_language_alone(client, hidden):
    fields = {"embargoed": {"publish_at": timezone.now() + timedelta(hours=1)},
              "withdrawn": {"status": "withdrawn"}, "of no edition": {}}[hidden]  # fmt: skip
    if hidden == "of no edition":
        make_site(editions=("en",))
    ours = make_article(language="de", headline="Geheim", slug="geheim", **fields)
    article = make_article(story=ours.story)
    make_attribution(article=article, source_article=ours)
    assert told_of(client, article)["translationOfWork"] == {
        "@type": "NewsArticle",
        "inLanguage": "de",
    }
    page = client.get(article.get_absolute_url()).text
    assert "Geheim" not in page and "geheim" not in page


def test_readable_source_of_our_own_is_named(client):
    byline = [(make_contributor(name="Maren Okafor"), Role.REPORTER)]
    ours = make_article(language="de", slug="faehre", headline="Fähre", byline=byline)
    article = make_article(story=ours.story, byline=byline)
    make_attribution(article=article, source_article=ours)
    source = told_of(client, article)["translationOfWork"]
    assert source["url"] == f"{settings.SITE_URL}/de/articles/faehre/"
    assert source["headline"] == "Fähre" and source["author"][0]["name"] == "Maren Okafor"


@pytest.mark.parametrize("method", ["machine-raw", "machine-assisted"])
def test_part_of_a_machine_is_said(client, method):
    article = make_article()
    make_attribution(article=article, method=method, tool="Babelwright")
    assert "TrainedAlgorithmicMedia" in told_of(client, article)["digitalSourceType"]


def test_licence_is_the_houses_for_our_own_and_the_credits_for_others(client):
    make_licence(name="House rules", url="", is_house=True)
    own, taken = make_article(), make_article()
    make_attribution(article=taken, licence=make_licence(url="https://cc.example/by/4.0/"))
    unlicensed = make_article()
    make_attribution(article=unlicensed)
    assert told_of(client, own)["license"] == {"@type": "CreativeWork", "name": "House rules"}
    assert told_of(client, taken)["license"] == "https://cc.example/by/4.0/"
    assert "license" not in told_of(client, unlicensed)


def test_way_to_the_article_is_said_in_its_language(client):
    section = make_section()
    section.names |= {"de": "Hafen"}
    section.save()
    article = make_article(language="de", headline="Fähre", section=section, slug="faehre")
    items = graph_of(client, article)[1]["itemListElement"]
    assert [item["name"] for item in items] == ["Titelseite", "Hafen", "Fähre"]
    assert items[1]["item"]["url"] == f"{settings.SITE_URL}/de/sections/harbour/"


@pytest.mark.parametrize(
    "evil", ["</script><script>alert(1)</script>", "<!--<script>", "&\u2028'\""]
)
def test_nothing_breaks_out_of_the_data(client, evil):
    article = make_article(headline=f"Ferry {evil}", standfirst=evil)
    assert told_of(client, article)["headline"] == f"Ferry {evil}"
    script = SCRIPT.search(client.get(article.get_absolute_url()).text)[1]
    assert not set("<>&\u2028") & set(script)


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Newsarticle"}, "no such type: Newsarticle"),
        ({"@type": "NewsArticle", "headlines": "x"}, "no such property: headlines"),
        ({"@type": "Person", "headline": "x"}, "Person has no headline"),
        ({"@type": "NewsArticle", "author": "Maren"}, "author is no 'Maren'"),
        ({"@type": "NewsArticle", "url": "/articles/ferry/"}, "url is no '/articles/ferry/'"),
        ({"@type": "NewsArticle", "datePublished": "soon"}, "datePublished is no 'soon'"),
    ],
)
def test_the_check_finds_what_schema_org_does_not_know(node, fault):
    assert list(faults(node)) == [fault]


def test_corrections_are_told_with_their_day(client):
    article = make_article(byline=[(make_contributor(), Role.REPORTER)])
    make_correction(article, kind="clarification", text="The 7:38, not the 7:30.")
    (told,) = told_of(client, article)["correction"]
    assert told["@type"] == "CorrectionComment"
    assert told["text"] == "Clarification: The 7:38, not the 7:30."
    assert told["datePublished"]


def test_article_without_corrections_tells_of_none(client):
    assert "correction" not in told_of(client, make_article())
