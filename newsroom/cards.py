"""Pictures for links to articles that have none: the headline on a colour of its section."""

import json
import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont, features

from articles.models import Article

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
TEXT_WIDTH, TEXT_HEIGHT = WIDTH - 2 * MARGIN, 400
SIZES = range(88, 27, -4)  # of the headline: the largest that fits; the smallest takes any
LEADING = 1.25
PAPER = "#fbfaf6"
# One for each section, by its slug; all are dark enough for the letters.
COLOURS = ["#0b5766", "#7a2e1d", "#2f4b7c", "#3d5a2a", "#6b2c5f", "#7a4f10", "#334155", "#8a2846"]
VERSION = 1  # of how cards look; another makes all anew

FONTS = Path(__file__).with_name("fonts")
# The characters that each font has.
_european = re.compile(
    "[ -~\u00a0-\u017f\u01a0-\u01ff\u0218-\u021b\u0300-\u032f\u0400-\u052f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a⁄€₽₺№™]"
)
_arabic = re.compile(
    "[ !,.0-9:\u00a0«»\u0600-\u0604\u0606-\u061b\u061e-\u06ff\u0750-\u077f\u2010\u2011]"
)
_bidi_marks = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]")


def shapes_arabic() -> bool:
    """Whether Pillow joins letters and sets them from right to left."""
    return bool(features.check("raqm")) and bool(features.check("fribidi"))


@dataclass(frozen=True)
class Card:
    """One article's picture. `of()` makes none where the letters cannot be drawn."""

    article_id: int
    text: str
    paper: str  # '' where its letters are others
    colour: str
    is_arabic: bool

    @classmethod
    def of(cls, article: Article, *, paper: str) -> "Card | None":
        """No query, with the article's section loaded."""
        for is_arabic, letters in ((False, _european), (True, _arabic)):
            text = _drawable(article.headline, letters)
            if text and (shapes_arabic() or not is_arabic):
                name = _drawable(paper, letters)
                slug = article.section.slug if article.section else ""
                colour = COLOURS[zlib.crc32(slug.encode()) % len(COLOURS)]
                return cls(article.pk, text, name, colour, is_arabic)
        return None

    @cached_property
    def digest(self) -> str:
        """Of all that is drawn: another headline or colour has another address."""
        drawn = json.dumps([VERSION, self.text, self.paper, self.colour])
        return blake2b(drawn.encode(), digest_size=12).hexdigest()

    @property
    def url(self) -> str:
        """Absolute."""
        return settings.SITE_URL + reverse("article_card", args=[self.article_id, self.digest])

    def read(self) -> bytes:
        """The PNG, drawn by whoever asks first and then kept where the site alone reads it: what
        an article no longer says is told by no file."""
        name, kept = f"cards/{self.digest}.png", storages["private"]
        if not kept.exists(name):
            saved = kept.save(name, ContentFile(self.draw()))
            if saved != name:  # somebody else was faster
                kept.delete(saved)
        with kept.open(name) as file:
            return file.read()

    def draw(self) -> bytes:
        image = Image.new("RGB", (WIDTH, HEIGHT), self.colour)
        pen = ImageDraw.Draw(image)
        font, lines = self.set_type()
        for number, line in enumerate(lines):
            self._write(pen, line, font, MARGIN + number * font.size * LEADING)
        pen.line([(MARGIN, HEIGHT - 125), (WIDTH - MARGIN, HEIGHT - 125)], fill=PAPER, width=2)
        small = self._font(34)
        if small.getlength(self.paper) <= TEXT_WIDTH:
            self._write(pen, self.paper, small, HEIGHT - 105)
        target = BytesIO()
        image.save(target, "PNG")
        return target.getvalue()

    def set_type(self) -> tuple[ImageFont.FreeTypeFont, list[str]]:
        """The headline's lines in the largest type that holds all of them."""
        for size in SIZES:
            font = self._font(size)
            lines = wrapped(self.text, font)
            if len(lines) * size * LEADING <= TEXT_HEIGHT:
                return font, lines
        return font, lines

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        name = "NotoNaskhArabic-Bold.ttf" if self.is_arabic else "NotoSerif-Bold.ttf"
        return ImageFont.truetype(FONTS / name, size)

    def _write(
        self, pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, top: float
    ) -> None:
        if self.is_arabic:
            place, anchor, direction = (WIDTH - MARGIN, top), "ra", "rtl"
            pen.text(place, text, PAPER, font, anchor, direction=direction, language="ar")
        else:
            pen.text((MARGIN, top), text, PAPER, font, "la")


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Its lines, none wider than the card's; a word that is wider is parted."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= TEXT_WIDTH:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and font.getlength(lines[-1] + letter) > TEXT_WIDTH:
                lines.append("")
            lines[-1] += letter
    return lines


def _drawable(text: str, letters: re.Pattern[str]) -> str:
    """The text without signs that the font lacks; '' where it lacks a letter or a digit."""
    text = _bidi_marks.sub("", unicodedata.normalize("NFC", text))
    lacking = letters.sub("", text)
    if any(unicodedata.category(each)[0] in "LMN" for each in lacking):
        return ""
    return " ".join("".join(letters.findall(text)).split())
