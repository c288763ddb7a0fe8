"""The conversation with nothing but threads about passages, or about a single one."""

import re

import pytest

from comments import reading
from comments.models import Comment
from comments.moderating import hold, remove
from comments.reading import Size
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, make_question, make_quote, write
from tests.comments.pages import link, shown, walk

pytestmark = pytest.mark.django_db
PAGE = "/articles/ferry/comments/"


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry")


@pytest.fixture
def asked(article):
    return make_question(article)


def current(html: str) -> list[str]:
    """What the page says that it shows, filters and orders alike."""
    head = html.partition('class="conversation-head"')[2].partition("comment-languages")[0]
    return re.findall(r'aria-current="true">([^<]*)</a>', head)


def test_inline_feedback_is_what_readers_say_of_passages(client, article, asked):
    answer, plain = write(article, passage=asked), write(article)
    quote = make_quote(article)
    reply = write(article, in_reply_to=quote)
    write(article, in_reply_to=plain)
    html = client.get(f"{PAGE}?show=inline").text
    assert shown(html) == [quote.pk, reply.pk, answer.pk]
    assert current(html) == ["Newest", "Inline feedback (2)"]


def test_all_comments_on_one_passage(client, article, asked):
    first, second = (write(article, passage=asked) for _number in range(2))
    make_quote(article)
    write(article)
    reply = write(article, in_reply_to=first)
    html = client.get(f"{PAGE}?passage={asked.pk}").text
    assert shown(html) == [second.pk, first.pk, reply.pk]
    assert current(html) == ["Newest", "On one passage"]


def test_way_to_the_filter_is_shown_where_there_is_something(client, article):
    write(article)
    assert "Inline feedback" not in client.get(PAGE).text
    quote = make_quote(article)
    html = client.get(PAGE).text
    assert f'<a href="{PAGE}?sort=newest&amp;show=inline#conversation">Inline feedback (1)' in html
    remove(quote, by=make_moderator())
    assert "Inline feedback" not in client.get(PAGE).text


@pytest.mark.parametrize("filtered", ["show=inline", "passage={asked}"])
def test_order_keeps_the_filter_and_the_filter_the_order(client, article, asked, filtered):
    few, many, last = (write(article, passage=asked) for _number in range(3))
    Comment.objects.filter(pk=many.pk).update(ups=5)
    address = f"{PAGE}?{filtered.format(asked=asked.pk)}"
    orders = {
        "newest": [last, many, few],
        "oldest": [few, many, last],
        "most-voted": [many, last, few],
        "best": [many, last, few],
    }
    links = re.findall(r'<a href="(\?[^"#]*)#conversation" data-sort', client.get(address).text)
    for sort, href in zip(orders, links, strict=True):
        html = client.get(PAGE + href.replace("&amp;", "&")).text
        assert shown(html) == [comment.pk for comment in orders[sort]]
        assert f"sort={sort}&amp;show=inline" in html


@pytest.mark.parametrize("sort", ["newest", "oldest", "most-voted", "best"])
@pytest.mark.parametrize("filtered", ["show=inline", "passage={asked}"])
def test_pages_show_every_thread_once(client, article, asked, sort, filtered, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=2, comments=9, thread=3))
    answers = [write(article, passage=asked).pk for _number in range(5) if write(article)]
    Comment.objects.filter(pk__in=answers[1:3]).update(ups=3)
    address = f"{PAGE}?sort={sort}&{filtered.format(asked=asked.pk)}"
    assert sorted(walk(client, address)) == answers


def test_long_thread_goes_on_from_the_filter(client, article, asked, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=2, comments=9, thread=2))
    answer = write(article, passage=asked)
    replies = [write(article, in_reply_to=answer).pk for _number in range(3)]
    html = client.get(f"{PAGE}?show=inline").text
    assert "Show 2 more replies" in html
    assert shown(client.get(link(html, "replies-more")).text) == replies[1:]


def test_editions_share_the_filter_and_a_language_narrows_it(client, article, asked):
    german = make_article(
        slug="faehre", language="de", story=article.story, body="<p>Der Hafen einigte sich.</p>"
    )
    english, quote = write(article, passage=asked), make_quote(german, exact="Der Hafen")
    write(german)
    for address in (PAGE, "/de/articles/faehre/comments/"):
        assert shown(client.get(f"{address}?show=inline").text) == [quote.pk, english.pk]
    html = client.get(f"{PAGE}?show=inline&lang=de").text
    assert shown(html) == [quote.pk]
    assert "?lang=de&amp;show=inline&amp;sort=" in html
    assert shown(client.get(f"{PAGE}?passage={asked.pk}&lang=en").text) == [english.pk]


def test_removed_answer_holds_the_place_of_its_replies(client, article, asked):
    answer, other = (write(article, passage=asked, text=f"Aye {n}") for n in range(2))
    reply = write(article, in_reply_to=answer)
    remove(answer, by=make_moderator())
    hold(other, by=make_moderator())
    html = client.get(f"{PAGE}?passage={asked.pk}").text
    assert shown(html) == [answer.pk, reply.pk]
    assert "Aye" not in html and "This comment was removed." in html


def test_filter_without_anything_says_so_and_leads_back(client, article, asked):
    write(article)
    for query in ("show=inline", f"passage={asked.pk}"):
        response = client.get(f"{PAGE}?{query}")
        assert response.status_code == 200
        assert shown(response.text) == [] and "There is nothing of this kind." in response.text
        assert f'<a href="{PAGE}">The conversation from its start</a>' in response.text


@pytest.mark.parametrize(
    "query",
    ["show=outline", "show=Inline", "passage=x", "passage=-1", "passage=0", "passage=00",
     "passage=٣", f"passage={'9' * 30}", "passage=999999", "show=inline&after=x"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client, article, asked, query):
    make_quote(article)
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 404
    assert "This page of the conversation does not exist" in response.text


def test_passage_of_another_story_is_not_found(client, article):
    elsewhere = make_quote(make_article(slug="bakery"))
    assert client.get(f"{PAGE}?passage={elsewhere.passage_id}").status_code == 404
    address = f"/articles/bakery/comments/?passage={elsewhere.passage_id}"
    assert shown(client.get(address).text) == [elsewhere.pk]


def test_filtered_page_costs_the_same_for_one_and_for_many(
    client, article, asked, django_assert_max_num_queries
):
    for _number in range(12):
        write(article, in_reply_to=write(article, passage=asked))
        make_quote(article)
    for query in ("show=inline", f"passage={asked.pk}"):
        with django_assert_max_num_queries(12):
            assert client.get(f"{PAGE}?{query}").status_code == 200
