"""Whatever rule decides about a comment, its writer and the desk read why in their language."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

import comments
from comments.explaining import WORDS, name_of, told_of
from comments.models import ModerationEntry
from comments.outcomes import decision_told
from comments.screening import DOUBTS

HOME = Path(comments.__file__).parent
UNKNOWN = "a rule of yesterday"


def rules() -> set[str]:
    """Every name that the code gives to a finding, or to an entry of a rule."""
    return {DOUBTS, *(name for path in HOME.rglob("*.py") for name in named_in(path))}


def named_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        is_finding = isinstance(call.func, ast.Name) and call.func.id == "Finding"
        given = call.args[:1] if is_finding else []
        given += [each.value for each in call.keywords if each.arg == "rule"]
        for name in given:
            if isinstance(name, ast.Name) and name.id.isupper():
                module = ".".join(path.relative_to(HOME.parent).with_suffix("").parts)
                yield getattr(importlib.import_module(module), name.id)
            elif isinstance(name, ast.Constant) and name.value:
                yield name.value


def test_each_rule_has_its_words_and_no_words_are_left_over():
    assert {"trap", "flags", "sanction", "held_first", "external_failed"} <= rules()
    assert rules() == WORDS.keys()


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
@pytest.mark.parametrize("rule", [*WORDS, UNKNOWN])
def test_writer_and_desk_read_why_in_every_language(rule, language):
    with override(language):
        told = decision_told(ModerationEntry(rule=rule, after="held"))
        assert told_of(rule) in told and told_of(rule) != rule
        assert "_" not in name_of(rule)


def worded_details() -> Iterator[str]:
    """What the code says in words of its own beside a finding."""
    for path in HOME.rglob("*.py"):
        calls = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        ]
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id == "Finding":
                given = call.args[2:3] + [
                    each.value for each in call.keywords if each.arg == "detail"
                ]
                yield from (each.value for each in given if isinstance(each, ast.Constant))


def test_desk_reads_details_in_its_language():
    assert sorted(worded_details()) == ["same network", "same writer"]
    for detail in worded_details():
        found = [{"rule": "repeated", "reason": "spam", "detail": detail}]
        told = set()
        for language in dict(settings.LANGUAGES):
            with override(language):
                told.add(ModerationEntry(rule="repeated", findings=found).found[0][1])
        assert len(told) == len(settings.LANGUAGES)


def test_word_of_the_list_is_never_translated():
    found = [{"rule": "words", "reason": "", "detail": "same writer"}]
    with override("de"):
        assert ModerationEntry(rule="words", findings=found).found[0][1] == "same writer"


def test_desk_reads_all_that_was_found():
    findings = [
        {"rule": "haste", "reason": "", "detail": "1 s"},
        {"rule": "no_script", "reason": "", "detail": ""},
    ]
    entry = ModerationEntry(rule="doubts", after="held", findings=findings)
    assert entry.rule_name == "several small doubts"
    assert entry.found == [("sent in haste", "1 s"), ("form without its script", "")]
