"""Names in bylines are found by their keys: guests and members are refused them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

import accounts.names

# The accounts, mostly null, of whom a byline that is or was public calls by the name of this key.
# What no reader has seen yet keeps no name, nor does one behind a pseudonym: who is refused it
# would learn that the paper knows such a person. PL/pgSQL keeps the plan on each connection.
BEARERS = """
CREATE FUNCTION articles_bearers_of(key text) RETURNS TABLE (account bigint)
LANGUAGE plpgsql STABLE STRICT ROWS 1 AS $$
BEGIN
    RETURN QUERY SELECT person.user_id FROM articles_contributor person
        WHERE person.name_keys @> ARRAY[key] AND EXISTS (
            SELECT FROM articles_contribution line
            JOIN articles_article article ON article.id = line.article_id
            WHERE line.contributor_id = person.id AND line.credited_as = ''
            AND article.status <> 'draft' AND article.publish_at <= statement_timestamp()
        );
    RETURN QUERY SELECT person.user_id FROM articles_contribution line
        JOIN articles_contributor person ON person.id = line.contributor_id
        JOIN articles_article article ON article.id = line.article_id
        WHERE line.credited_key = key AND line.credited_key <> ''
        AND article.status <> 'draft' AND article.publish_at <= statement_timestamp();
END $$;
"""
NO_BEARERS = "DROP FUNCTION articles_bearers_of(text);"


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_stories_make_series"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="credited_key",
            field=accounts.names.NameKeyField(
                blank=True, db_default="", editable=False, max_length=600, of="credited_as"
            ),
        ),
        migrations.AddField(
            model_name="contributor",
            name="name_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, editable=False
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("credited_key", ""), _negated=True),
                fields=["credited_key"],
                name="contribution_by_credited_name",
            ),
        ),
        migrations.AddIndex(
            model_name="contributor",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["name_keys"], name="contributor_by_name"
            ),
        ),
        migrations.RunSQL(BEARERS, NO_BEARERS),
    ]
