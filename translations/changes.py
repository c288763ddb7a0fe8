"""What is different in a later version of a source, for readers and for translators."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Revision
from richtext.comparing import compare_html, compare_line, compare_text, has_same_words
from translations.models import SourceText

CONTEXT = 1  # unchanged paragraphs around a change
LINES = {
    "kicker": _("Kicker"),
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "dateline": _("Dateline"),
}


class Difference(NamedTuple):
    """One part of a text that is different; `html` is safe, and empty where no word changed."""

    label: str | Promise
    html: SafeString


def differences(old: Revision | SourceText, new: Revision | SourceText) -> list[Difference]:
    """The parts of a text that are different in the later version, in their order."""
    if isinstance(old, Revision) and isinstance(new, Revision):
        return _of_snapshots(old.snapshot, new.snapshot)
    if isinstance(old, SourceText) and isinstance(new, SourceText) and old.text != new.text:
        return [Difference(_("Text"), compare_text(old.text, new.text, context=CONTEXT))]
    return []


def _of_snapshots(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    found = [
        Difference(label, compare_line(old.get(name, ""), new.get(name, "")))
        for name, label in LINES.items()
        if old.get(name, "") != new.get(name, "")
    ]
    before, after = old.get("body", ""), new.get("body", "")
    if before != after:
        is_form = has_same_words(before, after)
        html = SafeString() if is_form else compare_html(before, after, context=CONTEXT)
        found.append(Difference(_("Text"), html))
    before, after = _caption(old), _caption(new)
    if before != after:
        found.append(Difference(_("Caption"), compare_line(before, after)))
    return found


def _caption(snapshot: dict[str, Any]) -> str:
    return (snapshot.get("lead_image") or {}).get("caption", "")
