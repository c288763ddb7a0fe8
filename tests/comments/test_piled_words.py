"""Readers' words that would run over the words of others are refused beside their field."""

import pytest

from comments.models import Comment, ErrorReport, Flag, Notice, Status
from tests.builders import make_article, make_site
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db
PILE = "Z" + "\u0334\u0322\u0321" + "\u035c" * 300
REFUSED = "A letter of this carries too many accents: leave some out."
COMMENT = "/articles/ferry/comment/"


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry", body="<p>The ferry is late.</p>")


def refuses(client, address, fields, *, field):
    answer = client.post(address, fields)
    return answer.status_code == 422 and answer.context["form"].errors[field] == [REFUSED]


@pytest.mark.parametrize(
    "text",
    [PILE, "Z" + "&#860;" * 300, "Z" + "\u035c" * 5 + "**" + "\u035c" * 5 + "**"],
    ids=["typed", "named", "parted by markup"],
)
def test_comment_is_refused(client, article, text):
    assert refuses(client, COMMENT, typed(text=text), field="text")
    assert not Comment.objects.exists()


def test_name_of_a_guest_is_refused_and_one_of_another_script_is_not(client, article):
    assert refuses(client, COMMENT, typed(name="Odo" + "\u035c" * 60), field="name")
    assert client.post(COMMENT, typed(name="Nguyễn Thị Hường")).status_code == 302
    assert Comment.objects.get().status == Status.PUBLIC


def test_error_report_is_refused(client, article):
    fields = {"exact": "ferry", "before": "The ", "after": " is late", "text": PILE}
    assert refuses(client, "/articles/ferry/error/", fields, field="text")
    assert not ErrorReport.objects.exists()


def test_report_of_a_comment_is_refused(client, article):
    address = f"/comments/{write(article).pk}/flag/"
    assert refuses(client, address, {"reason": "abuse", "text": PILE}, field="text")
    assert not Flag.objects.exists()


@pytest.mark.parametrize("field", ["why", "name"])
def test_notice_is_refused(client, article, field):
    page = f"http://localhost:8000{article.get_absolute_url()}"
    fields = {"address": page, "why": "It lies.", "is_in_good_faith": "on", field: PILE[:70]}
    assert refuses(client, "/moderation/notice/", fields, field=field)
    assert not Notice.objects.exists()
