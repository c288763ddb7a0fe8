"""The moderators' queues: what is in them, what is told of each, and what is decided there."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models.functions import Mod, Now
from django.test.utils import CaptureQueriesContext

from comments import queues
from comments.editing import edit, erase
from comments.models import Comment, ModerationEntry, Status
from comments.moderating import approve, hold, reject_spam, remove
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_flag, make_moderator, make_question, write
from tests.comments.rows import make_long_conversation

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/queue/"


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def moderator(client):
    moderator = make_moderator()
    client.force_login(moderator)
    return moderator


def page(client, name="held", **asked):
    return client.get(f"{QUEUE}{name}/", asked)


def token(client, comment, name="unreviewed"):
    """What the queue's form says of the comment."""
    return re.search(rf'value="({comment.pk}:[^"]*)"', page(client, name).text)[1]


def decide(client, act, *tokens, name="unreviewed", **typed):
    return client.post(f"{QUEUE}{name}/", {"act": act, "chosen": tokens, **typed})


def test_each_comment_is_in_one_queue_and_counted(client, moderator):
    article = make_article()
    names = ("held", "unreviewed", "approved", "rejected")
    made = {name: write(article, text=f"It is {name}") for name in names}
    hold(made["held"], by=moderator)
    approve(made["approved"], by=moderator)
    remove(made["rejected"], by=moderator)
    reject_spam(write(article), by=moderator)
    counted = {"held": 1, "unreviewed": 1, "approved": 1, "rejected": 2}
    assert queues.counts() == counted | {"reported": 0}
    for name in made:
        text = page(client, name).text
        assert [other for other in made if f"It is {other}" in text] == [name]


def test_what_readers_report_waits_with_their_reasons_until_it_is_decided(client, moderator):
    comment = write(make_article())
    make_flag(comment, reason="hate")
    text = page(client, "reported").text
    assert comment.text in text and "hatred of a group" in text.partition("case-flags")[2]
    decide(client, "approve", token(client, comment, "reported"))
    assert queues.counts()["reported"] == 0


def test_comment_stands_in_its_context_with_its_writers_record(client, moderator):
    article, member = make_article(headline="The ferry"), make_user(first_name="Ada")
    question = make_question(article, question="Were you there?")
    first = write(article, author=member, passage=question, text="I was.")
    remove(write(article, author=member), by=moderator)
    approve(first, by=moderator)
    reply = write(article, author=member, in_reply_to=first, text="And **again**.")
    hold(reply, by=moderator, reason="abuse", note="Please wait.")
    text = page(client).text
    for told in ("The ferry", "I was.", "Ada", "<strong>again</strong>", "Please wait."):
        assert told in text
    figures = re.search(r"case-record.*?</dl>", text, re.DOTALL)[0]
    assert re.findall(r"<dd>(\d+)</dd>", figures) == ["3", "1", "1"]
    assert "Were you there?" in page(client, "approved").text


@pytest.mark.parametrize(
    ("act", "typed", "status", "reason"),
    [
        ("approve", {}, "public", ""),
        ("approve", {"reason": "hate"}, "public", ""),
        ("hold", {"reason": "false"}, "held", ""),
        ("remove", {"reason": "abuse", "note": "Not like this."}, "removed", "abuse"),
        ("spam", {}, "spam", "spam"),
    ],
)
def test_several_are_decided_about_at_once(client, moderator, act, typed, status, reason):
    comments = [write(make_article()) for _number in range(3)]
    tokens = [token(client, comment) for comment in comments[:2]]
    answer = decide(client, act, *tokens, **typed)
    assert answer.status_code == 302
    decided = Comment.objects.filter(reviewed_at__isnull=False)
    assert set(decided.values_list("pk", "status", "reason")) == {
        (comment.pk, status, reason) for comment in comments[:2]
    }
    notes = set(ModerationEntry.objects.values_list("actor", "note"))
    assert notes == {(moderator.pk, typed.get("note", ""))}


@pytest.mark.parametrize(
    ("act", "told"),
    [("remove", "Say why the comment is taken away."), ("", "Choose what to do.")],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, moderator, act, told):
    comment = write(make_article())
    typed = {"note": "Kept as typed", "one": comment.pk}
    answer = decide(client, act, token(client, comment), **typed)
    assert answer.status_code == 422
    assert told in answer.text and "Kept as typed" in answer.text
    assert not ModerationEntry.objects.exists()


def test_nothing_chosen_is_said(client, moderator):
    write(make_article())
    answer = decide(client, "approve", "nonsense", "7:x", "x:0.")
    assert answer.status_code == 422 and "Choose at least one comment." in answer.text


def test_second_moderator_is_told_what_the_first_decided(client, moderator):
    first = make_user(first_name="Mina", last_name="Drost", is_staff=True)
    first.user_permissions.set(Permission.objects.filter(codename="change_comment"))
    comment, other = write(make_article(), text="Buy this"), write(make_article())
    tokens = [token(client, comment), token(client, other)]
    remove(Comment.objects.get(pk=comment.pk), by=first, reason="hate")
    answer = decide(client, "approve", *tokens)
    assert answer.status_code == 409
    missed = re.search(r"case-missed.*?</div>", answer.text, re.DOTALL)[0]
    assert "Mina Drost" in missed and "hatred of a group" in missed and "Buy this" in missed
    comment.refresh_from_db()
    other.refresh_from_db()
    assert comment.status == Status.REMOVED  # not overwritten
    assert other.reviewed_at is not None  # the others are decided about


