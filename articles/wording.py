"""The values of a snapshot as people read them: two of them compared."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Contributor, Image, Role, Section, Topic
from richtext.comparing import (
    compare_html,
    compare_marks,
    compare_text,
    differs_beyond,
    has_same_words,
)


def texts(old: str | None, new: str | None) -> SafeString:
    """Two texts of articles, whole: paragraphs first, then their words.

    Then what has changed beside the words, with signs for it: emphasis, headings, links.
    """
    old, new = old or "", new or ""
    words = compare_html(old, new)
    if not has_same_words(old, new):
        marks = compare_marks(old, new, context=0)
        if not differs_beyond(words, marks):
            return words
        heading = _("With links, emphasis and headings:")
        return format_html('{}\n<p class="with-signs">{}</p>\n{}', words, heading, marks)
    marks = compare_marks(old, new)
    if differs_beyond(words, marks):
        return marks
    return format_html("<p>{}</p>", _("No word has changed, and nothing that has a sign here."))


def lines(old: str | None, new: str | None) -> SafeString:
    return compare_text(old or "", new or "")


def moments(old: str | None, new: str | None) -> SafeString:
    return compare_text(_moment(old), _moment(new))


def sections(old: Any, new: Any) -> SafeString:
    return _listed(Section, old and [old], new and [new])


def topics(old: Any, new: Any) -> SafeString:
    return _listed(Topic, old, new)


def bylines(old: Any, new: Any) -> SafeString:
    """One line for each of the byline. One query."""
    old, new = old or [], new or []
    name = _namer(Contributor, [line["contributor"] for line in (*old, *new)])
    return _compared([_line(each, name) for each in old], [_line(each, name) for each in new])


def pictures(old: Any, new: Any) -> SafeString:
    """Both pictures, small, and what is said of them. One query."""
    old, new = old or {}, new or {}
    found = Image.objects.in_bulk({each["id"] for each in (old, new) if each.get("id")})
    before, after = (found.get(each.get("id")) for each in (old, new))
    shown = SafeString() if before == after else _shown(before, after)
    told = _compared(_told(old, before), _told(new, after))
    return format_html("{}{}", shown, told)


def _listed(model: Any, old: Any, new: Any) -> SafeString:
    old, new = old or [], new or []
    name = _namer(model, [*old, *new])
    return _compared([name(each) for each in old], [name(each) for each in new])


def _compared(old: Iterable[str], new: Iterable[str]) -> SafeString:
    return compare_text("\n".join(old), "\n".join(new))


def _namer(model: type[Model], references: list[Any]) -> Callable[[Any], str]:
    """What a reference names, by its key or, in old revisions, its slug. One query."""
    keys = [each["id"] for each in references if isinstance(each, dict)]
    slugs = [each for each in references if isinstance(each, str)]
    rows: Any = model._default_manager.filter(Q(pk__in=keys) | Q(slug__in=slugs))
    names = {key: str(row) for row in rows for key in (row.pk, row.slug)}

    def name(reference: Any) -> str:
        key, slug = (
            (reference["id"], reference["slug"])
            if isinstance(reference, dict)
            else (reference, reference)
        )
        return names.get(key) or _("%(name)s (gone)") % {"name": slug}

    return name


def _line(line: dict[str, Any], name: Callable[[Any], str]) -> str:
    person = name(line["contributor"])
    role = dict(Role.choices).get(line["role"], line["role"])
    if not line.get("credited_as"):
        return f"{person} ({role})"
    told = {"name": line["credited_as"], "person": person, "role": role}
    return _("%(name)s, who is %(person)s (%(role)s)") % told


def _shown(before: Image | None, after: Image | None) -> SafeString:
    both = [(_("Before"), before), (_("After"), after)]
    figures = format_html_join(
        "", "<figure>{}<figcaption>{}</figcaption></figure>",
        ((_small(image), label) for label, image in both),
    )  # fmt: skip
    return format_html('<div class="compared-pictures">{}</div>', figures)


def _small(image: Image | None) -> SafeString:
    if image is None:
        return format_html('<span class="no-picture">{}</span>', _("No picture"))
    shown = image.cropped("square")
    size = shown.width, shown.height
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">', shown.url, *size, image.alt
    )


def _told(value: dict[str, Any], image: Image | None) -> list[str]:
    said = [
        (_("Picture"), str(image) if image else ""),
        (_("Caption"), value.get("caption")),
        (_("Alternative text here"), value.get("alt")),
        (_("Only decoration"), _("yes") if value.get("is_decorative") else ""),
    ]
    return [f"{capfirst(label)}: {text}" for label, text in said if text]


def _moment(value: str | None) -> str:
    if not value:
        return ""
    moment = localtime(datetime.fromisoformat(value))
    return f"{date_format(moment, 'DATETIME_FORMAT')} ({moment:%Z})"
