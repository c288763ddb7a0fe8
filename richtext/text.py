"""An article's HTML as plain text, for where nothing else can be pasted."""

from html.parser import HTMLParser

from richtext.articles import clean_article_html
from richtext.source import BLOCKS


def text_from_article_html(html: str) -> str:
    """Blocks with an empty line between them; links are followed by their address.

    A row of a table is one line.
    """
    reader = _Reader()
    reader.feed(clean_article_html(html))
    reader.close()
    reader.end_block()
    return "\n\n".join(reader.blocks)


class _Reader(HTMLParser):
    """Reads clean HTML, whose elements are all closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._lists: list[int | None] = []  # the number of an ordered one's last item
        self._prefix = ""
        self._address = ""
        self._cells: list[str] | None = None  # of the row that is being read
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_block()
        if tag == "tr":
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append("")
        elif tag == "pre":
            self._is_code = True
        if tag in ("ol", "ul"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._prefix = self._next_item()
        elif tag == "br":
            self._words.append("\n")
        elif tag == "hr":
            self.blocks.append("* * *")
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        if tag == "tr" and self._cells is not None:
            self.blocks.append(" | ".join(self._cells))
            self._cells = None
        elif tag == "pre":
            self._is_code = False
        if tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "a" and self._address:
            self._words.append(f" ({self._address})")
            self._address = ""

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def end_block(self) -> None:
        lines = "".join(self._words).split("\n") if self._words else []
        if not self._is_code:
            lines = [" ".join(line.split()) for line in lines]
        text = "\n".join(lines).strip("\n" if self._is_code else None)
        self._words = []
        if text and self._cells:
            self._cells[-1] = f"{self._cells[-1]} {text}".strip()
        elif text:
            self.blocks.append(self._prefix + text)
            self._prefix = ""

    def _next_item(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number + 1}. "
