from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0010_reports_hold_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="allows_sign_up",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Readers may make themselves an account. Without it the desk alone makes accounts.",
                verbose_name="new members",
            ),
        ),
    ]
