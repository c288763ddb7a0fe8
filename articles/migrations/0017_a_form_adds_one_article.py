"""A form of a new article that is sent twice makes one article, and the database sees to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_slots_hold_their_edition_s_articles")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="form_digest",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=32
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("form_digest", ""), _negated=True),
                fields=("form_digest",),
                name="article_is_added_once_by_a_form",
            ),
        ),
    ]
