import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0027_authors_protect_their_stories"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=50, verbose_name="source")),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "imported comment",
                "verbose_name_plural": "imported comments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "key"), name="imported_comment_is_there_once"
                    )
                ],
            },
        ),
    ]
