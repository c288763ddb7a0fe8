"""The credit as a part of an article's draft: readers see a changed one when it is published."""

import json
from typing import Any, cast

from django.core import serializers
from django.db.models import ForeignKey
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import filling
from articles.models import Article
from articles.snapshots import Part
from richtext.comparing import compare_text
from translations.models import Attribution

Row = dict[str, Any] | None  # as Django serializes it: model, pk, fields
PREFIX = "attribution"  # of the form's fields
# What of a source is covered is no matter of drafts: people say so of what readers see.
POINTERS = ("source_revision", "source_text")


def read(article: Article) -> Row:
    """The stored credit, with all its fields; None for an original without one. One query."""
    rows = Attribution.objects.filter(article=article)
    return next(iter(json.loads(serializers.serialize("json", rows))), None)


def write(article: Article, value: Row) -> None:
    """Stores the credit; it stays as it is where what it names is gone or no longer fits.

    What it covers of a source that stays the same, and by which permission it was published, stays
    as it is stored.
    """
    others = Attribution.objects.filter(article=article)
    if value is None:
        others.delete()
    elif _names_what_is_there(value):
        # fields that a later version has dropped are left out
        read = serializers.deserialize("python", [value], ignorenonexistent=True)
        for credit in read:
            ours = cast(Attribution, credit.object)
            _keep_what_is_stored(ours, stored=others.first())
            if not ours.problems():
                others.exclude(pk=value["pk"]).delete()
                credit.save()


def changes(old: Row, new: Row) -> list[str]:
    if _without_pointers(old) == _without_pointers(new):
        return []
    return [_("Credit: removed.") if new is None else _("Credit: changed.")]


def _keep_what_is_stored(credit: Attribution, *, stored: Attribution | None) -> None:
    """Verbs of their own write these: a draft is older than what they wrote."""
    if stored is None:
        return
    kept = ["permission_id", "ends_otherwise_at"]
    sources = ("source_article_id", "source_work_id")
    if all(getattr(credit, name) == getattr(stored, name) for name in sources):
        kept += [f"{name}_id" for name in POINTERS]
    for name in kept:
        setattr(credit, name, getattr(stored, name))


def _without_pointers(row: Row) -> dict[str, Any]:
    return {name: value for name, value in (row or {"fields": {}})["fields"].items()
            if name not in (*POINTERS, "permission", "ends_otherwise_at")}  # fmt: skip


def _names_what_is_there(value: dict[str, Any]) -> bool:
    """Whether each row that the credit points to exists. A query for each."""
    return all(
        field.related_model._default_manager.filter(pk=key).exists()
        for field in Attribution._meta.concrete_fields
        if isinstance(field, ForeignKey) and (key := value["fields"].get(field.name)) is not None
    )


def compare(old: Row, new: Row) -> SafeString:
    """Both credits, one line for each of their fields. A query for each row that they name."""
    return compare_text("\n".join(_lines(old)), "\n".join(_lines(new)))


def fill(data: QueryDict, value: Row) -> None:
    """Makes the form's credit say `value`; where that is none, its row is ticked to go."""
    prefix = f"{PREFIX}-0"
    is_stored = filling.rows(data, PREFIX) > 0
    filling.tick(f"{prefix}-DELETE", data, is_on=value is None and is_stored)
    if value is None and not is_stored:
        data[f"{PREFIX}-TOTAL_FORMS"] = "0"
    if value is not None:
        data[f"{PREFIX}-TOTAL_FORMS"] = "1"
        for name in _told(value):
            filling.field(f"{prefix}-{name}", data, value["fields"][name])


def _told(row: dict[str, Any]) -> list[str]:
    """The names of what a draft brings, in the order of the fields."""
    kept = {"article", "permission", "ends_otherwise_at", *POINTERS}
    return [name for name in row["fields"] if name not in kept]


def _lines(row: Row) -> list[str]:
    if row is None:
        return []
    fields: list[Any] = [Attribution._meta.get_field(name) for name in _told(row)]
    said = [(field, _words(field, row["fields"][field.name])) for field in fields]
    return [f"{capfirst(str(field.verbose_name))}: {words}" for field, words in said if words]


def _words(field: Any, value: Any) -> str:
    if isinstance(field, ForeignKey) and value is not None:
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return "" if value is None else str(value)


CREDIT = Part("attribution", read, write, changes, gettext_lazy("Credit"), compare, fill)
