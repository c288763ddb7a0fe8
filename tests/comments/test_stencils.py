"""Many comments are written as their template would write each of them."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from comments import stencils
from comments.stencils import ALONE, ASKED, CLOSE, OPEN, WRITTEN, Page, write

TEMPLATE = Path("comments/templates/comments/_comments.html")
PAGE = {"accepts": True, "takes_down_votes": True, "comments_url": "/comments/",
        "text_url": "/articles/ferry/", "links": {"thread": "?thread="}}  # fmt: skip


def line(number, **more):
    return {
        "id": SafeString(number),
        "tail": SafeString(""),
        "end": SafeString("</article>"),
        "name": f"Ines <{number}>",
        "initials": SafeString("I"),
        "hue": SafeString(number),
        "written": SafeString("2026-11-24T10:00:00+00:00"),
        "written_text": SafeString("24 November"),
        "language": SafeString("en"),
        "html": format_html("<p>It is {} & {}.</p>", OPEN, number),
        "score": SafeString(number - 3),
        "edited": False,
        "has_history": False,
        "folded": False,
        **more,
    }


KINDS = [
    {},
    {"edited": True},
    {"edited": True, "has_history": True},
    {"folded": True, "is_new": True},
    {"badge": "Reporter & more"},
    {"answered": SafeString(7), "answered_name": "<Bo>", "answered_is_here": True},
    {"answered": SafeString(8), "answered_name": "Bo", "answered_is_here": False},
    {"quote": "the <quay>", "question": "", "quote_place": SafeString(4)},
    {"quote": f"{OPEN}id{CLOSE}", "question": "Why?", "quote_has_changed": SafeString(4)},
    {"hidden": "removed", "why": "This comment was removed: <b>."},
    {"hidden": "spam", "why": "This comment was removed: spam."},
    {"hidden": "erased"},
    {"hidden": "held"},
    {"focus": True},
    {"pinned": True, "pick": True, "pick_note": "Ask <her> & him."},
    {"pick": True, "pick_note": ""},
    {"closed": True},
    {"context": True, "name": "Bo & Ines"},
    {"rest": "signed", "rest_count": 3, "thread": SafeString(5)},
    {"rest": "signed", "rest_count": 1, "thread": SafeString(5)},
    {"tail": SafeString('<div class="replies">'), "end": SafeString("")},
]


def rendered(each, page):
    return render_to_string("comments/_comments.html", {**page, "lines": [each]})


def written(lines, page=PAGE, render=rendered):
    addresses = {name: page[name] for name in ("comments_url", "text_url")}
    asked = (page["accepts"], page["takes_down_votes"])
    return write(lines, lambda each, given: render(each, page | given), Page(asked, addresses))


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setattr(stencils, "_kept", {})


PAGES = [
    PAGE,
    PAGE | {"comments_url": "/de/comments/", "text_url": "/de/articles/f\u00e4hre/?a=1&b=2"},
    PAGE | {"accepts": False},
    PAGE | {"takes_down_votes": False},
]


def test_each_kind_is_written_as_the_template_does_on_every_page():
    lines = [line(number, **kind) for number, kind in enumerate(KINDS * 2, 1)]
    for page in PAGES * 2:
        assert written(lines, page) == "".join(rendered(each, page) for each in lines)


def test_what_is_kept_is_in_its_language():
    gone = [line(1, hidden="erased")]
    english = written(gone)
    with override("de"):
        german = written(gone)
        assert german == rendered(gone[0], PAGE) != english
    assert written(gone) == english


def test_one_kind_is_rendered_once():
    asked = []

    def render(each, page):
        asked.append(each)
        return rendered(each, page)

    for page in PAGES[:2]:
        written([line(number) for number in range(1, 200)], page, render)
    assert len(asked) == 1


def test_no_more_is_kept_than_there_is_room(monkeypatch):
    monkeypatch.setattr(stencils, "MOST_KEPT", 1)
    lines = [line(1), line(2, edited=True)]
    for _time in range(2):
        assert written(lines) == "".join(rendered(each, PAGE) for each in lines)
    assert len(stencils._kept) == 1


@pytest.mark.parametrize("forgotten", [set(), {"is_pinned"}])
def test_stencils_know_all_that_the_template_asks_and_writes(forgotten):
    template = TEMPLATE.read_text() + "".join(f"{{{{ line.{name} }}}}" for name in forgotten)
    tags = re.findall(r"{%.*?%}|{{.*?}}", template)
    used = {name for tag in tags for name in re.findall(r"\bline\.(\w+)", tag)}
    told_with_rest = {"rest_count", "thread"}
    assert used - {*ASKED, *WRITTEN, *ALONE} - told_with_rest == forgotten
    shown = {
        name for tag in tags if tag.startswith("{{") for name in re.findall(r"line\.(\w+)", tag)
    }
    assert shown - {*WRITTEN, *ALONE} - told_with_rest == forgotten
