from typing import Any

from django.db import migrations

from accounts.names import name_key, shown_name

NEW = "βζημɑɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"


def write(apps: Any, schema_editor: Any) -> None:
    """Whose name looks like another's only now has no key, as others before it was kept (0003)."""
    user = apps.get_model("accounts", "User")
    for person in user.objects.filter(name_key__regex=f"[{NEW}]").order_by("pk").iterator():
        key = name_key(shown_name(person.first_name, person.last_name, person.username))
        is_free = not user.objects.filter(name_key=key).exists()
        user.objects.filter(pk=person.pk).update(name_key=key if is_free else None)


class Migration(migrations.Migration):
    atomic = False  # each row by itself: nobody waits to sign in, and a second run does the rest

    dependencies = [
        ("accounts", "0006_sessions_know_whose_they_are"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
