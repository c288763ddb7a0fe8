"""Safe text for other places than the page: links that say their host, data in a script element."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# No sign that could end the element or begin a comment in it.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def links_with_host(html: SafeString | str, site_url: str) -> SafeString:
    """Safe HTML of our own making, whose links to our own pages say the host."""
    return mark_safe(html.replace('href="/', f'href="{site_url}/'))  # noqa: S308


def script_data(data: Any) -> SafeString:
    """JSON as the text of a script element, whatever stands in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308
