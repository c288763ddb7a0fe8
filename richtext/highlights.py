"""Words that were found, marked in plain text."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BEGIN, END = "\x02", "\x03"  # what no text of ours may hold
_marked = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")


def highlighted(text: str) -> SafeString:
    """Safe HTML: `<mark>` around what stands between BEGIN and END, and all else escaped."""
    html = _marked.sub(r"<mark>\1</mark>", escape(text))
    return mark_safe(html.replace(BEGIN, "").replace(END, ""))  # noqa: S308
