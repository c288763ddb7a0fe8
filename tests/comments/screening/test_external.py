"""A check outside of this site: asked once, never trusted to answer."""

import time

import pytest

from comments.editing import edit
from comments.models import Discussion, ModerationEntry, Status
from comments.refusals import Closed
from comments.screening.external import AT_ONCE, Question
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article
from tests.comments.builders import make_guest, write

pytestmark = pytest.mark.django_db
asked: list[Question] = []


def nothing(question: Question) -> None:
    asked.append(question)


def spam(_question: Question) -> str:
    return "spam"


def mumble(_question: Question) -> str:
    return "99 % sure"


def fail(_question: Question) -> str:
    raise ConnectionError("The service is away.")


def hang(_question: Question) -> str:
    time.sleep(1.5)
    return ""


def close_it(_question: Question) -> None:
    """Meanwhile somebody of the desk does."""
    Discussion.objects.update(policy="closed")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("check", [nothing, close_it])
def test_conversation_that_is_closed_meanwhile_takes_no_reply(settings, check):
    answered = write(make_article())
    use(settings, check)
    if check is nothing:
        assert write(answered.article, in_reply_to=answered).is_public
        return
    with pytest.raises(Closed):
        write(answered.article, in_reply_to=answered)


@pytest.fixture(autouse=True)
def forget():
    asked.clear()


def use(settings, check, *, seconds: float = 5) -> None:
    name = check if isinstance(check, str) else check.__name__
    settings.COMMENT_CHECK = f"{__name__}.{name}"
    settings.COMMENT_CHECK_SECONDS = seconds


def test_nobody_is_asked_by_default(settings):
    assert settings.COMMENT_CHECK == ""


def test_check_that_finds_nothing_lets_the_comment_appear(settings):
    use(settings, nothing)
    article = make_article(slug="ferry")
    assert write(article, text="Ahoy *there*").is_public
    (question,) = asked
    assert (question.text, question.html) == ("Ahoy *there*", "<p>Ahoy <em>there</em></p>")
    assert (question.name, question.email) == ("Ines Halloran", "ines@readers.example")
    assert question.address.endswith("/articles/ferry/")
    assert not question.is_member and not question.is_edit


@pytest.mark.parametrize(
    ("check", "rule", "reason", "detail"),
    [
        (spam, "external", "spam", ""),
        (mumble, "external", "other", ""),
        (fail, "external_failed", "", "ConnectionError"),
        ("not_there", "external_failed", "", "ImportError"),
    ],
)
def test_whatever_else_it_says_the_comment_waits(settings, check, rule, reason, detail):
    use(settings, check)
    assert write(make_article()).status == Status.HELD
    entry = ModerationEntry.objects.get()
    assert (entry.rule, entry.reason) == (rule, reason)
    assert {"rule": rule, "reason": reason, "detail": detail} in entry.findings


def test_checks_that_hang_hold_comments_in_time(settings):
    """Also once all threads hang, and none of them afterwards asks for what nobody waits for."""
    use(settings, hang, seconds=0.05)
    article, begun = make_article(), time.monotonic()
    held = [write(article) for _number in range(AT_ONCE + 2)]
    assert time.monotonic() - begun < 1.4
    assert {comment.status for comment in held} == {Status.HELD}
    details = {entry.findings[-1]["detail"] for entry in ModerationEntry.objects.all()}
    assert details == {"TimeoutError"}
    time.sleep(1.6)
    use(settings, nothing)
    assert write(article).is_public
    assert len(asked) == 1


def test_edit_is_checked_if_it_changes_anything(settings):
    guest = make_guest()
    comment = write(make_article(), guest=guest, text="Ahoy")
    use(settings, nothing)
    by = Voter(guest_id=guest.id)
    edit(comment, text="Ahoy", by=by, now=database_now())
    assert not asked
    edit(comment, text="Ahoy there", by=by, now=database_now())
    assert [question.is_edit for question in asked] == [True]
