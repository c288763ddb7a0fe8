"""Sections, topics and series have feeds too: of what is theirs, in each edition."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Section, Series, Story, Topic
from newsroom import feeds
from tests.builders import make_article, make_section, make_series, make_site
from tests.newsroom.test_feeds import KINDS, NAMES, ids_of
from tests.pagecache.builders import Answer

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
MODELS = {"sections": Section, "topics": Topic, "series": Series}
SUBJECTS = ["/sections/town", "/topics/weather", "/series/letters"]


@pytest.fixture(autouse=True)
def site():
    return make_site(name="The Quillmere Courier", editions=("en", "de"))


@pytest.fixture
def topic():
    return Topic.objects.create(slug="weather", names={"en": "Weather", "de": "Wetter"})


@pytest.fixture
def town(topic):
    """Articles of one section and series, with the topic."""
    section, series = make_section(slug="town", name="Town"), make_series(slug="letters")

    def make(**fields):
        story = Story.objects.create(series=series)
        article = make_article(section=section, story=story, **fields)
        article.topics.add(topic)
        return article

    return make


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("kind", KINDS)
def test_feed_has_what_is_live_of_its_subject_in_its_edition(client, town, kind, subject):
    now = timezone.now()
    make_article()
    live, german = town(), town(language="de")
    town(publish_at=now + timedelta(minutes=5))
    town(status="withdrawn")
    assert ids_of(client, kind, subject) == [feeds.entry_id(live)]
    assert ids_of(client, kind, f"/de{subject}") == [feeds.entry_id(german)]
    response = client.get(f"{subject}/feeds/latest.{kind}")
    assert response["Content-Type"] == KINDS[kind]


def test_feed_names_its_subject_its_page_and_its_twins(client, town):
    feed = ElementTree.fromstring(client.get("/de/topics/weather/feeds/latest.atom").content)
    assert feed.findtext("a:title", namespaces=NAMES) == "Wetter – The Quillmere Courier"
    links = {
        (link.get("rel"), link.get("hreflang")): link.get("href")
        for link in feed.findall("a:link", NAMES)
    }
    assert links == {
        ("self", None): f"{SITE}/de/topics/weather/feeds/latest.atom",
        ("alternate", "de"): f"{SITE}/de/topics/weather/",
        ("alternate", "en"): f"{SITE}/topics/weather/feeds/latest.atom",
    }


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("prefix", ["", "/de"])
def test_page_of_the_subject_leads_to_its_feeds(client, town, prefix, subject):
    head = client.get(f"{prefix}{subject}/").text.partition("</head>")[0]
    for kind in KINDS:
        assert f'href="{prefix}{subject}/feeds/latest.{kind}"' in head
        assert f'href="{prefix}/feeds/latest.{kind}"' in head


@pytest.mark.parametrize("subject", SUBJECTS)
def test_feed_moves_and_goes_with_its_subject(client, town, subject):
    _root, step, slug = subject.split("/")
    model = MODELS[step]
    model.objects.filter(slug=slug).update(slug="renamed")
    answer = client.get(f"{subject}/feeds/latest.rss")
    assert (answer.status_code, answer["Location"]) == (301, f"/{step}/renamed/feeds/latest.rss")
    model.objects.filter(slug="renamed").delete()
    assert client.get(f"{subject}/feeds/latest.rss").status_code == 410
    assert client.get(f"/{step}/never/feeds/latest.rss").status_code == 404


@pytest.mark.parametrize("subject", SUBJECTS)
def test_feed_takes_one_query_more_than_the_latest(
    client, town, subject, django_assert_num_queries
):
    for many in (1, 4):
        for _each in range(many):
            town()
        with django_assert_num_queries(9):
            client.get(f"{subject}/feeds/latest.json")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_unchanged_feed_is_answered_without_its_text(cache, town, subject):
    first = Answer(cache, f"{subject}/feeds/latest.atom")
    again = Answer(cache, f"{subject}/feeds/latest.atom", if_none_match=first.headers["ETag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
