"""What a page is built of, told by a parser: to see whether anybody's words became part of it."""

import re
from collections import Counter
from html.parser import HTMLParser

from richtext.comments import ALLOWED

LOADS = {"src", "srcset", "data", "poster", "action", "formaction", "background", "ping", "srcdoc"}
LINK = re.compile(r"https?://[^/\\]|mailto:|[/?#](?![/\\])|$")


class Structure(HTMLParser):
    """`elements` counts those that no comment may have by its tag, `faults` names what is wrong."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.elements[tag] += 1
        for name, value in attrs:
            is_link = name != "href" or LINK.match((value or "").strip())
            is_ours = name not in LOADS or "evil.example" not in (value or "")
            if name.startswith("on") or name == "style" or not (is_link and is_ours):
                self.faults.append(f'<{tag} {name}="{value}">')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def differences(html: str, harmless: str) -> list[str]:
    """Where a page with hostile words is built of something else than one with harmless ones."""
    page, calm = Structure(html), Structure(harmless)
    more = {tag: number for tag, number in page.elements.items() if number != calm.elements[tag]}
    return page.faults + [f"{tag}: {number}" for tag, number in more.items()]
