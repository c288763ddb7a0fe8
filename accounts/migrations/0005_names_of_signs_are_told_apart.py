from typing import Any

from django.db import migrations

from accounts.names import LEFT, name_key, shown_name


def write(apps: Any, schema_editor: Any) -> None:
    """Who had no key because their name has no letters gets one, the first of a name."""
    user = apps.get_model("accounts", "User")
    without = user.objects.filter(name_key=None).exclude(username__startswith=LEFT)
    for person in without.order_by("pk"):
        key = name_key(shown_name(person.first_name, person.last_name, person.username))
        if key and not user.objects.filter(name_key=key).exists():
            user.objects.filter(pk=person.pk).update(name_key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_who_left_is_empty"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
