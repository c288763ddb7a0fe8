"""Revisions were all published until now, and the new column's first default says so."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_find_the_next_moment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="kind",
            field=models.CharField(
                choices=[("draft", "draft"), ("published", "published")],
                default="published",
                max_length=9,
                verbose_name="kind",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="revision",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                help_text="The revision whose text this one began from.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="articles.revision",
                verbose_name="based on",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="created_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), verbose_name="saved"
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="saved by",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["draft", "published"])),
                name="revision_kind_is_known",
            ),
        ),
    ]
