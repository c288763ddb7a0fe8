"""The browser is told at once of every module that the conversation's script imports."""

import re
from pathlib import Path

from django.template.loader import render_to_string

import comments

STATIC = Path(comments.__file__).parent / "static/comments"
IMPORT = re.compile(r'^import (?:.* from )?"\./(\w+\.js)";', re.MULTILINE)
PRELOAD = re.compile(r'rel="modulepreload" href="[^"]*/(\w+\.js)"')


def imports(name: str) -> set[str]:
    """Of a module, and of those that it imports."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        new = set(IMPORT.findall((STATIC / ahead.pop()).read_text())) - found
        found |= new
        ahead += new
    return found


def test_what_the_script_imports_is_preloaded():
    named = PRELOAD.findall(render_to_string("comments/_script.html"))
    assert "storage.js" in imports("conversation.js")  # only imported modules import it
    assert named == sorted(imports("conversation.js"))
