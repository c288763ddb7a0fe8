"""An article's HTML as lines of plain text that also tell headings, emphasis and links."""

from html.parser import HTMLParser

from richtext.articles import clean_article_html

OPENING = {"h2": "## ", "h3": "### ", "h4": "#### ", "li": "• ", "blockquote": "> ", "hr": "———"}
AROUND = {"strong": "**", "em": "_", "s": "~~", "sub": "~", "sup": "^", "code": "`"}
UNSEEN = {"p", "ul", "ol", "br"}
ENDS_LINE = {"p", "li", "blockquote", "h2", "h3", "h4", "hr", "br", "tr", "figcaption"}


def marked_lines(html: str) -> list[str]:
    """One line for each paragraph, heading or item: `## Heading`, `**bold**`, `[words](address)`.

    What has no sign of its own is told by its tag. Takes the HTML, cleaned or not.
    """
    reader = _Reader()
    reader.feed(clean_article_html(html))
    reader.close()
    lines = "".join(reader.pieces).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._addresses.append(dict(attrs).get("href") or "")
        sign = {"a": "["} | OPENING | AROUND
        if tag in sign or tag not in UNSEEN:
            told = "".join(f" {name}={value}" for name, value in attrs)
            self.pieces.append(sign.get(tag, f"<{tag}{told}>"))
        if tag in ("br", "hr"):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._addresses:
            self.pieces.append(f"]({self._addresses.pop()})")
        self.pieces.append(AROUND.get(tag, ""))
        if tag in ENDS_LINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.replace("\n", " "))
