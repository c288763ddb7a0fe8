import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Article, Slot
from comments.models import Discussion
from newsroom import front_pages
from newsroom.front_pages import compose
from operations.clock import database_now
from tests.builders import make_article, make_section, make_site

pytestmark = pytest.mark.django_db


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def composed(language="en"):
    return compose(language=language, editions=["en", "de", "ar"], now=database_now())


def test_front_page_shows_its_own_edition_only(client):
    make_site()
    make_article(headline="Ferry news")
    make_article(headline="Neues von der Fähre", language="de")
    assert "Ferry news" in client.get("/").text
    assert "Neues von der Fähre" in client.get("/de/").text
    assert "Ferry news" not in client.get("/de/").text.partition('id="elsewhere"')[0]


def test_newest_leads_and_three_stand_beside_it():
    made = [make_article(publish_at=hours_ago(hours)) for hours in range(1, 8)]
    front = composed()
    assert front.lead == made[0]
    assert front.secondary == made[1:4]
    assert [a for _section, articles in front.columns for a in articles] == made[4:]


def test_quiet_section_keeps_its_column():
    nature = make_section(slug="nature", name="Nature")
    old = make_article(section=nature, publish_at=hours_ago(5000))
    for hours in range(1, 60):
        make_article(publish_at=hours_ago(hours))
    columns = dict(composed().columns)
    assert columns[nature] == [old]
    assert len(columns[make_section()]) == 4


def test_embargoed_article_is_not_on_the_front_page():
    make_article(publish_at=hours_ago(-1))
    assert composed().lead is None


def test_each_other_edition_is_there_with_a_story_that_this_one_lacks():
    both = make_article(publish_at=hours_ago(1))
    make_article(language="de", story=both.story, publish_at=hours_ago(1))
    only_german = make_article(language="de", publish_at=hours_ago(9))
    arabic = make_article(language="ar", story=both.story, publish_at=hours_ago(2))
    make_article(language="tr")  # not an edition of this site
    assert composed().elsewhere == [arabic, only_german]


def test_only_the_newest_of_each_other_edition_are_looked_at(monkeypatch):
    monkeypatch.setattr(front_pages, "STILL_NEWS", 2)
    make_article(language="de", publish_at=hours_ago(9))
    for hours in (1, 2):
        both = make_article(publish_at=hours_ago(hours))
        make_article(language="de", story=both.story, publish_at=hours_ago(hours))
    newest, _other = Article.objects.filter(language="de").newest_first()[:2]
    assert composed().elsewhere == [newest]


def test_paper_of_one_edition_has_nothing_elsewhere():
    make_article(language="de")
    assert compose(language="en", editions=["en"], now=database_now()).elsewhere == []


def test_most_discussed_are_ordered_by_their_comments(client):
    make_site()
    quiet, lively, livelier = (make_article(headline=f"Story {n}") for n in "abc")
    Discussion.objects.create(story=lively.story, comment_count=3)
    Discussion.objects.create(story=livelier.story, comment_count=11)
    Discussion.objects.create(story=make_article(language="de").story, comment_count=99)
    assert composed().most_discussed == [livelier, lively]
    assert quiet not in composed().most_discussed
    assert "11 comments" in client.get("/").text.partition('id="most-discussed"')[2]


def test_section_page_says_how_many_comments_each_story_has(client):
    make_site()
    article = make_article()
    Discussion.objects.create(story=article.story, comment_count=1)
    assert "1 comment</a>" in client.get("/sections/harbour/").text


def test_empty_edition_says_so(client):
    make_site()
    assert "الطبعة الأولى قيد الإعداد" in client.get("/ar/").text


@pytest.mark.parametrize("number", [1, 40])
def test_front_page_queries_are_constant(client, django_assert_num_queries, number):
    make_site()
    for index in range(number):
        make_article(section=make_section(slug=f"section-{index % 5}"))
        make_article(language="de")
    client.get("/")
    with django_assert_num_queries(12):
        client.get("/")


def put(article, position=1, **fields):
    return Slot.objects.create(
        language=article.language, article=article, position=position, **fields
    )


def test_what_the_desk_puts_on_the_front_page_goes_before_the_latest():
    made = [make_article(publish_at=hours_ago(hours)) for hours in range(1, 9)]
    put(made[7]), put(made[6], 3, is_pinned=True)
    front = composed()
    assert [front.lead, *front.secondary] == [made[7], made[0], made[6], made[1]]
    assert [a for _section, articles in front.columns for a in articles] == made[2:6]


def test_what_finds_no_place_at_the_top_stands_first_in_its_section():
    made = [make_article(publish_at=hours_ago(hours)) for hours in range(1, 9)]
    for position, article in enumerate(made[3:], start=1):
        put(article, position)
    front = composed()
    assert [front.lead, *front.secondary] == made[3:7]
    assert [a for _section, articles in front.columns for a in articles] == [made[7], *made[:3]]


def test_front_page_never_shows_an_article_twice():
    made = [make_article(publish_at=hours_ago(hours)) for hours in range(1, 9)]
    put(made[0], 2, is_pinned=True), put(made[0]), put(made[5], 9, is_pinned=True)
    shown = composed().articles
    assert len(shown) == len(set(shown)) == 8


def test_slot_of_an_article_that_is_gone_leaves_its_place_to_the_next():
    made = [make_article(publish_at=hours_ago(hours)) for hours in range(1, 4)]
    put(make_article(status="withdrawn"), is_pinned=True)
    assert composed().lead == made[0]


def test_front_pages_name_each_other_and_one_default(client):
    make_site(editions=("en", "de"))
    site = settings.SITE_URL
    for address in ("/", "/de/"):
        links = re.findall(
            r'<link rel="alternate" hreflang="(.+?)" href="(.+?)">', client.get(address).text
        )
        assert links == [("en", f"{site}/"), ("de", f"{site}/de/"), ("x-default", f"{site}/")]
