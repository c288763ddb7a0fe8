"""An article as JSON, part by part: read from its rows, written back to them, compared.

Rows that a draft brings keep their key in its snapshot. No sequence gives a key twice, whatever is
rolled back, so a row that is there only while a draft is applied is the same one each time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import filling, wording
from articles.models import Article, Contribution, Contributor, Image, Redirect, Section, Topic


@dataclass(frozen=True)
class Part:
    """One key of a snapshot.

    `read(article)` gives what is stored, as JSON; `write(article, value)` stores it, and may leave
    fields of the article itself to be saved by the caller: it is only asked where they differ.
    What no longer exists it leaves out, or as it is. `changes(old, new)` says in plain sentences
    how two values differ, either of which may be None.

    For people who compare: its `label`, and `compare(old, new)`, safe HTML with <ins> and <del>,
    either of which may be None. `fill(data, value)` puts a value into what the article's form
    sends, whatever stood there.
    """

    key: str
    read: Callable[[Article], Any]
    write: Callable[[Article, Any], None]
    changes: Callable[[Any, Any], list[str]]
    label: str | Promise
    compare: Callable[[Any, Any], SafeString]
    fill: Callable[[QueryDict, Any], None]


FIELDS = ("kicker", "headline", "standfirst", "dateline", "body")
PICTURE = {"caption": "lead_caption", "alt": "lead_alt", "is_decorative": "lead_is_decorative"}
TIMES = ("publish_at", "unpublish_at", "embargoed_until")
SAVED = (*FIELDS, "section_id", "lead_image_id", *PICTURE.values())  # fields of the article itself


def own_parts() -> list[Part]:
    return [
        *(_part_of_field(name) for name in FIELDS),
        _part("section", _read_section, _write_section, wording.sections, filling.section),
        _part("topics", _read_topics, _write_topics, wording.topics, filling.topics),
        Part(
            "byline",
            _read_byline,
            _write_byline,
            _changes_of_byline,
            gettext_lazy("Byline"),
            wording.bylines,
            filling.byline,
        ),
        _part("lead_image", _read_picture, _write_picture, wording.pictures, filling.picture),
    ]


def parts_of_rows() -> list[Part]:
    """What `record()` tells and no draft brings, to be compared and filled in."""
    told = [
        (name, _changes_of(name), wording.lines, filling.field) for name in ("language", "slug")
    ]
    told += [(name, _changes_of_moment(name), wording.moments, filling.moment) for name in TIMES]
    return [
        Part(
            name,
            partial(_read_told, name),
            lambda article, value: None,
            changes,
            _label(name),
            compare,
            partial(fill, name),
        )
        for name, changes, compare, fill in told
    ]


def _part_of_field(name: str) -> Part:
    return _part(
        name,
        partial(_read_field, name),
        partial(_write_field, name),
        wording.texts if name == "body" else wording.lines,
        partial(filling.field, name),
    )


def _part(name: str, read: Any, write: Any, compare: Any, fill: Any) -> Part:
    """A part that is named like its field."""
    return Part(name, read, write, _changes_of(name), _label(name), compare, fill)


def _label(name: str) -> str | Promise:
    return Article._meta.get_field(name).verbose_name  # type: ignore[union-attr,return-value]


def record(article: Article) -> dict[str, Any]:
    """What a snapshot tells beside its parts: it stays on the rows, whatever a draft says."""
    told = article.corrections.values_list("kind", "text", "created_at")
    return {
        "language": article.language,
        "slug": article.slug,
        **{name: _iso(getattr(article, name)) for name in TIMES},
        "corrections": [correction(*row) for row in told],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def correction(kind: str, text: str, created_at: datetime) -> dict[str, str]:
    return {"kind": str(kind), "text": text, "created_at": created_at.isoformat()}


def _changes(field: Any, old: Any, new: Any) -> list[str]:
    if _alike(old) == _alike(new):
        return []
    return [_("%(part)s: changed.") % {"part": capfirst(str(field.verbose_name))}]


def _alike(value: Any) -> Any:
    """What counts of a part's value: rows are told by their keys, whatever slug they had then, and
    what older revisions do not say of a picture is what it is by default."""
    if isinstance(value, list):
        return [_alike(each) for each in value]
    if isinstance(value, dict) and "slug" in value:
        return value["id"]
    if isinstance(value, dict) and "caption" in value:
        return {"alt": "", "is_decorative": False, **value}
    return value


def _changes_of(name: str) -> Callable[[Any, Any], list[str]]:
    return partial(_changes, Article._meta.get_field(name))


def _changes_of_moment(name: str) -> Callable[[Any, Any], list[str]]:
    """Forms know no fraction of a second."""

    def second(value: str | None) -> datetime | None:
        return datetime.fromisoformat(value).replace(microsecond=0) if value else None

    return lambda old, new: _changes_of(name)(second(old), second(new))


def _read_told(name: str, article: Article) -> Any:
    return record(article)[name]


def _read_field(name: str, article: Article) -> str:
    return getattr(article, name)


def _write_field(name: str, article: Article, value: str) -> None:
    setattr(article, name, value)


def _read_section(article: Article) -> dict[str, Any] | None:
    section = article.section
    return {"id": section.pk, "slug": section.slug} if section else None


def _write_section(article: Article, value: Any) -> None:
    """Keeps the section that there is, where the other is gone: no public article is without."""
    article.section = next(iter(found(Section, [value])), article.section)


def _read_topics(article: Article) -> list[Any]:
    return list(Topic.objects.filter(articles=article).order_by("slug").values("id", "slug"))


def _write_topics(article: Article, value: list[Any]) -> None:
    article.topics.set(found(Topic, value))


def _read_byline(article: Article) -> list[dict[str, Any]]:
    lines = Contribution.objects.filter(article=article).values_list(
        "id", "contributor", "contributor__slug", "role", "credited_as"
    )
    return [
        {"id": key, "contributor": {"id": person, "slug": slug}, "role": role, "credited_as": name}
        for key, person, slug, role, name in lines
    ]


def _write_byline(article: Article, value: list[Any]) -> None:
    article.contributions.all().delete()
    lines: dict[Any, Contribution] = {}  # by person and role: two people may be one since
    for position, line in enumerate(value):
        for person in found(Contributor, [line["contributor"]]):
            made = Contribution(
                pk=line.get("id"),
                article=article,
                contributor=person,
                role=line["role"],
                credited_as=line.get("credited_as", ""),
                position=position,
            )
            lines.setdefault((person.pk, line["role"]), made)
    Contribution.objects.bulk_create(lines.values())


def found(model: Any, references: list[Any]) -> list[Any]:
    """Those of the rows that exist, or what their slugs lead to since they were merged."""
    return list({row.pk: row for row in _led_to(model, references).values()}.values())


def _led_to(model: Any, references: list[Any]) -> dict[int | str, Any]:
    """By its key each reference's row, or the one that its slug leads to since they were merged.

    Revisions from before there were drafts name them by slug. Three queries at most.
    """
    slugs = {_key(each): each["slug"] if isinstance(each, dict) else each
             for each in references if each}  # fmt: skip
    keys = [key for key in slugs if isinstance(key, int)]
    names = [key for key in slugs if isinstance(key, str)]
    rows = model.objects.filter(Q(pk__in=keys) | Q(slug__in=names))
    known = {key: row for row in rows for key in (row.pk, row.slug)}
    led = {key: known[key] for key in slugs if key in known}
    if gone := {slug: key for key, slug in slugs.items() if key not in led}:
        kind = model._meta.model_name
        moved = Redirect.objects.filter(kind=kind, slug__in=gone).values_list("slug", kind)
        kept = model.objects.in_bulk([pk for _slug, pk in moved if pk])
        led |= {gone[slug]: kept[pk] for slug, pk in moved if pk in kept}
    return led


def _key(reference: Any) -> int | str:
    return reference["id"] if isinstance(reference, dict) else reference


def _changes_of_byline(old: Any, new: Any) -> list[str]:
    """Who was merged since is the one who was kept."""
    if _lines(old, {}) == _lines(new, {}):
        return []
    people = [line["contributor"] for line in [*(old or []), *(new or [])]]
    led = {key: person.pk for key, person in _led_to(Contributor, people).items()}
    return [] if _lines(old, led) == _lines(new, led) else [_("Byline: changed.")]


def _lines(byline: Any, led: dict[int | str, int]) -> list[tuple[Any, ...]]:
    """What counts of a byline; two lines of one person in one role are one."""
    told: dict[Any, tuple[Any, ...]] = {}
    for line in byline or []:
        key = _key(line["contributor"])
        person, role = led.get(key, key), line["role"]
        told.setdefault((person, role), (person, role, line.get("credited_as", "")))
    return [*told.values()]


def _read_picture(article: Article) -> dict[str, Any] | None:
    told = {key: getattr(article, name) for key, name in PICTURE.items()}
    return (
        {"id": article.lead_image_id, **told}
        if article.lead_image_id or any(told.values())
        else None
    )


def _write_picture(article: Article, value: dict[str, Any] | None) -> None:
    value = value or {}
    key: Any = value.get("id")
    article.lead_image = Image.objects.filter(pk=key).first()
    for key, name in PICTURE.items():
        field: Any = Article._meta.get_field(name)
        default = field.get_default()
        setattr(article, name, value.get(key, default))
