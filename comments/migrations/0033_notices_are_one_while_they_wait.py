import django.db.models.functions.text
from django.db import migrations, models

# Of the same words that wait, the first stay; the index refuses to be made over doubles.
FIRST_ALONE = """
DELETE FROM comments_notice later USING comments_notice first
WHERE first.id < later.id AND first.answered_at IS NULL AND later.answered_at IS NULL
    AND (first.address, first.why, first.name, first.email)
        = (later.address, later.why, later.name, later.email)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0032_words_of_appeals_go"),
    ]

    operations = [
        migrations.RunSQL(FIRST_ALONE, migrations.RunSQL.noop),
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
