"""Translators may say of what is public that they have compared it with its source."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("translations", "0007_tell_once_of_a_permissions_end"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="attribution",
            options={
                "permissions": [
                    ("reconcile_attribution", "Can say that a translation was compared")
                ],
                "verbose_name": "credit",
                "verbose_name_plural": "credits",
            },
        ),
    ]
