"""Comments of another system: the same rules and places, their own times, and nobody is mailed."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from comments.checking import check_trees
from comments.editing import erase
from comments.importing import Importing, Report
from comments.models import Comment, Discussion, ImportedComment, ModerationEntry, Status
from comments.moderating import approve
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_site
from tests.comments.builders import make_moderator

pytestmark = pytest.mark.django_db
AT = "2019-05-04T09:30:00+00:00"


@pytest.fixture
def article():
    make_site(held_words="pills", refused_words="scoundrel")
    return make_article(slug="ferry")


def line(number: int, **fields: object) -> bytes:
    given = {"id": f"c{number}", "article": "ferry", "name": "Ines", "text": f"Text {number}",
             "created_at": AT}  # fmt: skip
    return json.dumps(given | fields).encode()


def run(*lines: bytes, **options: bool) -> Report:
    return Importing("old paper", **options).run(lines)


def test_threads_of_replies_come_with_their_times(article):
    report = run(line(1), line(2, parent="c1"), line(3, parent="c2", created_at="2019-05-05"))
    first, second, third = Comment.objects.order_by("id")
    assert (report.public, report.refused) == (3, [])
    assert (second.in_reply_to, third.in_reply_to) == (first, second)
    assert first.created_at == first.public_at == datetime(2019, 5, 4, 9, 30, tzinfo=UTC)
    assert (Discussion.objects.get().comment_count, first.guest_id) == (3, third.guest_id)
    assert check_trees() == []


def test_running_it_again_imports_what_lacks(article):
    run(line(1))
    report = run(line(1, text="Another text"), line(2, parent="c1"))
    assert (report.known, report.public) == (1, 1)
    assert Comment.objects.earliest("id").text == "Text 1"
    assert Importing("older paper").run([line(1)]).public == 1  # its ids are others


def test_names_come_as_they_are_with_all_that_answers_them(article):
    report = run(line(1, name="Moderator"), line(2, parent="c1"))
    assert (report.refused, report.public) == ([], 2)
    assert Comment.objects.get(text="Text 1").guest_name == "Moderator"


def test_what_its_writer_deleted_does_not_come_back(article):
    run(line(1))
    comment = Comment.objects.get()
    erase(comment, by=Voter(guest_id=comment.guest_id))
    assert run(line(1)).known == 1
    assert Comment.objects.get().text == ""


def test_rules_hold_and_refuse_as_they_do_with_readers(article):
    report = run(line(1, text="Cheap pills"), line(2, text="https://a.example"),
                 line(3, text="You scoundrel"), line(4, text="x" * 20_000))  # fmt: skip
    assert report.held == {"words": 1, "newcomer": 1}
    assert [number for number, _why in report.refused] == [3, 4]
    assert set(ModerationEntry.objects.values_list("rule", flat=True)) == {"words", "newcomer"}
    assert Comment.objects.filter(status=Status.HELD).count() == 2


def test_act_of_posting_counts_for_nothing(article):
    Discussion.objects.create(story=article.story, policy="closed", slow_seconds=3600)
    assert run(*(line(number) for number in range(60))).public == 60


def test_reply_to_a_held_comment_comes_once_that_is_approved(article):
    lines = line(1, text="Cheap pills"), line(2, parent="c1")
    assert len(run(*lines).refused) == 1
    approve(Comment.objects.get(), by=make_moderator())
    assert (run(*lines).known, Comment.objects.public().count()) == (1, 2)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[x](javascript:alert(1))"])
def test_hostile_text_is_as_harmless_as_a_posted_one(client, article, text):
    run(line(1, text=f"See {text}", name="<b>Ines</b>"))
    page = client.get("/articles/ferry/").text
    assert "<script>alert" not in page and 'href="javascript' not in page
    assert "<b>Ines</b>" not in page and "See" in page


HARM = {
    "no JSON": b"{",
    "other JSON": b"[1]",
    "deep": b"[" * 100_000,
    "no UTF-8": b'{"id": "\xff"}',
    "no text": line(1, text=""),
    "no name": line(1, name="\u200b"),
    "control": line(1, text="a\x00b"),
    "half a sign": line(1, text="a\ud800b"),
    "control in the id": line(1, id="a\x00b"),
    "half a sign in the id": line(1, id="\ud800"),
    "no article": line(1, article="nothing"),
    "no time": line(1, created_at="yesterday"),
    "hours of no zone": line(1, created_at="0001-01-01T00:00:00+23:59"),
    "in the future": line(1, created_at="2999-01-01"),
    "no parent": line(1, parent="c9"),
    "its own parent": line(1, parent="c1"),
}


@pytest.mark.parametrize("raw", HARM.values(), ids=HARM)
def test_what_is_no_comment_is_told_and_the_rest_comes(article, raw):
    report = run(raw, line(2))
    assert [number for number, why in report.refused if why] == [1]
    assert (report.public, Comment.objects.count()) == (1, 1)


def test_nobody_is_mailed(article):
    make_colleague("moderator")
    run(line(1), line(2, text="Cheap pills"))
    assert not DBTaskResult.objects.exists() and mail.outbox == []


def test_trial_tells_and_writes_nothing(article):
    lines = line(1), line(2, parent="c1"), line(3, text="Cheap pills"), line(4, parent="c3")
    report = run(*lines, is_trial=True)
    assert (report.public, report.held.total(), len(report.refused)) == (2, 1, 1)
    assert not Comment.objects.exists() and not ImportedComment.objects.exists()


def test_new_comments_are_not_told_of_old_ones(article):
    run(line(1))
    assert Comment.objects.get().public_at < database_now() - timedelta(days=1000)


def test_command_reports(article, tmp_path):
    file, out, err = tmp_path / "comments.jsonl", io.StringIO(), io.StringIO()
    file.write_bytes(b"\n".join([line(1), b"", line(2, text="Cheap pills"), b"nonsense"]))
    with pytest.raises(CommandError, match="1 lines"):
        call_command("import_comments", str(file), "--source=old", stdout=out, stderr=err)
    assert "2 comments imported, 1 of them held" in out.getvalue()
    assert "rule words: 1" in out.getvalue() and "line 4: This is no JSON." in err.getvalue()
