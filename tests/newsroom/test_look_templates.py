"""What no template may do: it would break the content security policy or the house style."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("newsroom", "accounts", "articles", "comments", "fundraising", "operations", "translations")
TEMPLATES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.html"))
MOST_LINES = 200
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style(?!\s+data-tiptap-style nonce=)", re.IGNORECASE),
    "a script as an address": re.compile(r"(?:href|src|action)=[\"']\s*javascript:", re.IGNORECASE),
    "the safe filter": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"{%\s*autoescape off"),
}
BAD = {
    "a style attribute": '<p class="goal" style="width: 47%">',
    "an event handler": "<button type='button' onclick='vote()'>",
    "an inline script": "<script nonce='{{ csp_nonce }}'>vote()</script>",
    "an inline style": "<style>p { color: red }</style>",
    "a script as an address": '<a href="javascript:vote()">',
    "the safe filter": "{{ article.body|safe }}",
    "autoescape off": "{% autoescape off %}",
}


def faults(html):
    """What a template does that none may, and the length that none may have."""
    found = [fault for fault, pattern in FORBIDDEN.items() if pattern.search(html)]
    return found + (["too long"] if html.count("\n") > MOST_LINES else [])


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 15


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_to_the_rules(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize("fault", BAD)
def test_the_rules_catch_a_bad_example(fault):
    assert faults(BAD[fault]) == [fault]


def test_the_rules_catch_a_long_example():
    assert faults("<p>\n" * 201) == ["too long"]


@pytest.mark.parametrize(
    "html",
    [
        '<script type="module" src="{% static \'comments/thread.js\' %}"></script>',
        '<script type="application/ld+json">{{ data }}</script>',
        "<p>Read on = style matters</p>",
    ],
)
def test_the_rules_let_good_examples_pass(html):
    assert faults(html) == []
