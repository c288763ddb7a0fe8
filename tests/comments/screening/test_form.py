"""What a form tells of who filled it in: a trap, its script, and haste."""

import pytest

from comments.models import Comment, ModerationEntry, Status
from comments.screening.crowd import MANY
from comments.screening.form import QUICK
from comments.signs import key_of
from tests.builders import make_article
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/ferry/comment/"


@pytest.fixture(autouse=True)
def article():
    return make_article(slug="ferry")


def held_by(client, **fields) -> str:
    """The rule that holds what is sent; '' where it appears."""
    assert client.post(ADDRESS, typed(**fields)).status_code == 302
    comment = Comment.objects.latest("id")
    if comment.status == Status.PUBLIC:
        return ""
    return ModerationEntry.objects.get(comment=comment).rule


def by_script(age: object) -> dict[str, str]:
    return {"age": str(age), "key": key_of(str(age))}


def test_form_has_a_field_that_nobody_sees(client):
    page = client.get(ADDRESS).text
    assert 'class="comment-trap"' in page and 'name="website" tabindex="-1"' in page


def test_what_fills_in_the_trap_waits_and_is_not_lost(client):
    assert held_by(client, website="https://pills.example") == "trap"
    assert ModerationEntry.objects.get().reason == "spam"
    assert Comment.objects.get().text == "The bakery opens at five."


def test_without_a_script_a_reader_writes_as_ever(client):
    assert held_by(client) == ""


def test_without_a_script_a_newcomer_waits_where_a_network_has_written_much(client, article):
    for _number in range(MANY + 1):
        write(article, network="127.0.0.0/24")
    assert held_by(client, **by_script(QUICK)) == ""
    client.cookies.clear()
    assert held_by(client, text="Eleven boats are late.") == "doubts"
    rules = [each["rule"] for each in ModerationEntry.objects.get().findings]
    assert rules == ["newcomer", "no_script", "crowd"]


def test_script_that_took_its_time_leaves_no_doubt(client):
    assert held_by(client, **by_script(QUICK)) == ""


@pytest.mark.parametrize("age", [0, QUICK - 1])
def test_newcomer_in_haste_waits(client, age):
    assert held_by(client, **by_script(age)) == "doubts"
    rules = [each["rule"] for each in ModerationEntry.objects.get().findings]
    assert rules == ["newcomer", "haste"]


@pytest.mark.parametrize(
    "signs", [{"age": "0", "key": "1"}, {"age": "-1", "key": "1"}, {"age": "x"}, {"key": "7"}]
)
def test_key_that_does_not_fit_tells_nothing(client, signs):
    assert held_by(client, **signs) == ""


def test_key_is_reckoned_as_the_script_does():
    """Of 17 seconds, reckoned by node."""
    assert key_of("17") == "1637713970"
