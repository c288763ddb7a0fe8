"""The sentences of plain text, as well as they can be told without a dictionary."""

import re
from collections.abc import Iterator

# A mark that ends a sentence, whatever closes around it, and white space.
_end = re.compile(r"""(?<=[.!?…؟۔。！？])["'”’“»«)\]]*\s+""")
# "J. Smith", "z. B.", "3. Mai": a point that ends no sentence.
_short = re.compile(r"(?:^|[\s.(])(?:[^\W\d_]|\d{1,2})\.$")


def sentences(text: str) -> Iterator[str]:
    """One after the other, each with its mark. A point before a small letter ends none."""
    begun, at = "", 0
    for end in _end.finditer(text):
        begun, at = begun + text[at : end.start()], end.start()
        if not _short.search(begun) and not text[end.end() : end.end() + 1].islower():
            yield (begun + end[0]).strip()
            begun, at = "", end.end()
    if rest := (begun + text[at:]).strip():
        yield rest


def count_words(text: str) -> int:
    """How many pieces between spaces have a letter or a figure. Scripts without spaces: too few."""
    return sum(any(sign.isalnum() for sign in piece) for piece in text.split())
