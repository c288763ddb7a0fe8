"""Passages of an article's text, as readers see what is asked and said about them."""

import pytest
from django.utils.html import strip_tags

from accounts.models import User
from articles.models import Article
from comments.editing import erase
from comments.models import Comment, Discussion
from comments.moderating import hold, remove
from comments.voting import Voter
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_moderator, make_question, make_quote, write

pytestmark = pytest.mark.django_db
PAGE = "/articles/ferry/"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry")


def rewrite(article: Article, body: str) -> None:
    Article.objects.filter(pk=article.pk).update(body=body)


def prose(client, address: str = PAGE) -> str:
    """The article's text with what stands in it."""
    return client.get(address).text.partition('id="text">')[2].partition("<footer")[0]


def test_text_that_nobody_speaks_of_is_left_alone(client, article):
    write(article)
    assert "<mark" not in prose(client) and "question" not in prose(client)


def test_question_stands_beside_its_words_with_the_number_of_answers(client, article):
    asked = make_question(article)
    words = f'<mark id="passage-{asked.pk}" class="passage passage-asked">harbour board</mark>'
    html = prose(client)
    assert f'{words}<a class="question-bubble" href="#question-{asked.pk}"' in html
    assert '(0 comments)">0</a> agreed' in html
    assert "No answers yet." in html and "Were you there when it met?" in html
    write(article, passage=asked)
    assert '(1 comment)">1</a> agreed' in prose(client)


def test_number_is_of_answers_and_what_was_replied_to_them(client, article):
    asked = make_question(article)
    first = write(article, passage=asked)
    write(article, in_reply_to=write(article, in_reply_to=first))
    write(article)
    assert ">3</a> agreed" in prose(client)
    assert "3 comments</span>" in prose(client)


def test_latest_three_answers_stand_below_the_question(client, article):
    asked = make_question(article)
    for number in range(1, 5):
        write(article, passage=asked, text=f"I was there, says number {number}.")
    html = prose(client)
    at = [html.find(f"says number {number}.") for number in (4, 3, 2)]
    assert -1 < at[0] < at[1] < at[2]
    assert "says number 1." not in html
    assert f'href="/articles/ferry/comments/?passage={asked.pk}"' in html


def test_answer_names_its_writer_its_language_and_its_place(client, article):
    asked = make_question(article)
    member = make_user(first_name="Maren", last_name="Okafor")
    answer = write(article, passage=asked, author=member, text="*I* was.")
    html = prose(client)
    assert '<bdi class="comment-name">Maren Okafor</bdi>' in html
    assert f'href="/comments/{answer.pk}/"' in html
    assert 'lang="en" dir="auto"><p><em>I</em> was.</p>' in html


def take_back(answer: Comment, *, by: User) -> None:
    erase(answer, by=Voter(guest_id=answer.guest_id))


@pytest.mark.parametrize("hide", [hold, remove, take_back])
def test_answer_that_is_not_public_is_neither_shown_nor_counted(client, article, hide):
    asked = make_question(article)
    answer = write(article, passage=asked, text="I poured the tea.")
    assert "I poured the tea." in prose(client) and ">1</a> agreed" in prose(client)
    hide(answer, by=make_moderator())
    assert "the tea" not in client.get(PAGE).text and ">0</a> agreed" in prose(client)


def test_closed_question_keeps_its_answers_and_takes_no_more(client, article):
    asked = make_question(article)
    write(article, passage=asked, text="I was there.")
    way = f'href="/passages/{asked.pk}/answer/"'
    assert way in prose(client)
    asked.is_closed = True
    asked.save(update_fields=["is_closed"])
    html = prose(client)
    assert "I was there." in html and "No new answers are taken." in html
    assert way not in html


def test_closed_conversation_offers_no_answering(client, article):
    asked = make_question(article)
    Discussion.objects.update(policy="closed")
    html = client.get(PAGE).text
    assert "Were you there when it met?" in html
    assert f"/passages/{asked.pk}/answer/" not in html
    assert "Report an error in the text" in html and "Discuss a passage" not in html


def test_question_on_words_that_are_gone_keeps_them_and_says_so(client, article):
    asked = make_question(article)
    write(article, passage=asked, text="I was there.")
    rewrite(article, "<p>The port authority agreed on Tuesday.</p>")
    html = prose(client)
    assert "<mark" not in html and "question-bubble" not in html
    homeless = html.partition("Asked about an earlier version of this text")[2]
    assert "<p>harbour board</p>" in homeless and "The text has changed since." in homeless
    assert "I was there." in homeless and f"/passages/{asked.pk}/answer/" in homeless


def test_words_that_have_moved_are_found_where_they_stand_now(client, article):
    asked = make_question(article)
    rewrite(article, "<p>Nobody came.</p><p>On Tuesday the <em>harbour</em> board met.</p>")
    html = prose(client)
    assert f'<mark id="passage-{asked.pk}" class="passage passage-asked">harbour</mark>' in html
    assert "earlier version" not in html


