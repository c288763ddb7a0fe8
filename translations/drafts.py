"""The credit as a part of an article's draft: readers see a changed one when it is published."""

import json
from typing import Any, cast

from django.core import serializers
from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from articles.models import Article
from articles.snapshots import Part
from translations.models import Attribution

Row = dict[str, Any] | None  # as Django serializes it: model, pk, fields


def read(article: Article) -> Row:
    """The stored credit, with all its fields; None for an original without one. One query."""
    rows = Attribution.objects.filter(article=article)
    return next(iter(json.loads(serializers.serialize("json", rows))), None)


def write(article: Article, value: Row) -> None:
    """Stores the credit; it stays as it is where what it names is gone or no longer fits."""
    others = Attribution.objects.filter(article=article)
    if value is None:
        others.delete()
    elif _names_what_is_there(value):
        # fields that a later version has dropped are left out
        read = serializers.deserialize("python", [value], ignorenonexistent=True)
        for credit in read:
            if not cast(Attribution, credit.object).problems():
                others.exclude(pk=value["pk"]).delete()
                credit.save()


def changes(old: Row, new: Row) -> list[str]:
    if (old or {}).get("fields") == (new or {}).get("fields"):
        return []
    return [_("Credit: removed.") if new is None else _("Credit: changed.")]


def _names_what_is_there(value: dict[str, Any]) -> bool:
    """Whether each row that the credit points to exists. A query for each."""
    return all(
        field.related_model._default_manager.filter(pk=key).exists()
        for field in Attribution._meta.concrete_fields
        if isinstance(field, ForeignKey) and (key := value["fields"].get(field.name)) is not None
    )


CREDIT = Part("attribution", read, write, changes)
