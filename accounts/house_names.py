"""Names with which somebody would speak for the paper: its own, and the words of its roles."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Any
from unicodedata import category, normalize

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.names import KEY_LENGTH, name_key

OF_THE_HOUSE = _("This name belongs to the paper or to its staff. Please choose another one.")
# Each language's own, which hold in all editions: readers of one meet the names of another.
ROLES = pgettext_lazy(
    "words of roles, with commas",
    "admin, admins, administrator, administrators, mod, mods, moderator, moderators, moderation,"
    " editor, editors, editorial, newsroom, author, authors, reporter, reporters, journalist,"
    " journalists, columnist, columnists, correspondent, correspondents",
)
ROLES_AND_NAMES = pgettext_lazy(
    "words of roles that people are called by too, with commas", "staff, chief"
)
ARTICLES = ("", "the", "der", "die", "das")  # those of our languages that are words
# What is a word of "Adm1n", of "Adm1n7" and of "admin7paul".
WORDS = [re.compile(word) for word in (r"[^\W_]+", r"[^\W\d_](?:[^\W_]*[^\W\d_])?", r"[^\W\d_]+")]


def is_of_the_house(name: str, *, paper: str) -> bool:
    """Whether the name holds the paper's, or begins or ends with a role: "Editor of the day".

    Told apart as `name_key` does, so that neither accents nor lookalikes help, and by whole words:
    "M o d e r a t o r" is one, "Staffan" and "Edi Tor" have none. What is a role and a surname too
    counts where it is all of the name, and so does a paper's in short. No query.
    """
    papers, alone = _keys_of_paper(paper), _keys_alone() | _keys_in_short(paper)
    return any(
        "".join(keys) in alone
        or _begin_or_end_with_a_role(keys)
        or any(_stand_in_a_row(key, keys) for key in papers)
        for keys in _readings(name)
    )


def _begin_or_end_with_a_role(keys: tuple[str, ...]) -> bool:
    roles = _keys_of_roles()
    return any(keys[:n] in roles or keys[-n:] in roles for n in _lengths_of_roles())


def _readings(name: str) -> set[tuple[str, ...]]:
    """Keys of its words, which also capitals may begin ("TheModerator") or figures end."""
    seen = _without_marks(name[:KEY_LENGTH])
    apart = "".join(
        f" {sign}" if before.islower() and sign.isupper() else sign
        for before, sign in pairwise(f" {seen}")
    )
    found = {tuple(_mended(word.findall(text))) for word in WORDS for text in (seen, apart)}
    return {tuple(name_key(word) for word in words) for words in found}


def _without_marks(text: str) -> str:
    """Nor signs that nobody sees; both would tear a word in two."""
    signs = normalize("NFKD", text)
    return "".join(sign for sign in signs if category(sign) not in {"Mn", "Mc", "Me", "Cf"})


def _mended(words: list[str]) -> Iterator[str]:
    """Single letters in a row are one word that was torn."""
    for is_torn, row in groupby(words, lambda word: len(word) == 1):
        found = list(row)
        yield from ["".join(found)] if is_torn else found


def _stand_in_a_row(key: str, keys: tuple[str, ...]) -> bool:
    """Whether some of the words, wherever it was torn or joined, make up the key."""
    text, bounds = "".join(keys), {0, *accumulate(len(each) for each in keys)}
    return any(text.startswith(key, at) and at + len(key) in bounds for at in bounds)


@lru_cache(maxsize=8)
def _keys_of_paper(paper: str) -> set[str]:
    """Of its name, in one word and in several; of a long one also without its first word, which
    mostly is an article.
    """
    words = WORDS[0].findall(_without_marks(paper))
    names = [words, words[1:] if len(words) > 2 else words]
    keys = {name_key("".join(each)) for each in names}
    return (keys | {"".join(name_key(word) for word in each) for each in names}) - {""}


@lru_cache(maxsize=8)
def _keys_in_short(paper: str) -> set[str]:
    """Of what people call it: the last word of its name, which is one like others, alone or with
    the first.
    """
    words = [name_key(word) for word in WORDS[0].findall(_without_marks(paper))]
    return {"".join(words[-1:]), "".join(words[:1] + words[-1:])} - {""}


@cache
def _lengths_of_roles() -> frozenset[int]:
    return frozenset(map(len, _keys_of_roles()))


@cache
def _keys_of_roles() -> frozenset[tuple[str, ...]]:
    phrases = [role.split() for role in _in_all_languages(ROLES)]
    return frozenset(
        tuple(name_key(word) for word in [article + first, *rest])
        for first, *rest in phrases
        for article in ARTICLES
    )


@cache
def _keys_alone() -> frozenset[str]:
    words = _in_all_languages(ROLES_AND_NAMES)
    return frozenset(name_key(article + word) for word in words for article in ARTICLES)


def _in_all_languages(words: Any) -> set[str]:
    """Those of a list with commas."""
    found: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.update(word.strip() for word in str(words).split(","))
    return found
