"""Links in a text: ours lead to what readers see, others were seen to answer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.link_checks import REMEMBERED, elsewhere, other_sites_answer, own_links_lead_somewhere
from articles.models import LinkCheck, Page, Status, Topic
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_section, make_site

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def paper():
    make_site(editions=("en", "de"))
    soon = database_now() + 2 * HOUR
    live = make_article(slug="ferry")
    make_article(slug="faehre", language="de", story=live.story)
    make_article(slug="soon", publish_at=soon)
    make_article(slug="draft", status=Status.DRAFT)
    make_article(slug="gone", status=Status.WITHDRAWN)
    make_article(slug="over", unpublish_at=database_now() - HOUR / 2)
    moved = make_article(slug="old-name")
    moved.slug = "new-name"
    moved.save(update_fields=["slug"])
    make_section(slug="harbour")
    make_contributor(slug="maren")
    Topic.objects.create(slug="weather", names={"en": "Weather"})
    Page.objects.create(slug="about", language="en", title="About us", body="<p>We</p>")


LINKS = """
/                            leads
/de/                         leads
/de                          leads
/tr/                         broken
/articles/ferry/             leads
/articles/ferry              leads
/articles/ferry/?sort=best   leads
/articles/ferry/#top         leads
/articles/ferry/comments/    leads
/articles/ferry/republish/   leads
/en/articles/ferry/          leads
/de/articles/faehre/         leads
/de/articles/ferry/          leads
/articles/faehre/            leads
/articles/mine/              leads
/articles/old-name/          leads
/articles/new-name/          leads
/articles/soon/              broken
/articles/draft/             broken
/articles/gone/              broken
/articles/over/              broken
/articles/nowhere/           broken
/articles/nowhere/comments/  broken
/sections/harbour/           leads
/sections/nowhere/           broken
/topics/weather/             leads
/topics/nowhere/             broken
/contributors/maren/         leads
/contributors/nobody/        broken
/contributors/maren/feeds/latest.rss leads
/contributors/nobody/feeds/latest.rss broken
/pages/about/                leads
/de/pages/about/             broken
/pages/nowhere/              broken
/feeds/latest.atom           leads
/sitemap.xml                 leads
/support/                    leads
/media/pictures/quay.jpg     leads
/admin/articles/article/     broken
/no-such-page/               broken
../ferry/                    leads
../nowhere/                  broken
#                            leads
#conversation                leads
#nowhere                     broken
{site}/articles/ferry/       leads
{site}                       leads
{site}/articles/nowhere/     broken
//{host}/articles/nowhere/   broken
https://other.example/articles/nowhere/ leads
mailto:desk@courier.example  leads
"""
SITE = {"site": settings.SITE_URL, "host": settings.SITE_URL.partition("//")[2]}


def test_links_to_our_own_pages_lead_to_what_readers_see(paper):
    wrong = []
    for line in LINKS.strip().splitlines():
        url, expected = line.format(**SITE).split()
        article = make_article(
            status=Status.DRAFT, slug="mine", body=f'<p><a href="{url}">there</a></p>'
        )
        found = list(own_links_lead_somewhere(article))
        article.delete()
        if [finding.code for finding in found] != ["link_broken"] * (expected == "broken"):
            wrong.append((url, found))
    assert not wrong


@pytest.mark.parametrize(("hours", "count"), [(1, 1), (3, 0)])
def test_piece_that_begins_later_may_link_to_what_begins_before_it(paper, hours, count):
    article = make_article(
        publish_at=database_now() + hours * HOUR, body='<p><a href="/articles/soon/">that</a></p>'
    )
    found = list(own_links_lead_somewhere(article))
    assert len(found) == count
    assert all("“that”" in finding.message and finding.field == "body" for finding in found)


def test_addresses_of_other_sites_are_told_once_without_their_fragment():
    html = "".join(
        f'<a href="{url}">x</a>'
        for url in ("https://a.example/#1", "https://a.example/#2", "/own/", "mailto:a@b.example",
                    "ftp://a.example/", settings.SITE_URL, "http://[x",
                    f"https://b.example/{'x' * 2000}")
    )  # fmt: skip
    assert elsewhere(html) == ["https://a.example/"]


@pytest.mark.parametrize(
    ("status", "age", "is_warned_of"),
    [
        (200, 0, False),
        (404, 0, True),
        (410, 0, True),
        (500, 0, True),
        (0, 0, True),
        (403, 0, False),
        (429, 0, False),
        (404, 8, False),
    ],
)
def test_link_that_was_seen_to_be_dead_is_warned_of(status, age, is_warned_of):
    url = "https://other.example/page"
    checked_at = timezone.now() - timedelta(days=age)
    LinkCheck.objects.create(url=url, status=status, checked_at=checked_at)
    found = list(other_sites_answer(make_article(body=f'<p><a href="{url}#part">x</a></p>')))
    assert [finding.code for finding in found] == ["link_dead"] * is_warned_of
    assert all(finding.is_warning and url in finding.message for finding in found)


def test_link_that_nobody_has_tried_is_not_warned_of(django_assert_num_queries):
    article = make_article(body='<p><a href="https://other.example/">x</a></p>')
    assert not list(other_sites_answer(article))
    article.body = "<p>No link</p>"
    with django_assert_num_queries(0):
        assert not list(other_sites_answer(article))
    assert timedelta(days=7) == REMEMBERED
