"""The site's lists of words: some hold a comment, others are refused.

One entry a line: a word, or several in a row. Whole words match, whatever their case, accents,
vowel signs and the dots of a Turkish i. A * at the end of an entry stands for any ending.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from comments.refusals import UnwantedWord
from comments.screening.submission import Finding, Submission

RULE = "words"
WORD = re.compile(r"\w+")
UNFOLDED = str.maketrans({"ı": "i", "ـ": None})  # what Unicode has no decomposition for


@dataclass(frozen=True)
class WordList:
    """Entries by what finds them fastest: single words, stems by length, words in a row."""

    words: frozenset[str]
    stems: frozenset[str]
    rows: tuple[str, ...]

    def find(self, *texts: str) -> str:
        """The first entry, as it was folded, that stands in the texts; '' where none does."""
        if not (self.words or self.stems or self.rows):
            return ""
        written = [word for text in texts for word in folded_words(text)]
        lengths = {len(stem) for stem in self.stems}
        for word in written:
            if word in self.words:
                return word
            if stem := next((word[:n] for n in lengths if word[:n] in self.stems), ""):
                return f"{stem}*"
        line = f" {' '.join(written)} "
        return next((row.strip() for row in self.rows if row in line), "")


def refuse(it: Submission) -> None:
    unwanted = _list_of(it.site.refused_words)
    if not it.is_edit and (found := unwanted.find(it.comment.guest_name)):
        raise UnwantedWord(found, field="name")
    if found := unwanted.find(it.said):
        raise UnwantedWord(found)


def hold(it: Submission) -> Finding | None:
    found = _list_of(it.site.held_words).find(it.comment.guest_name, it.said)
    return Finding(RULE, detail=found) if found else None


@lru_cache(maxsize=8)  # what one list looks for another one looks for a moment later
def folded_words(text: str) -> tuple[str, ...]:
    """The words without case, accents and signs that nobody sees."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(UNFOLDED))
    seen = "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
    return tuple(WORD.findall(seen))


@lru_cache(maxsize=4)  # both lists as they are, and as they were a moment ago
def _list_of(entries: str) -> WordList:
    words: set[str] = set()
    stems: set[str] = set()
    rows: list[str] = []
    for entry in entries.splitlines():
        is_stem = entry.rstrip().endswith("*")
        match folded_words(entry):
            case ():
                continue
            case (word,):
                (stems if is_stem else words).add(word)
            case several:
                rows.append(f" {' '.join(several)}{'' if is_stem else ' '}")
    return WordList(frozenset(words), frozenset(stems), tuple(rows))
