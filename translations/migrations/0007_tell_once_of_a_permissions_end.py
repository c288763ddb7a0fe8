import django.db.models.functions.datetime
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER permission_notice_is_append_only
    BEFORE UPDATE OR DELETE ON translations_permissionnotice
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
"""
BACK = "DROP TRIGGER permission_notice_is_append_only ON translations_permissionnotice;"


class Migration(migrations.Migration):
    dependencies = [
        ("translations", "0006_remember_by_which_permission"),
    ]

    operations = [
        migrations.CreateModel(
            name="PermissionNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("permission", models.PositiveBigIntegerField(verbose_name="permission")),
                ("ends_on", models.DateField(verbose_name="valid until")),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (30, "within 30 days"),
                            (7, "within 7 days"),
                            (1, "within a day"),
                            (0, "ended"),
                        ],
                        verbose_name="step",
                    ),
                ),
                (
                    "noticed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="told"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a permission's end",
                "verbose_name_plural": "notices of permissions' ends",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("permission", "ends_on", "step"),
                        name="permission_notice_is_given_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", [30, 7, 1, 0])),
                        name="permission_notice_step_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, BACK),
    ]
