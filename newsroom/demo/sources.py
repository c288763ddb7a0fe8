"""Where the demo's stories come from, and on what terms."""

from datetime import timedelta
from typing import Any

from operations.clock import database_now, site_day
from translations.models import Licence, Permission, Publication, SourceWork


def load_sources(world: dict[str, Any]) -> dict[str, SourceWork]:
    """The outside works that stories were taken from, by the slug that the files use."""
    licences = {row["slug"]: Licence.objects.create(**row) for row in world["licences"]}
    outlets = {
        row["slug"]: Publication.objects.create(
            **row | {"licence": licences[row["licence"]] if "licence" in row else None}
        )
        for row in world["publications"]
    }
    works = {}
    for row in world["sources"]:
        fields = {key: value for key, value in row.items() if key not in ("slug", "publication")}
        works[row["slug"]] = SourceWork.objects.create(
            publication=outlets[row["publication"]], **fields
        )
    for row in world["permissions"]:
        _load_permission(row, outlets, works)
    return works


def _load_permission(
    row: dict[str, Any], outlets: dict[str, Publication], works: dict[str, SourceWork]
) -> None:
    named = ("publication", "source", "ends_in_days")
    fields = {key: value for key, value in row.items() if key not in named}
    if days := row.get("ends_in_days"):
        fields["ends_on"] = site_day(database_now()) + timedelta(days=days)
    permission = Permission(
        publication=outlets[row["publication"]] if "publication" in row else None,
        source_work=works[row["source"]] if "source" in row else None,
        **fields,
    )
    permission.full_clean()
    permission.save()