def test_of_words_that_stand_twice_those_are_marked_that_were_meant(client, article):
    rewrite(article, "<p>The ferry is late. The ferry is full.</p>")
    article.refresh_from_db()
    asked = make_question(article, exact="ferry", suffix=" is full")
    opening = f'<mark id="passage-{asked.pk}" class="passage passage-asked">ferry</mark>'
    assert f"<p>The ferry is late. The {opening}" in prose(client)


def test_quoted_words_are_marked_without_a_bubble(client, article):
    quote = make_quote(article, text="It was a Monday.")
    html = client.get(PAGE).text
    mark = f'<mark id="passage-{quote.passage_id}" class="passage">agreed on Tuesday</mark>'
    assert mark in html and "question-bubble" not in html
    assert '<blockquote class="comment-quote" lang="en" dir="auto"><p>agreed on Tuesday' in html
    way = f'#passage-{quote.passage_id}">In the text</a>'
    assert f'<a href="{way}' in html
    assert f'<a href="{PAGE}{way}' in client.get(f"{PAGE}comments/").text


def test_quote_of_a_comment_that_is_hidden_marks_nothing(client, article):
    quote = make_quote(article)
    assert "<p>agreed on Tuesday</p>" in client.get(PAGE).text
    remove(quote, by=make_moderator())
    html = client.get(PAGE).text
    assert "<mark" not in html and "<p>agreed on Tuesday</p>" not in html


def test_quote_is_frozen_and_says_that_the_text_has_changed(client, article):
    quote = make_quote(article)
    rewrite(article, "<p>The harbour board agreed on Monday.</p>")
    html = client.get(PAGE).text
    assert "<p>agreed on Tuesday</p></blockquote>" in html
    assert '<p class="comment-quote-foot">The text has changed since.</p>' in html
    assert f"#passage-{quote.passage_id}" not in html


def test_quote_of_another_edition_is_shown_but_not_looked_for(client, article):
    german = make_article(
        slug="faehre", language="de", story=article.story, body="<p>Der Hafen einigte sich.</p>"
    )
    quote = make_quote(german, exact="Der Hafen")
    make_question(german, exact="einigte", question="Waren Sie dabei?")
    html = client.get(PAGE).text
    assert "<p>Der Hafen</p></blockquote>" in html
    assert "<mark" not in html and "Waren Sie dabei?" not in html
    assert "has changed" not in html and f"#passage-{quote.passage_id}" not in html
    assert "Waren Sie dabei?" in prose(client, "/de/articles/faehre/")


def test_markup_in_questions_and_quotes_is_text(client, article):
    rewrite(article, f"<p>He typed {HOSTILE.replace('<', '&lt;')} and left.</p>")
    article.refresh_from_db()
    asked = make_question(article, exact=HOSTILE, question=f"Why {HOSTILE}?")
    make_quote(article, exact=HOSTILE)
    rewrite(article, "<p>He left.</p>")
    for address in (PAGE, f"/passages/{asked.pk}/answer/", "/articles/ferry/comments/"):
        html = client.get(address).text
        assert "<script>alert" not in html and "alert(1)" in strip_tags(html)


@pytest.mark.parametrize(("status", "code"), [("draft", 404), ("withdrawn", 410)])
def test_questions_on_what_readers_cannot_see_are_not_told(client, status, code):
    hidden = make_article(slug="ferry", status=status)
    asked = make_question(hidden)
    for address in (PAGE, f"{PAGE}passages/", f"{PAGE}comments/?passage={asked.pk}"):
        response = client.get(address)
        assert response.status_code == code
        assert "Were you there" not in response.text and "harbour board" not in response.text


def test_paragraphs_are_offered_by_number(client, article):
    rewrite(article, "<h2>Late</h2><p>The ferry.</p><p> </p><ul><li>The &lt;b&gt; quay</li></ul>")
    html = client.get(f"{PAGE}passages/").text
    for number, words in enumerate(("Late", "The ferry.", "The &lt;b&gt; quay")):
        assert f'<p id="words-{number}" dir="auto">{words}</p>' in html
        assert f'href="/articles/ferry/comment/?paragraph={number}"' in html
        assert f'href="/articles/ferry/error/?paragraph={number}"' in html
    assert "paragraph=3" not in html
    Discussion.objects.create(story_id=article.story_id, policy="closed")
    closed = client.get(f"{PAGE}passages/").text
    assert "comment/?paragraph" not in closed and "error/?paragraph=2" in closed


def test_article_with_many_passages_costs_14_queries(
    client, article, django_assert_max_num_queries
):
    words = [f"word{number}" for number in range(40)]
    rewrite(article, f"<p>{' '.join(words)}</p>")
    article.refresh_from_db()
    editor = make_colleague("editor")
    for word in words[:20]:
        asked = make_question(article, exact=f"{word} ", by=editor)
        write(article, passage=asked, author=make_user())
        make_quote(article, exact=words[-1])
    with django_assert_max_num_queries(14):
        html = client.get(PAGE).text
    assert html.count('class="question-bubble"') == 20
