"""Names with which somebody would speak for the paper: its own, and the words of its roles."""

import re
from functools import cache
from itertools import combinations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.names import name_key

OF_THE_HOUSE = _("This name belongs to the paper or to its staff. Please choose another one.")
# Each language's own, which hold in all editions: readers of one meet the names of another.
ROLES = pgettext_lazy(
    "words of roles, with commas",
    "admin, admins, administrator, administrators, moderator, moderators, moderation, editor,"
    " editors, editorial, newsroom, staff",
)
WORD = re.compile(r"[^\W\d_]+|\d+")


def is_of_the_house(name: str, *, paper: str) -> bool:
    """Whether the name holds the paper's, or begins or ends with a role: "Editor of the day".

    Told apart as `name_key` does, so that neither accents nor lookalikes help, and by whole words,
    however they are torn: "M o d e r a t o r" is one, "Staffan" is none. No query.
    """
    words = WORD.findall(name)
    papers, last = _keys_of_paper(paper), len(words)
    for start, end in combinations(range(last + 1), 2):
        key = name_key("".join(words[start:end]))
        if key in papers or (key in _keys_of_roles() and (start == 0 or end == last)):
            return True
    return False


def _keys_of_paper(paper: str) -> set[str]:
    """Of its name; of a long one also without its first word, which mostly is an article."""
    words = WORD.findall(paper)
    names = [words, words[1:] if len(words) > 2 else words]
    return {name_key("".join(each)) for each in names}


@cache
def _keys_of_roles() -> frozenset[str]:
    keys: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            keys.update(name_key(word) for word in str(ROLES).split(","))
    return frozenset(keys)
