from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0011_readers_may_sign_up"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="sitesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("editions__len__gt", 0)), name="site_settings_has_an_edition"
            ),
        ),
    ]
