"""What schema.org says of the terms that a page uses."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

TERMS = json.loads((Path(__file__).parent / "terms.json").read_text())
TYPES, PROPERTIES, MEMBERS = TERMS["types"], TERMS["properties"], TERMS["members"]
DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")  # ISO 8601


def ancestors(kind: str) -> set[str]:
    """The type and all types above it."""
    return {kind}.union(*(ancestors(above) for above in TYPES[kind]))


def faults(value: Any) -> Iterator[str]:
    """Everything in the node that is no term, or stands where schema.org has no place for it."""
    kind = value.get("@type")
    if kind not in TYPES:
        yield f"no such type: {kind}"
        return
    for name, given in value.items():
        if name.startswith("@"):
            continue
        if name not in PROPERTIES:
            yield f"no such property: {name}"
        elif not ancestors(kind) & set(PROPERTIES[name]["domains"]):
            yield f"{kind} has no {name}"
        else:
            yield from _faults_of_values(name, given if isinstance(given, list) else [given])


def _faults_of_values(name: str, values: list[Any]) -> Iterator[str]:
    ranges = set(PROPERTIES[name]["ranges"])
    for each in values:
        if isinstance(each, dict):
            yield from faults(each)
            kinds = ancestors(each["@type"]) if each.get("@type") in TYPES else set()
        else:
            kinds = _kinds_of_literal(each)
        if not kinds & ranges:
            yield f"{name} is no {each!r}"


def _kinds_of_literal(value: Any) -> set[str]:
    """The data types, or the enumeration, that a literal can be."""
    if isinstance(value, bool):
        return {"Boolean"}
    if isinstance(value, int):
        return {"Integer", "Number"}
    if value.startswith("https://schema.org/"):
        return {MEMBERS.get(value.rpartition("/")[2], "")}
    kinds = {"Text"} if value else set()
    if value.startswith(("https://", "http://")):
        kinds.add("URL")
    if DURATION.fullmatch(value):
        kinds.add("Duration")
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return kinds
    return kinds | {"Date" if len(value) == 10 else "DateTime"}
