import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0025_reports_weigh"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="flag",
            name="flag_is_open_or_closed",
        ),
        migrations.AddField(
            model_name="flag",
            name="decision",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="comments.moderationentry",
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="told",
            field=models.CharField(
                blank=True,
                choices=[
                    ("upheld", "The comment was taken away."),
                    ("dismissed", "The comment stays."),
                    ("erased", "The comment was deleted by its writer."),
                ],
                editable=False,
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("decision", None), ("outcome", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("outcome__in", ["upheld", "dismissed", "erased"]),
                    ),
                    _connector="OR",
                ),
                name="flag_is_open_or_closed",
            ),
        ),
    ]
