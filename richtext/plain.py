"""What no line of text may contain, and what it must."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Letters to Unicode, blank to the eye.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")

# More than any script sets on one letter, composed: a pointed Hebrew one with its accent has five.
MOST_MARKS = 5

# C0 and C1 controls but for the line break, and the signs that turn the reading direction of
# what follows. The marks that Arabic and Hebrew need (U+200E, U+200F, U+061C) are fine.
plain_text = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]",
    gettext_lazy("This contains invisible control characters: type it anew."),
    inverse_match=True,
    code="control",
)


# What must name nobody has no e-mail address in it; names it cannot know.
no_address = RegexValidator(
    r"[^\s@]@[^\s@]+\.[^\s@]",
    gettext_lazy("This is kept for good and names nobody: leave the e-mail address out."),
    inverse_match=True,
    code="address",
)


def visible_text(text: str) -> None:
    """Raises ValidationError for a text that nobody could see, or that covers what is around it."""
    if not is_readable(text):
        raise ValidationError(
            _("Nothing of this can be seen: write something visible."), code="invisible"
        )
    unpiled_text(text)


def unpiled_text(text: str) -> None:
    """Raises ValidationError for accents piled upon each other, which cover the lines around."""
    if has_pile(text):
        raise ValidationError(
            _("A letter of this carries too many accents: leave some out."), code="piled"
        )


def has_pile(text: str) -> bool:
    """Whether more marks stand on one letter than any script sets there."""
    if text.isascii():
        return False
    marks = 0
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if kind in ("Mn", "Me"):
            marks += 1
            if marks > MOST_MARKS:
                return True
        elif kind not in ("Mc", "Cf"):  # these belong to the letter before them
            marks = 0
    return False


def is_readable(text: str) -> bool:
    """Whether anything in it can be seen: not only spaces, format signs and bare accents."""
    return any(
        unicodedata.category(sign)[0] not in "CZ"
        and unicodedata.category(sign) != "Mn"
        and sign not in BLANK
        for sign in text
    )
