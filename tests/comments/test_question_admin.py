"""Questions on passages at the desk: asking, closing, and what stays."""

import re
from urllib.parse import urlencode

import pytest

from articles.models import Article, Status
from comments.models import Passage
from tests.builders import make_article, make_colleague, make_site
from tests.comments.builders import make_question, make_quote, write
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/passage/"
BODY = "<p>The ferry is late. The ferry is full.</p><p>Nobody knows why.</p>"


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry", body=BODY)


@pytest.fixture(autouse=True)
def editor(client, article):
    editor = make_colleague("editor")
    client.force_login(editor)
    return editor


def asking(about: Article, **fields: str) -> dict[str, str]:
    question = "Do you know?"
    return {"article": str(about.pk), "exact": "Nobody", "question": question, **fields}


def test_editor_asks_about_words_of_the_text(client, article, editor):
    response = client.post(f"{LIST}add/", asking(article))
    asked = Passage.objects.get()
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert (asked.question, asked.asked_by, asked.suffix) == ("Do you know?", editor, " knows why.")
    assert "Do you know?" in client.get("/articles/ferry/").text
    assert "Do you know?" in client.get(LIST).text


def test_address_fills_in_the_form_with_what_stands_around_the_words(client, article):
    query = {"article": article.pk, "exact": "ferry", "before": " late. The ", "after": " is full"}
    form = {
        name: value[0] for name, value in form_of(client, f"{LIST}add/?{urlencode(query)}").items()
    }
    assert form["exact"].strip() == "ferry" and form["article"] == str(article.pk)
    assert (form["before"], form["after"]) == (" late. The ", " is full")
    assert client.post(f"{LIST}add/", form | {"question": "Were you aboard?"}).status_code == 302
    assert Passage.objects.get().prefix == "The ferry is late. The "


MISTAKES = [
    ({"exact": "ferry"}, "stand in the text 2 times"),
    ({"exact": "barge"}, "not in the text"),
    ({"exact": "x" * 2001}, "at most 2000 characters"),
    ({"exact": ""}, "This field is required."),
    ({"exact": "Nobody\x00"}, "Null characters are not allowed."),
    ({"question": ""}, "This field is required."),
    ({"question": "x" * 301}, "at most 300 characters"),
    ({"question": "\u200b"}, "Nothing of this can be seen"),
    ({"question": "a\u202eb"}, "control characters"),
    ({"article": ""}, "This field is required."),
    ({"article": "999999"}, "Select a valid choice."),
]


@pytest.mark.parametrize(("fields", "message"), MISTAKES)
def test_bad_input_is_explained_and_kept(client, article, fields, message):
    response = client.post(f"{LIST}add/", asking(article, **fields))
    assert response.status_code == 422
    assert message in response.text
    if "question" not in fields:
        assert "Do you know?" in response.text
    assert not Passage.objects.exists()


def test_odd_surroundings_are_no_obstacle(client, article):
    odd = asking(article, before="\x00", after="x" * 5000)
    assert client.post(f"{LIST}add/", odd).status_code == 302
    for query in (
        "article=x&exact=%00",
        "article=999999",
        "before=%00&after=%F0",
        "exact=" + "x" * 3000,
    ):
        assert client.get(f"{LIST}add/?{query}").status_code == 200


def test_words_of_a_question_stay_and_its_text_changes(client, article, editor):
    asked = make_question(article, exact="Nobody")
    address = f"{LIST}{asked.pk}/change/"
    html = client.get(address).text
    assert 'name="exact"' not in html and f'href="/articles/ferry/#passage-{asked.pk}"' in html
    forged = {"question": "Do you?", "is_closed": "on", "exact": "ferry", "article": "1"}
    assert client.post(address, forged).status_code == 302
    asked.refresh_from_db()
    assert (asked.exact, asked.question, asked.is_closed) == ("Nobody", "Do you?", True)
    assert asked.asked_by != editor


def test_question_cannot_be_emptied(client, article):
    asked = make_question(article, exact="Nobody")
    response = client.post(f"{LIST}{asked.pk}/change/", {"question": ""})
    assert response.status_code == 422 and "This field is required." in response.text
    asked.refresh_from_db()
    assert asked.question == "Were you there when it met?"


def test_form_says_what_has_become_of_the_words(client, article):
    asked = make_question(article, exact="Nobody")
    Article.objects.update(body="<p>Somebody knows.</p>")
    html = client.get(f"{LIST}{asked.pk}/change/").text
    assert "The text has changed since." in html and "#passage-" not in html


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_words_that_readers_cannot_see_have_no_way_to_them(client, article, status):
    asked = make_question(article, exact="Nobody")
    Article.objects.update(status=status)
    assert f"#passage-{asked.pk}" not in client.get(f"{LIST}{asked.pk}/change/").text


def test_question_that_somebody_answered_is_not_deleted(client, article):
    silent, answered = (make_question(article, exact=word) for word in ("Nobody", "late"))
    write(article, passage=answered)
    for asked, status in ((silent, 302), (answered, 403)):
        response = client.post(f"{LIST}{asked.pk}/delete/", {"post": "yes"})
        assert response.status_code == status
    assert Passage.objects.get() == answered


def test_what_readers_quoted_is_no_question(client, article):
    quote = make_quote(article, exact="Nobody")
    assert "Nobody" not in client.get(LIST).text
    assert client.get(f"{LIST}{quote.passage_id}/change/").status_code == 302


def test_list_counts_answers_and_costs_the_same_for_one_and_for_many(
    client, article, editor, django_assert_max_num_queries
):
    for word in ("Nobody", "knows", "why", "late", "full") * 3:
        asked = make_question(article, exact=word, by=editor)
    for _answer in range(3):
        write(article, passage=asked)
    with django_assert_max_num_queries(10):
        html = client.get(f"{LIST}?q=met").text
    assert re.findall(r'field-answers">(\d+)<', html) == ["3"] + ["0"] * 14
