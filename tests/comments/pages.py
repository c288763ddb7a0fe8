"""What a reader sees of a conversation's pages."""

import re


def shown(html: str) -> list[int]:
    """The ids of the comments, in their order."""
    return [int(pk) for pk in re.findall(r'<article class="comment[^>]* id="comment-(\d+)"', html)]


def link(html: str, kind: str) -> str:
    """The address of the first link inside of, or with, this class; '' where there is none."""
    pattern = rf'class="[^"]*\b{kind}"(?:><a)? href="([^"]*)"'
    found = re.search(pattern, html)
    return found[1].replace("&amp;", "&") if found else ""


def walk(client, address: str, kind: str = "more-comments") -> list[int]:
    """All comments by following the links to the next page."""
    seen: list[int] = []
    while address:
        html = client.get(address).text
        seen += shown(html)
        assert html.count("<article") == html.count("</article>")
        address = link(html, kind)
    return seen
