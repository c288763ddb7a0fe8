"""What names a revision is of the revision's own article, whoever writes it."""

from django.db import migrations, models

TABLES = {"reviewentry": "revision_id", "autosave": "based_on_id", "revision": "based_on_id"}
REFERS = """
ALTER TABLE articles_{table} ADD CONSTRAINT {table}_names_a_revision_of_its_article
    FOREIGN KEY (article_id, {column}) REFERENCES articles_revision (article_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""
FORWARD = """
ALTER TABLE articles_revision ADD CONSTRAINT revision_is_of_its_article UNIQUE (article_id, id);
""" + "".join(REFERS.format(table=table, column=column) for table, column in TABLES.items())
BACKWARD = (
    "".join(
        f"ALTER TABLE articles_{table} DROP CONSTRAINT {table}_names_a_revision_of_its_article;"
        for table in TABLES
    )
    + "ALTER TABLE articles_revision DROP CONSTRAINT revision_is_of_its_article;"
)


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_a_form_adds_one_article")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddConstraint(
            model_name="autosave",
            constraint=models.CheckConstraint(
                condition=models.Q(article__isnull=False) | models.Q(based_on=None),
                name="autosave_of_no_article_is_based_on_nothing",
            ),
        ),
    ]
