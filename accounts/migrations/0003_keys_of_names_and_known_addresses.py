from typing import Any

from django.db import migrations

from accounts.names import name_key, shown_name


def write(apps: Any, schema_editor: Any) -> None:
    """Of two with one name the first keeps it to themselves; nobody has to be renamed.

    Who could sign in before still can: their addresses were entered at the desk.
    """
    user, address = apps.get_model("accounts", "User"), apps.get_model("account", "EmailAddress")
    taken, proven = (
        set(),
        set(address.objects.filter(verified=True).values_list("email", flat=True)),
    )
    for person in user.objects.order_by("pk").iterator():
        key = name_key(shown_name(person.first_name, person.last_name, person.username))
        if key and key not in taken:
            taken.add(key)
            user.objects.filter(pk=person.pk).update(name_key=key)
        email = person.email.lower()
        if email and email not in proven:
            known = {"verified": True, "primary": True}
            address.objects.filter(user=person).exclude(email=email).update(primary=False)
            address.objects.update_or_create(user=person, email=email, defaults=known)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_are_told_apart"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
