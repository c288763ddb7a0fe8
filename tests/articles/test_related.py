"""What an article's page offers to read next: its series and topics first, and nothing hidden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Story, Topic
from articles.related import MOST, _related, related
from newsroom.seeding.sowing import Sower, analyze
from operations.clock import database_now
from operations.composed import prepared_cursor
from tests.builders import make_article, make_section, make_series, make_site
from tests.translations.versions import make_correction

pytestmark = pytest.mark.django_db
EDITIONS = ("en", "de")


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=EDITIONS)


def about(*topics, hours=1, section="town", **fields):
    """A live article on the topics, in a section that the ferry's is not."""
    fields.setdefault("publish_at", timezone.now() - timedelta(hours=hours))
    article = make_article(section=make_section(slug=section), **fields)
    article.topics.add(*[Topic.objects.get_or_create(slug=slug)[0] for slug in topics])
    return article


def found_for(article):
    return related(article, now=database_now(), editions=EDITIONS)


@pytest.fixture
def ferry():
    return about("tides", "boats", section="harbour", slug="ferry")


def test_topics_come_first_then_the_section_then_other_languages(ferry):
    german = about("boats", language="de", headline="Boote")
    near = about(section="harbour", hours=2)
    one, both = about("tides", hours=1), about("tides", "boats", hours=9)
    about("orchards")
    assert found_for(ferry) == [both, one, near, german]


def test_others_of_the_series_come_before_what_shares_topics(ferry):
    tides = about("tides")
    ferry.story.series = series = make_series()
    old, new = (about(hours=hours, story=Story.objects.create(series=series)) for hours in (9, 3))
    about(story=Story.objects.create(series=make_series(slug="others")))
    assert found_for(ferry) == [new, old, tides]


def test_page_does_not_offer_again_what_stands_beside_it_in_the_series(client, ferry):
    ferry.story.series = series = make_series()
    ferry.story.save()
    far, near = (about(hours=hours, story=Story.objects.create(series=series)) for hours in (9, 3))
    offered = client.get(ferry.get_absolute_url()).text.partition('class="related"')[2]
    assert far.get_absolute_url() in offered
    assert near.get_absolute_url() not in offered


def test_no_more_than_fit_and_the_newest_of_each(ferry):
    many = [about("tides", hours=hours) for hours in range(1, MOST + 3)]
    assert found_for(ferry) == many[:MOST]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"publish_at": timezone.now() + timedelta(days=999)},
        {"unpublish_at": timezone.now() - timedelta(minutes=1)},
        {"language": "tr"},
    ],
    ids=["draft", "withdrawn", "not yet", "no more", "no edition"],
)
def test_what_readers_may_not_see_is_not_offered(ferry, fields):
    about("tides", "boats", **fields)
    assert found_for(ferry) == []


def test_neither_the_story_itself_nor_what_the_text_links_nor_what_was_retracted(ferry):
    about("tides", story=ferry.story, language="de")
    linked, retracted = about("tides", slug="linked"), about("tides")
    make_correction(retracted, kind="retraction")
    ferry.body = f'<p><a href="{linked.get_absolute_url()}">as we wrote</a></p>'
    assert found_for(ferry) == []


def test_story_that_is_here_too_is_offered_here_alone_and_once(ferry):
    here = about("tides")
    about("tides", story=here.story, language="de")
    assert found_for(ferry) == [here]


def test_it_costs_one_query_for_none_and_for_many(ferry):
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            related(ferry, now=timezone.now(), editions=EDITIONS)
        assert len(captured) == 1, number
        for _each in range(20):
            about("tides", "boats")


def test_page_links_them_in_their_language(client, ferry):
    about("boats", language="de", slug="boote", headline="Boote")
    page = client.get(ferry.get_absolute_url()).text
    assert 'href="/de/articles/boote/" lang="de" hreflang="de" dir="ltr">Boote</a>' in page


def test_page_offers_nothing_where_there_is_nothing(client, ferry):
    assert 'class="related"' not in client.get(ferry.get_absolute_url()).text


def test_page_is_dropped_with_each_that_it_offers(client, ferry):
    other = about("tides")
    response = client.get(ferry.get_absolute_url())
    assert f"headline:{other.story_id}" in vars(response.wsgi_request)["page_tags"]


def test_it_reads_no_more_of_a_large_paper(ferry):
    Sower().sow_stories(2000)
    analyze()
    asked = {"article": ferry.pk, "story": ferry.story_id, "section": ferry.section_id,
             "series": 0, "language": "en", "now": database_now()}  # fmt: skip
    kept = _related.kept()
    with prepared_cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {kept.sql}", kept.bind(asked))
        [[plan]] = cursor.fetchone()
    assert 0 < rows_read(plan["Plan"]) < 500


def rows_read(node):
    """What a plan's nodes found or left out, one with another."""
    here = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return here * node["Actual Loops"] + sum(map(rows_read, node.get("Plans", ())))
