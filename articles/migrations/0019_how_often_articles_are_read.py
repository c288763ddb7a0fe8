"""How often each article was read on each day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_revisions_stay_with_their_article"),
    ]

    operations = [
        migrations.CreateModel(
            name="Readership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_on", models.DateField(db_index=True, verbose_name="day")),
                ("readings", models.PositiveIntegerField(verbose_name="readings")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readership",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "readership",
                "verbose_name_plural": "readership",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "read_on"), name="readership_is_one_per_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("readings__gt", 0)), name="readership_is_of_a_reader"
                    ),
                ],
            },
        ),
    ]
