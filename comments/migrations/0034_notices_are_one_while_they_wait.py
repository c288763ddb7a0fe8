import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0033_doubles_of_notices_name_the_one_before"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                models.F("address"),
                django.db.models.functions.text.MD5("why"),
                models.F("name"),
                models.F("email"),
                condition=models.Q(("answered_at", None)),
                name="notice_is_one_while_it_waits",
            ),
        ),
    ]
