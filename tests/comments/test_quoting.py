"""Quoting a passage of the article's text into a comment."""

import re

import pytest
from django.db import DatabaseError, transaction

from articles.models import Article
from articles.publishing import publish
from comments.models import Comment, Discussion, Passage
from comments.posting import post
from comments.refusals import Closed, NotPublic
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.comments.builders import make_guest, make_question, make_quote, typed, write

pytestmark = pytest.mark.django_db
BODY = "<p>The ferry is late. The <em>ferry</em> is full.</p><p>Nobody\n knows why.</p>"
FORM = "/articles/ferry/comment/"


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry", body=BODY)


def quoting(exact: str, before: str = "", after: str = "", **fields: str) -> dict[str, str]:
    return typed(exact=exact, before=before, after=after, **fields)


def values(html: str) -> dict[str, str]:
    """What stands in the form's hidden fields."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def test_paragraph_is_quoted_by_its_number(client, article):
    html = client.get(f"{FORM}?paragraph=1").text
    assert '<div class="comment-quoting">' in html and "<p>Nobody knows why.</p>" in html
    assert values(html)["exact"] == "Nobody knows why."
    assert client.post(FORM, typed(**values(html))).status_code == 302
    passage = Comment.objects.get().passage
    assert (passage.article, passage.exact) == (article, "Nobody knows why.")
    assert (passage.question, passage.asked_by, passage.is_closed) == ("", None, False)


@pytest.mark.parametrize("paragraph", ["2", "-1", "x", "٣", "99999999", ""])
def test_paragraph_that_does_not_exist_is_no_quotation(client, article, paragraph):
    response = client.get(FORM, {"paragraph": paragraph})
    assert response.status_code == 200
    assert '<div class="comment-quoting" hidden>' in response.text


def test_words_of_the_address_are_offered_and_may_be_left_out(client, article):
    html = client.get(FORM, {"exact": "ferry", "before": "The "}).text
    assert "<p>ferry</p>" in html and values(html)["before"] == "The "
    assert f'<a class="quoting-stop" href="{FORM}">Without the quotation</a>' in html


@pytest.mark.parametrize("exact", ["The editor admits it", '"ferry" <b>', ""])
def test_words_that_the_paper_does_not_say_are_not_offered(client, article, exact):
    html = client.get(FORM, {"exact": exact}).text
    assert values(html) == {} or values(html).get("exact", "") == ""
    assert "admits" not in html and "&lt;b&gt;" not in html


def test_quote_knows_its_surroundings_and_its_revision(client):
    make_site()
    byline = [(make_contributor(), "reporter")]
    article = make_article(slug="ferry", body=BODY, byline=byline)
    revision = publish(article, by=make_colleague("editor"))
    client.post(FORM, quoting("ferry", before="The ", after=" is full"))
    passage = Comment.objects.get().passage
    assert passage.revision == revision
    assert passage.prefix == "The ferry is late. The "
    assert passage.suffix == " is full. Nobody knows why."


def test_words_not_in_the_text_keep_what_was_typed_and_may_be_left_out(client, article):
    response = client.post(FORM, quoting("The ferry is early"))
    assert response.status_code == 422
    assert "What you quoted is not in the text any more." in response.text
    assert "<p>The ferry is early</p>" in response.text  # so that it can be copied
    assert "The bakery opens at five." in response.text
    assert not Comment.objects.exists()
    again = typed(**values(response.text))
    assert "exact" not in again
    assert client.post(FORM, again).status_code == 302
    assert Comment.objects.get().passage is None


@pytest.mark.parametrize("exact", ["x" * 2001, "fer\x00ry", "fer\x07ry", "\u202eferry"])
def test_words_that_cannot_be_there_are_refused(client, article, exact):
    response = client.post(FORM, quoting(exact))
    assert response.status_code == 422
    assert "Your comment was not published" in response.text
    assert "The bakery opens at five." in response.text
    assert not Comment.objects.exists() and not Passage.objects.exists()


@pytest.mark.parametrize(("length", "status"), [(2000, 302), (2001, 422)])
def test_no_more_than_2000_characters_are_quoted(client, length, status):
    make_site()
    make_article(slug="ferry", body=f"<p>{'x' * 3000}</p>")
    assert client.post(FORM, quoting("x" * length)).status_code == status
    assert Passage.objects.count() == (status == 302)


@pytest.mark.parametrize("around", ["\x00", "\x07", "\u202e", "x" * 100_000, "\n\n"])
def test_whatever_stands_around_the_words_they_are_found(client, article, around):
    assert client.post(FORM, quoting("Nobody knows", around, around)).status_code == 302
    passage = Comment.objects.get().passage
    assert (passage.exact, passage.suffix) == ("Nobody knows", " why.")


def test_address_with_odd_words_still_shows_the_form(client, article):
    for exact in ("\x00", "x" * 5000, "\u202e", "%"):
        assert client.get(FORM, {"exact": exact, "before": "\x00"}).status_code == 200


def test_white_space_is_no_quotation(client, article):
    assert client.post(FORM, quoting(" \n ")).status_code == 302
    assert Comment.objects.get().passage is None


def test_second_click_is_one_comment_and_another_quote_another(client, article):
    for exact in ("Nobody knows why.", "Nobody knows why.", "Nobody", ""):
        assert client.post(FORM, quoting(exact)).status_code == 302
    quoted = Comment.objects.order_by("pk").values_list("passage__exact", flat=True)
    assert list(quoted) == ["Nobody knows why.", "Nobody", None]
    assert Passage.objects.count() == 2


def test_same_words_elsewhere_are_another_quote(client, article):
    for after in (" is late", " is full"):
        client.post(FORM, quoting("ferry", after=after))
    assert Comment.objects.count() == 2


def test_preview_keeps_the_quotation(client, article):
    response = client.post(FORM, quoting("Nobody", after=" knows", preview="1"))
    assert values(response.text) == {"exact": "Nobody", "after": " knows"}
    assert not Passage.objects.exists()


def test_reply_ignores_what_it_would_quote(client, article):
    root = write(article)
    address = f"/comments/{root.pk}/reply/"
    assert 'name="exact"' not in client.get(f"{address}?exact=ferry&paragraph=0").text
    assert client.post(address, quoting("not in the text")).status_code == 302
    assert Comment.objects.get(in_reply_to=root).passage is None


def test_closed_conversation_takes_no_quote(client, article):
    Discussion.objects.create(story_id=article.story_id, policy="closed")
    response = client.post(FORM, quoting("Nobody"))
    assert response.status_code == 403 and "The bakery opens at five." in response.text
    assert "<p>Nobody</p>" in response.text
    assert not Passage.objects.exists()


def test_verb_takes_a_passage_of_this_article_alone(article):
    other = make_article(slug="bakery")
    for asked, refusal in (
        (make_question(other), NotPublic),
        (make_question(article, exact="Nobody", is_closed=True), Closed),
    ):
        with pytest.raises(refusal):
            post(article, text="Ahoy", guest=make_guest(), passage=asked, now=database_now())
    assert not Comment.objects.exists()
    assert write(article, passage=make_question(article, exact="full")).passage.article == article


def test_database_knows_no_reply_on_a_passage(article):
    root, quote = write(article), make_quote(article, exact="Nobody")
    with pytest.raises(DatabaseError, match="begins_thread"), transaction.atomic():
        write(article, in_reply_to=root, passage=quote.passage)
    assert not Comment.objects.filter(in_reply_to=root).exists()


@pytest.mark.parametrize("change", [{"exact": "Somebody"}, {"prefix": "x"}, {"suffix": "x"}])
def test_database_keeps_a_passages_words(article, change):
    asked = make_question(article, exact="Nobody")
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        Passage.objects.update(**change)
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        Passage.objects.update(article=make_article())
    Passage.objects.update(question="Do you?", is_closed=True)
    asked.refresh_from_db()
    assert (asked.exact, asked.question) == ("Nobody", "Do you?")


def test_database_knows_no_passage_without_words(article):
    with pytest.raises(DatabaseError, match="passage_has_words"), transaction.atomic():
        Passage.objects.create(article=article, exact="")
    with pytest.raises(DatabaseError, match="question_is_the_desks"), transaction.atomic():
        Passage.objects.create(article=article, exact="Nobody", question="Nobody asked?")


def test_quote_in_a_changed_text_is_refused_only_where_its_words_are_gone(client, article):
    Article.objects.update(body="<p>The ferry is early.</p><p>Nobody knows why.</p>")
    assert client.post(FORM, quoting("ferry is late")).status_code == 422
    assert client.post(FORM, quoting("Nobody", before="is full. ")).status_code == 302
