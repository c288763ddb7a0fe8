"""Comments of another system come in whatever order its file has them, each once."""

import io
import random

import pytest
from django.core.management import CommandError, call_command

from comments import importing
from comments.checking import check_trees
from comments.models import Comment, ImportedComment
from tests.builders import make_article, make_site
from tests.comments.test_importing import line, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article(monkeypatch):
    monkeypatch.setattr(importing, "A_BATCH", 3)
    make_site(held_words="pills", refused_words="scoundrel")
    return make_article(slug="ferry")


def answers() -> dict[str, str]:
    """{text: the text that it answers} of what was imported."""
    rows = Comment.objects.exclude(in_reply_to=None)
    return dict(rows.values_list("text", "in_reply_to__text"))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("is_trial", [True, False], ids=["trial", "for good"])
def test_answers_find_what_they_answer_on_any_line(seed, is_trial):
    lines = [
        line(number, parent=f"c{number // 2}" if number > 1 else "") for number in range(1, 16)
    ]
    random.Random(seed).shuffle(lines)
    report = run(*lines, is_trial=is_trial)
    assert (report.public, report.refused) == (15, [])
    if not is_trial:
        assert answers() == {f"Text {n}": f"Text {n // 2}" for n in range(2, 16)}
        assert check_trees() == []
        assert run(*lines).known == 15


def test_long_chain_comes_also_from_its_end():
    lines = [line(number, parent=f"c{number - 1}" if number > 1 else "") for number in range(1, 41)]
    assert run(*reversed(lines)).public == 40
    assert answers()["Text 40"] == "Text 39"


@pytest.mark.parametrize("seed", range(4))
def test_answers_stand_in_the_order_of_their_times(seed):
    lines = [
        line(1),
        *(line(n, parent="c1", created_at=f"2026-01-02T{n}:00") for n in range(10, 20)),
    ]
    random.Random(seed).shuffle(lines)
    run(*lines)
    replies = Comment.objects.exclude(parent=None).order_by("lft")
    assert list(replies.values_list("text", flat=True)) == [f"Text {n}" for n in range(10, 20)]


def test_circle_is_told_on_each_of_its_lines_and_what_hangs_on_it_too():
    report = run(line(1, parent="c3"), line(2, parent="c1"), line(3, parent="c2"),
                 line(4, parent="c2"), line(5, parent="c4"), line(6))  # fmt: skip
    circle = "It answers itself, by way of others."
    assert report.refused == [
        (1, circle),
        (2, circle),
        (3, circle),
        (4, "What it answers, on line 2, was not imported."),
        (5, "What it answers, on line 4, was not imported."),
    ]
    assert report.public == 1


def test_what_is_missing_or_refused_is_told_with_all_that_answers_it():
    report = run(line(1, parent="c2"), line(2, parent="c9"), line(3, parent="c4"),
                 line(4, text="You scoundrel"), line(5, text="Cheap pills"),
                 line(6, parent="c5"), line(7, parent="c6"))  # fmt: skip
    told = dict(report.refused)
    assert list(told) == [1, 2, 3, 4, 6, 7]
    assert told[2] == "What it answers is not here: c9"
    assert told[1] == "What it answers, on line 2, was not imported."
    assert told[3] == "What it answers, on line 4, was not imported."
    assert told[7] == "What it answers, on line 6, was not imported."


def test_same_line_twice_is_told_with_both_and_comes_once():
    report = run(line(1), line(2), line(3), line(1), line(2, parent="c1"))
    assert report.doubles == [(4, 1)]
    assert report.refused == [(5, "Line 2 has the same id, c2, and says something else.")]
    assert (report.public, report.known, ImportedComment.objects.count()) == (3, 0, 3)


def test_double_of_what_still_waits_is_one():
    report = run(line(2, parent="c1"), line(2, parent="c1"), line(3), line(1))
    assert (report.doubles, report.public, report.refused) == ([(2, 1)], 3, [])


def test_command_tells_doubles_and_fails_for_what_differs(tmp_path):
    file, out, err = tmp_path / "comments.jsonl", io.StringIO(), io.StringIO()
    file.write_bytes(b"\n".join([line(1), line(1)]))
    call_command("import_comments", str(file), "--source=old", stdout=out, stderr=err)
    assert "line 2: the same as line 1" in err.getvalue()
    file.write_bytes(b"\n".join([line(1), line(1, text="Another")]))
    with pytest.raises(CommandError, match="1 lines"):
        call_command("import_comments", str(file), "--source=old", stdout=out, stderr=err)
