"""What no template may do: the content security policy would refuse it."""

import re

import pytest

from tests.conventions import ROOT, templates

TEMPLATES = sorted(templates())
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style(?!\s+data-tiptap-style nonce=)", re.IGNORECASE),
    "a script as an address": re.compile(r"(?:href|src|action)=[\"']\s*javascript:", re.IGNORECASE),
}
BAD = {
    "a style attribute": '<p class="goal" style="width: 47%">',
    "an event handler": "<button type='button' onclick='vote()'>",
    "an inline script": "<script nonce='{{ csp_nonce }}'>vote()</script>",
    "an inline style": "<style>p { color: red }</style>",
    "a script as an address": '<a href="javascript:vote()">',
}


def faults(html):
    """What a template does that the policy would refuse."""
    return [fault for fault, pattern in FORBIDDEN.items() if pattern.search(html)]


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 15


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_to_the_rules(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize("fault", BAD)
def test_the_rules_catch_a_bad_example(fault):
    assert faults(BAD[fault]) == [fault]


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
