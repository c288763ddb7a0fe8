"""Names and texts as people type them: tidied, or refused with a reason they can act on."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtext.comments import MAX_LENGTH, excess, render_comment
from richtext.plain import is_readable, unpiled_text

MAX_NAME = 80
EXCESS = {
    "brackets": gettext_lazy("The text contains too many brackets."),
    "links": gettext_lazy("The text contains too many links and addresses."),
    "emphasis": gettext_lazy("The text contains too many signs of emphasis: * _ ~"),
    "lines": gettext_lazy("The text has too many lines."),
}
# They reorder what stands around them, so that a name or a text could pose as another.
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
BIDI_MARKS = re.compile("[\u061c\u200e\u200f]")


def clean_name(raw: str) -> str:
    """The name with single spaces. Raises ValidationError where nobody could read it."""
    name = " ".join(unicodedata.normalize("NFC", raw).split())
    if len(name) > MAX_NAME:  # first: the other checks look at every sign
        raise ValidationError(
            _("The name may have at most %(limit)d characters.") % {"limit": MAX_NAME},
            code="max_length",
        )
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in raw):
        raise ValidationError(_("The name contains control characters."), code="control")
    if BIDI_CONTROLS.search(raw) or BIDI_MARKS.search(raw):
        raise ValidationError(
            _("The name contains invisible signs that turn the reading direction."), code="bidi"
        )
    if not is_readable(name):
        raise ValidationError(_("Please give a name."), code="required")
    unpiled_text(name)
    return name


def clean_text(raw: str) -> str:
    """The text with plain line ends. Raises ValidationError where it cannot be published."""
    text = tidy_text(raw)
    check_length(text)
    check_signs(text)
    check_markup(text)
    return text


def tidy_text(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n").strip()


def check_length(text: str) -> None:
    """First: the other checks look at every sign."""
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("The comment has %(length)d characters; at most %(limit)d are possible.")
            % {"length": len(text), "limit": MAX_LENGTH},
            code="max_length",
        )


def check_signs(text: str) -> None:
    """Raises ValidationError for what nobody can read, or what turns the reading direction."""
    meant = unescape(text)  # Markdown takes &#8238; for the sign that it names
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in meant):
        raise ValidationError(_("The text contains control characters."), code="control")
    if BIDI_CONTROLS.search(meant):
        raise ValidationError(
            _("The text contains invisible signs that turn the reading direction."), code="bidi"
        )
    if not is_readable(text):
        raise ValidationError(_("Please write a comment."), code="required")


def check_markup(text: str) -> None:
    """Raises ValidationError for too many signs of markup, nothing but them, or piled accents."""
    if kind := excess(text):
        raise ValidationError(EXCESS[kind], code=kind)
    if not is_readable(shown_text(text)):
        raise ValidationError(_("Please write a comment."), code="required")
    unpiled_text(shown_text(text))


@lru_cache(maxsize=8)  # checked as it is typed, and again as it is written
def shown_text(text: str) -> str:
    """What readers see of it, without the words on what hides spoilers."""
    return unescape(strip_tags(render_comment(text, spoiler="")))


def to_html(text: str) -> str:
    """Safe HTML of a text that `clean_text` has passed, its spoilers in the active language."""
    return render_comment(text, spoiler=_("Spoiler"))
