import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_find_the_next_moment"),
        ("translations", "0005_credits_fit_and_never_circle"),
    ]

    operations = [
        migrations.AddField(
            model_name="attribution",
            name="ends_otherwise_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="ends without the permission"
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="permission",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="translations.permission",
                verbose_name="published by permission",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_otherwise_at", None), ("permission__isnull", False), _connector="OR"
                ),
                name="attribution_ends_otherwise_than_with_a_permission",
            ),
        ),
    ]
