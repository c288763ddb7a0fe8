"""Answering what the desk asks about a passage, on the page of its own."""

import pytest
from django.test import Client

from articles.models import Article
from comments.models import Comment, Discussion
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_question, make_quote, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry")


@pytest.fixture
def asked(article):
    return make_question(article)


def test_form_shows_the_question_and_the_words_it_is_about(client, asked):
    response = client.get(f"/passages/{asked.pk}/answer/")
    assert "Answer the question" in response.text
    assert "Were you there when it met?" in response.text
    assert "<p>harbour board</p>" in response.text
    assert 'name="exact"' not in response.text
    assert "no-store" in response.headers["Cache-Control"]


def test_guest_answers_and_is_led_to_the_answer(client, asked):
    response = client.post(f"/passages/{asked.pk}/answer/", typed())
    answer = Comment.objects.get()
    assert response.status_code == 302
    address = f"/articles/ferry/?posted={answer.pk}#comment-{answer.pk}"
    assert response.headers["Location"] == address
    assert (answer.passage, answer.parent, answer.language) == (asked, None, "en")
    assert answer.guest_name == "Ines Halloran" and client.cookies["guest"].value


def test_member_answers_without_giving_a_name(client, asked):
    member = make_user()
    client.force_login(member)
    assert 'name="email"' not in client.get(f"/passages/{asked.pk}/answer/").text
    client.post(f"/passages/{asked.pk}/answer/", {"text": "I was there."})
    answer = Comment.objects.get()
    assert (answer.passage, answer.author) == (asked, member)


def test_answer_is_shown_with_the_question_above_it(client, asked):
    client.post(f"/passages/{asked.pk}/answer/", typed())
    html = client.get("/articles/ferry/comments/").text
    assert '<p class="comment-question">Were you there when it met?</p>' in html
    assert "<p>harbour board</p></blockquote>" in html


def test_second_click_is_one_answer_and_another_question_another(client, article, asked):
    other = make_question(article, exact="Tuesday")
    for question in (asked, asked, other):
        client.post(f"/passages/{question.pk}/answer/", typed())
    client.post("/articles/ferry/comment/", typed())
    about = Comment.objects.order_by("pk").values_list("passage", flat=True)
    assert list(about) == [asked.pk, other.pk, None]


def test_answer_quotes_nothing_else(client, asked):
    """A forged form's words are neither looked for nor kept."""
    forged = typed(exact="not in the text", before="x", after="y")
    assert client.post(f"/passages/{asked.pk}/answer/", forged).status_code == 302
    assert Comment.objects.get().passage == asked


def test_bad_input_is_explained_and_kept(client, asked):
    response = client.post(f"/passages/{asked.pk}/answer/", typed(email="nobody"))
    assert response.status_code == 422
    assert "Were you there when it met?" in response.text and "valid email" in response.text
    assert "The bakery opens at five." in response.text
    assert not Comment.objects.exists()


def test_preview_publishes_nothing(client, asked):
    response = client.post(f"/passages/{asked.pk}/answer/", typed(text="*Yes*", preview="1"))
    assert "<em>Yes</em>" in response.text and "Were you there" in response.text
    assert not Comment.objects.exists()


def test_closed_question_says_so_and_keeps_the_text(client, article):
    closed = make_question(article, is_closed=True)
    address = f"/passages/{closed.pk}/answer/"
    assert client.get(address).status_code == 403
    response = client.post(address, typed())
    assert response.status_code == 403
    assert "No new answers are taken." in response.text
    assert "The bakery opens at five." in response.text
    assert not Comment.objects.exists()
    assert client.post("/articles/ferry/comment/", typed()).status_code == 302


def test_closed_conversation_takes_no_answer(client, asked):
    Discussion.objects.update(policy="closed")
    response = client.post(f"/passages/{asked.pk}/answer/", typed())
    assert response.status_code == 403
    assert "This conversation is closed." in response.text
    assert not Comment.objects.exists()


def test_question_belongs_to_its_edition(client, article, asked):
    make_article(slug="faehre", language="de", story=article.story)
    for client_method in (client.get, client.post):
        assert client_method(f"/de/passages/{asked.pk}/answer/").status_code == 404
    assert client.get(f"/passages/{asked.pk}/answer/").status_code == 200


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nobody_answers_below_what_readers_cannot_see(client, article, asked, status):
    address = f"/passages/{asked.pk}/answer/"
    assert client.get(address).status_code == 200
    Article.objects.update(status=status)
    assert client.get(address).status_code == client.post(address, typed()).status_code == 404
    assert not Comment.objects.exists()


def test_what_a_reader_quoted_is_no_question(client, article):
    quote = make_quote(article)
    for number in (quote.passage_id, 999_999):
        address = f"/passages/{number}/answer/"
        assert client.get(address).status_code == client.post(address, typed()).status_code == 404
    assert Comment.objects.count() == 1


def test_form_only_takes_get_and_post(client, asked):
    assert client.put(f"/passages/{asked.pk}/answer/").status_code == 405
    assert client.head(f"/passages/{asked.pk}/answer/").status_code == 200


def test_another_sites_form_is_refused(asked):
    client, address = Client(enforce_csrf_checks=True), f"/passages/{asked.pk}/answer/"
    for site, status in (("cross-site", 403), ("same-origin", 302)):
        headers = {"Sec-Fetch-Site": site}
        assert client.post(address, typed(), headers=headers).status_code == status
    assert Comment.objects.count() == 1


def test_answer_waits_where_comments_are_held(client, asked):
    make_site(comment_policy="held")
    client.post(f"/passages/{asked.pk}/answer/", typed())
    assert not Comment.objects.public().exists() and Comment.objects.get().passage == asked
    assert "No answers yet." in client.get("/articles/ferry/").text
