"""Counters write no WAL: they are worth nothing after ten minutes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("throttling", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE throttling_counter SET UNLOGGED",
            "ALTER TABLE throttling_counter SET LOGGED",
        )
    ]
