"""Writes the keys of the names that bylines have already. Again: the same."""

from itertools import batched
from typing import Any

from django.db import migrations

from accounts.names import name_key

A_BATCH = 500


def write(apps: Any, schema_editor: Any) -> None:
    people = apps.get_model("articles", "Contributor").objects.order_by("pk")
    for batch in batched(people.only("names").iterator(A_BATCH), A_BATCH):
        for person in batch:
            person.name_keys = sorted({name_key(name) for name in person.names.values()} - {""})
        people.bulk_update(batch, ["name_keys"])
    lines = apps.get_model("articles", "Contribution").objects.exclude(credited_as="")
    named = lines.order_by("pk").only("credited_as")
    for batch in batched(named.iterator(A_BATCH), A_BATCH):
        for line in batch:
            line.credited_key = name_key(line.credited_as)
        named.bulk_update(batch, ["credited_key"])


class Migration(migrations.Migration):
    atomic = False  # each batch by itself: no byline waits, and a second run does the rest

    dependencies = [
        ("articles", "0024_names_of_bylines_have_keys"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
