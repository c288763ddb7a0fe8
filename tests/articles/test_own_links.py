"""Links in a text to our own pages lead to what readers see."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Page, Role, Status, Topic
from articles.own_links import own_links_lead_somewhere, own_path
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_section, make_series, make_site

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
    make_article(byline=[(make_contributor(slug="maren"), Role.REPORTER)])
    make_contributor(slug="nobody-yet")
    make_article(slug="twice", status=Status.WITHDRAWN)
    make_article(slug="twice", language="de")
    make_article(slug="foreign", language="tr")
    Topic.objects.create(slug="weather", names={"en": "Weather"})
    make_series(slug="letters")
    Page.objects.create(slug="about", language="en", title="About us", body="<p>We</p>")


LINKS = """
/                            leads
/de/                         leads
/de                          broken
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
/articles/twice/             broken
/de/articles/twice/          leads
/articles/foreign/           broken
/articles/nowhere/           broken
/articles/nowhere/comments/  broken
/sections/harbour/           leads
/sections/nowhere/           broken
/topics/weather/             leads
/topics/nowhere/             broken
/series/letters/             leads
/series/nowhere/             broken
/series/letters/feeds/latest.rss leads
/contributors/maren/         leads
/contributors/nobody/        broken
/contributors/nobody-yet/    broken
/contributors/me/            leads
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
#part-the-mole               leads
#part-nowhere                broken
{site}/articles/ferry/       leads
{site}                       leads
{site}/articles/nowhere/     broken
//{host}/articles/nowhere/   broken
https://other.example/articles/nowhere/ leads
mailto:desk@courier.example  leads
"""
SITE = {"site": settings.SITE_URL, "host": settings.SITE_URL.partition("//")[2]}


def test_links_to_our_own_pages_lead_to_what_readers_see(paper):
    byline = [(make_contributor(slug="me"), Role.REPORTER)]
    wrong, article = [], make_article(status=Status.DRAFT, slug="mine", byline=byline)
    for line in LINKS.strip().splitlines():
        url, expected = line.format(**SITE).split()
        article.body = f'<h2>The mole</h2><p><a href="{url}">there</a></p>'
        found = list(own_links_lead_somewhere(article))
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


UNLIKE = ("#", "/media/", "/admin/", "/articles/mine/", "/contributors/me/", "/articles/ferry/r")


def test_site_answers_as_the_check_says(client, paper):
    wrong, article = [], make_article(status=Status.DRAFT, slug="mine")
    for line in LINKS.strip().splitlines():
        url, expected = line.format(**SITE).split()
        path = own_path(url, of=article)
        if path is None or path.startswith(UNLIKE):  # another site's, or judged apart
            continue
        if (client.get(path, follow=True).status_code == 200) != (expected == "leads"):
            wrong.append(url)
    assert not wrong


def test_many_links_cost_no_more_than_one_of_each_kind(paper):
    def cost(count):
        kinds = ("articles", "sections", "topics", "series", "contributors", "pages")
        paths = [f"/{kind}/a-{number}/" for number in range(count) for kind in kinds]
        body = "".join(f'<p><a href="{path}">x</a></p>' for path in paths)
        article = make_article(body=body)
        with CaptureQueriesContext(connection) as asked:
            list(own_links_lead_somewhere(article))
        return len(asked)

    assert cost(1) == cost(20) <= 15
