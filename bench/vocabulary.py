"""A vocabulary as languages have it: few words that are everywhere, and very many that are rare."""

from dataclasses import dataclass
from itertools import accumulate
from math import log1p
from random import Random

from newsroom.seeding.words import Words

WORDS = 50_000
A_BODY = 240  # words, in six paragraphs
BEGINS, ENDS = "bdfgklmnprstvz", "aiou"


def named(rank: int) -> str:
    """The word of that rank: syllables, so that none is another's form."""
    letters, rest = "", rank + len(BEGINS) * len(ENDS)
    while rest:
        rest, place = divmod(rest, len(BEGINS) * len(ENDS))
        letters += BEGINS[place // len(ENDS)] + ENDS[place % len(ENDS)]
    return letters


_VOCABULARY = [named(rank) for rank in range(WORDS)]
_HARMONIC = sum(1 / (rank + 2) for rank in range(WORDS))
_CHANCES = list(accumulate(1 / (rank + 2) for rank in range(WORDS)))


def word_of(articles: int, *, of: int) -> str:
    """The word that about so many of them have in their body."""
    chance = -log1p(-min(articles / of, 0.999)) / A_BODY
    return named(min(max(round(1 / (chance * _HARMONIC)) - 2, 0), WORDS - 1))


@dataclass(frozen=True)
class Varied(Words):
    """The seeder's words, but for bodies whose words are as uneven as those of a language.

    By Zipf's law: the word of rank n comes a n-th as often as the first.
    """

    def body(self, language: str, chance: Random) -> str:
        words = chance.choices(_VOCABULARY, cum_weights=_CHANCES, k=A_BODY)
        step = A_BODY // 6
        paragraphs = (" ".join(words[at : at + step]) for at in range(0, A_BODY, step))
        return "".join(f"<p>{text}.</p>" for text in paragraphs)