def test_text_that_was_changed_meanwhile_is_not_approved_unread(client, moderator):
    comment = write(make_article(), author=make_user(), text="The ferry is late")
    seen = token(client, comment)
    edit(comment, text="Buy this", by=Voter(comment.author), now=database_now())
    answer = decide(client, "approve", seen)
    assert answer.status_code == 409 and "changed it" in answer.text
    comment.refresh_from_db()
    assert comment.reviewed_at is None


def test_what_its_writer_deleted_meanwhile_is_told(client, moderator):
    comment = write(make_article(), author=make_user())
    seen = token(client, comment)
    erase(comment, by=Voter(comment.author))
    answer = decide(client, "approve", seen)
    assert answer.status_code == 409 and "Its writer has deleted it." in answer.text


def last_act(client) -> str:
    """What the button says that undoes it; '' without one."""
    found = re.search(r'name="undo" value="(\d+)"', page(client, "unreviewed").text)
    return found[1] if found else ""


def test_last_acts_are_undone_one_after_the_other(client, moderator):
    comments = [write(make_article()) for _number in range(3)]
    tokens = [token(client, comment) for comment in comments]
    assert "Undo what I did last" not in page(client, "unreviewed").text
    decide(client, "spam", *tokens[:2])
    decide(client, "approve", tokens[2])
    for left in ([comments[2]], comments):
        button = last_act(client)
        for _click in range(2):  # the second one finds the act before, and leaves it
            answer = client.post(f"{QUEUE}unreviewed/", {"undo": button})
            assert answer.status_code == 302
            unreviewed = Comment.objects.filter(status="public", reviewed_at=None)
            assert set(unreviewed) == set(left)
    assert not last_act(client)
    for odd in (button, "last", ""):
        assert client.post(f"{QUEUE}unreviewed/", {"undo": odd}).status_code == 302


def test_act_that_others_overtook_is_not_undone(client, moderator):
    comment = write(make_article())
    decide(client, "spam", token(client, comment))
    approve(comment, by=make_moderator())
    answer = client.post(f"{QUEUE}unreviewed/", {"undo": last_act(client)})
    assert answer.status_code == 409
    comment.refresh_from_db()
    assert comment.is_public


def test_pages_follow_each_other_and_miss_none(client, moderator, monkeypatch):
    monkeypatch.setattr(queues, "A_PAGE", 2)
    comments = [write(make_article()) for _number in range(5)]
    seen, before = [], ""
    while True:
        text = page(client, "unreviewed", **({"before": before} if before else {})).text
        seen += [int(number) for number in re.findall(r'id="comment-(\d+)"', text)]
        found = re.search(r'\?before=(\d+)" rel="next"', text)
        if not found:
            break
        before = found[1]
        write(make_article())  # what is new shifts nothing
    assert seen == [comment.pk for comment in reversed(comments)]
    assert page(client, before="x").status_code == 404


def test_long_queue_costs_what_a_short_one_does(client, moderator):
    numbers = []
    for more in (2, 12):
        for _number in range(more):
            article, member = make_article(), make_user()
            answered = write(article, author=member)
            hold(write(article, author=member, in_reply_to=answered), by=moderator)
        page(client)
        with CaptureQueriesContext(connection) as asked:
            assert page(client).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12


# One comment in four for each queue: of most comments any index would do.
PARTS = {
    0: {"open_flags": 1},
    1: {"status": "held"},
    2: {"reviewed_at": Now()},
    3: {"status": "spam", "reason": "spam"},
}


@pytest.mark.parametrize("name", queues.QUEUES)
def test_queue_is_read_and_counted_by_its_index(name):
    make_long_conversation(make_article(), threads=2000)
    for part, columns in PARTS.items():
        every_fourth = Comment.objects.annotate(part=Mod("pk", 4)).filter(part=part)
        every_fourth.update(**columns)
    rows = Comment.objects.filter(queues.QUEUES[name].condition).values("pk")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")
        cursor.execute("SET LOCAL enable_seqscan = off")  # of so few rows all are soon counted
        for asked in (rows.order_by("-pk")[:26], rows.order_by()):
            sql, values = asked.query.sql_with_params()
            cursor.execute(f"EXPLAIN {sql}", values)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert f"comment_{name}" in plan, plan


@pytest.mark.parametrize("name", ["nothing", "HELD"])
def test_queue_that_does_not_exist_is_not_found(client, moderator, name):
    assert page(client, name).status_code == 404


def test_queues_are_for_who_may_decide(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_comment"))
    client.force_login(user)
    comment = write(make_article())
    assert page(client).status_code == 403
    assert client.get(QUEUE).status_code == 403
    assert decide(client, "spam", f"{comment.pk}:0.").status_code == 403
    comment.refresh_from_db()
    assert comment.is_public


def test_first_queue_is_led_to(client, moderator):
    assert client.get(QUEUE)["Location"] == f"{QUEUE}held/"
