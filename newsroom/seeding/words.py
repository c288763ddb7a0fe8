"""Invented words: fixtures/seed.toml put together in many ways, the same ones for the same seed."""

from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments.people import person_key
from comments.wording import to_html
from newsroom.demo.content import table

TEXTS = 400  # different comments in each language
MOST_SENTENCES = 6


class Reader(NamedTuple):
    """Who writes, as a comment's row names them, and as votes and counters do."""

    author_id: int | None
    name: str
    email: str
    guest_id: UUID | None
    key: str


@dataclass(frozen=True)
class Words:
    """What stories and comments are made of, for each language that there are words for."""

    languages: dict[str, dict[str, Any]]
    texts: dict[str, list[tuple[str, str]]]  # comments, with their HTML
    names: list[str]

    @classmethod
    def read(cls, wanted: list[str], chance: Random) -> "Words":
        """In those of the wanted languages that there are words for, or in English."""
        everything = table("seed")
        first, last = everything.pop("readers").values()
        languages = {code: everything[code] for code in wanted if code in everything}
        languages = languages or {"en": everything["en"]}
        texts = {code: _texts(words["comment"], chance) for code, words in languages.items()}
        return cls(languages, texts, [f"{name} {family}" for name in first for family in last])

    def headline(self, language: str, chance: Random) -> str:
        words = self.languages[language]
        return " ".join(chance.choice(words[part]) for part in ("who", "does", "what"))

    def standfirst(self, language: str) -> str:
        return self.languages[language]["standfirst"]

    def body(self, language: str, chance: Random) -> str:
        sentences = self.languages[language]["article"]
        paragraphs = [" ".join(chance.sample(sentences, 4)) for _number in range(6)]
        return SafeString("").join(format_html("<p>{}</p>", text) for text in paragraphs)

    def readers(self, number: int, members: list[int], chance: Random) -> list[Reader]:
        """So many people: the members, whose ids are given, and guests."""
        known = [Reader(pk, "", "", None, person_key(pk, None)) for pk in members]
        return known + [self._guest(chance) for _number in range(number - len(known))]

    def _guest(self, chance: Random) -> Reader:
        guest_id = random_id(chance)
        address = f"{guest_id.hex[:12]}@readers.example"
        name = chance.choice(self.names)
        return Reader(None, name, address, guest_id, person_key(None, guest_id))


def random_id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _texts(sentences: list[str], chance: Random) -> list[tuple[str, str]]:
    most = min(MOST_SENTENCES, len(sentences))
    lengths = [chance.randint(1, most) for _number in range(TEXTS)]
    texts = ["\n\n".join(chance.sample(sentences, length)) for length in lengths]
    return [(text, to_html(text)) for text in texts]
