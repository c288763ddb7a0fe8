from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("throttling", "0002_counters_are_unlogged"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name_plural": "kept"},
        ),
        migrations.RunSQL(
            "ALTER TABLE throttling_kept SET UNLOGGED", "ALTER TABLE throttling_kept SET LOGGED"
        ),
    ]
