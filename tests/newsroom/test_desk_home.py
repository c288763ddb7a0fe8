"""The desk's first page: what waits, what comes, how things stand; for each role its own."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Image, Role, Slot, Status
from articles.publishing import publish
from comments.appealing import answer
from comments.models import Notice
from comments.moderating import hold
from comments.noticing import receive
from fundraising.models import Donation
from newsroom import desk_home
from tests.articles.review import bring_to
from tests.builders import make_article, make_colleague, make_contributor, make_image, make_site
from tests.comments.builders import make_appeal, make_flag, make_notice, write
from tests.fundraising.builders import make_campaign, make_donation
from tests.newsroom.desk_world import read_table, signed_in
from tests.translations.builders import make_assignment, make_permission, make_source_work

pytestmark = pytest.mark.django_db
PARTS = """
part           reporter translator editor moderator fundraiser chief
home-waiting   yes      yes        yes    no        no         yes
home-calendar  yes      yes        yes    no        no         yes
home-drafts    yes      yes        yes    no        no         yes
home-held      no       no         no     yes       no         yes
home-campaign  no       no         no     no        yes        yes
home-dedications no     no         no     yes       yes        yes
Permission-of  no       yes        yes    no        no         yes
"""


@pytest.fixture(autouse=True)
def site():
    make_site()


def soon(**time):
    return timezone.now() + timedelta(**time)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def home(role):
    return signed_in(role).get("/admin/").text.partition('id="content-main"')[0]


@pytest.mark.parametrize(("part", "cells"), read_table(PARTS))
def test_each_role_is_shown_what_it_may_know(part, cells):
    source = make_source_work(title="Permission-of")
    make_permission(source_work=source, ends_on=in_days(3))
    make_donation(state="paid", message="Good luck")
    found = {role: "yes" if part in home(role) else "no" for role in cells}
    assert found == cells


def test_empty_desk_says_so_kindly():
    page = home("chief")
    for sentence in (
        "Nothing waits for you", "Nothing is scheduled", "No draft lies about",
        "No comment is held", "No campaign is running",
    ):  # fmt: skip
        assert sentence in page


def test_what_waits_is_listed_with_its_age():
    article = bring_to("in_review", headline="Eight minutes")
    Article.objects.update(created_at=soon(days=-15))
    page = home("editor")
    assert "To be reviewed" in page
    assert f"/admin/articles/article/{article.pk}/change/" in page
    assert "begun 2\xa0weeks, 1\xa0day ago" in page


def test_calendar_tells_what_begins_and_ends():
    byline = [(make_contributor(), Role.REPORTER)]
    article = make_article(status=Status.DRAFT, headline="Tomorrow's ferry", byline=byline)
    publish(
        article, by=make_colleague("editor"), publish_at=soon(days=1), unpublish_at=soon(days=2)
    )
    make_article(status=Status.DRAFT, embargoed_until=soon(days=3), publish_at=soon(days=4))
    Slot.objects.create(article=article, language="en", begins_at=soon(days=5))
    Image.objects.filter(pk=make_image().pk).update(licence_ends_on=in_days(6))
    page = home("editor")
    for what in (
        "begins", "ends", "embargo ends", "planned, still a draft", "takes its place on the page",
        "licence of a picture ends",
    ):  # fmt: skip
        assert f'<span class="quiet">{what}</span>' in page
    assert page.index("begins<") < page.index("embargo ends<") < page.index("licence of a picture")


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (1, True), (13, True), (15, False)])
def test_calendar_looks_two_weeks_ahead(days, is_told):
    make_article(publish_at=soon(days=days), headline="The ferry of that day")
    assert ("The ferry of that day" in home("reporter")) == is_told


def put(**times):
    Slot.objects.create(article=make_article(), language="en", **times)


ENDING = {
    "slot that begins": lambda days: put(begins_at=soon(days=days)),
    "slot that ends": lambda days: put(begins_at=soon(days=-days), ends_at=soon(days=days)),
    "picture": lambda days: Image.objects.filter(pk=make_image().pk).update(
        licence_ends_on=in_days(days)
    ),
    "permission": lambda days: make_permission(
        source_work=make_source_work(), ends_on=in_days(days)
    ),
}


@pytest.mark.parametrize("make", ENDING.values(), ids=ENDING)
@pytest.mark.parametrize("order", [(3, 5, 7), (7, 5, 3), (5, 3, 7)])
def test_calendar_that_is_cut_off_keeps_what_comes_first(monkeypatch, make, order):
    monkeypatch.setattr(desk_home, "MOST_EVENTS", 1)
    for days in order:
        make(days)
    [(day, _events)] = desk_home.days(make_colleague("chief"), timezone.now())
    assert day == in_days(3)


def test_what_ends_tomorrow_goes_before_what_begins_later(monkeypatch):
    monkeypatch.setattr(desk_home, "MOST_EVENTS", 1)
    make_article(publish_at=soon(days=2))
    make_article(publish_at=soon(days=-9), unpublish_at=soon(days=1))
    [(day, [event])] = desk_home.days(make_colleague("chief"), timezone.now())
    assert (day, str(event.what)) == (in_days(1), "ends")


def test_held_comments_and_the_campaign_are_counted():
    article = make_article()
    for _each in range(2):
        hold(write(article), by=make_colleague("moderator"))
    write(article)
    make_campaign(goal_minor=500_000, raised_minor=235_500)
    page = home("chief")
    assert "2 comments are held" in page
    assert "/admin/comments/comment/queue/held/" in page
    assert "1 comment was not looked at" in page
    assert "47" in page.partition("home-campaign")[2]


def test_what_readers_and_writers_wait_for_is_counted():
    client, article = signed_in("moderator"), make_article()
    make_flag(write(article))
    asked = make_appeal(write(article), by=make_colleague("moderator"))
    receive(Notice(address="/articles/ferry/", why="Libel.", language="en"))
    page = client.get("/admin/").text
    for what in ("1 comment is reported", "1 appeal waits", "1 notice of illegal content waits"):
        assert what in page
    for address in re.findall(r'href="(/admin/comments/(?:appeal|notice)/\?[^"]+)"', page):
        assert client.get(address).context["cl"].result_count == 1
    answer(asked, grants=True, by=make_colleague("moderator"))
    assert "1 appeal waits" not in home("moderator")
    assert "1 comment was not looked at" in home("moderator")


def test_appeals_are_counted_for_who_may_answer_them():
    decided, other = make_colleague("moderator"), make_colleague("moderator")
    article = make_article()
    make_appeal(write(article), by=decided)
    make_appeal(write(article, author=decided), by=other)
    make_appeal(write(article), by=make_colleague("chief"))
    for person, number in ((decided, 1), (other, 2)):
        client = Client()
        client.force_login(person)
        page = client.get("/admin/").text
        [(address, count)] = re.findall(r'"(/admin/comments/appeal/\?[^"]+)">(\d) appeal', page)
        assert int(count) == client.get(address).context["cl"].result_count == number


def test_notices_are_counted_for_who_may_answer_them():
    writer, other = make_colleague("moderator"), make_colleague("moderator")
    article = make_article()
    make_notice(write(article, author=writer))
    make_notice(write(article))
    for person, number in ((writer, 1), (other, 2)):
        client = Client()
        client.force_login(person)
        page = client.get("/admin/").text
        [(address, count)] = re.findall(r'"(/admin/comments/notice/\?[^"]+)">(\d) notice', page)
        assert int(count) == client.get(address).context["cl"].result_count == number


def test_awaited_gifts_and_what_is_wrong_with_the_ledger_are_counted():
    assert "awaited" not in home("fundraiser")
    make_donation()
    Donation.objects.filter(pk=make_donation().pk).update(created_at=soon(days=-91))
    page = home("fundraiser")
    assert "2 gifts are awaited" in page
    assert "?state__exact=pending" in page
    assert "1 thing to look at" in page
    assert "/admin/fundraising/ledgerentry/check/" in page


def test_translations_that_wait_are_told():
    translator = make_colleague("translator", username="mina")
    make_assignment(story=make_article().story, owner=translator, language="de")
    client = Client()
    client.force_login(translator)
    assert "1 translation waits for you" in client.get("/admin/").text


def fill(count):
    for number in range(count):
        bring_to("in_review")
        make_article(publish_at=soon(days=1, minutes=number))
        article = make_article(status=Status.DRAFT, embargoed_until=soon(days=2))
        Slot.objects.create(article=article, language="en", begins_at=soon(days=5))
        Image.objects.filter(pk=make_image().pk).update(licence_ends_on=in_days(6))
        make_permission(source_work=make_source_work(), ends_on=in_days(3))
        make_donation(campaign=make_campaign())


def test_first_page_asks_no_more_where_there_is_more():
    client, counts = signed_in("chief"), []
    client.get("/admin/")
    for more in (1, 3):
        fill(more)
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] < 40
