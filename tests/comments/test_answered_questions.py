"""What was asked stays what was answered, and all that stands below it counts."""

import re

import pytest
from django.db import IntegrityError, transaction

from comments.models import Passage
from comments.moderating import remove
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, make_question, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry")


def test_question_that_was_answered_never_says_anything_else(article):
    question = make_question(article)
    Passage.objects.filter(pk=question.pk).update(question="Were you there at all?")
    write(article, passage=question)
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(pk=question.pk).update(question="Was it late?")
    Passage.objects.filter(pk=question.pk).update(is_closed=True)


def test_replies_count_also_where_the_first_answer_is_gone(client, article):
    question = make_question(article)
    answer = write(article, passage=question)
    write(article, in_reply_to=answer)
    remove(answer, by=make_moderator())
    html = client.get("/articles/ferry/").text
    assert re.search(r'class="question-bubble"[^>]*>1<', html)
    assert "Inline feedback</a>" in html.replace(" (1)", "")
