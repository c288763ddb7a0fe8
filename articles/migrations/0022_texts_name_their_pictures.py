"""An index finds the articles whose text names a picture: their texts need not be read for it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION articles_pictures_named(html text) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(
        SELECT (regexp_matches(html, '/images/([1-9][0-9]{0,17})/', 'g'))[1]::bigint
    )
$$;
"""
BACKWARD = "DROP FUNCTION articles_pictures_named(text);"


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_found_texts_are_ready_to_be_marked")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    "body",
                    function="articles_pictures_named",
                    output_field=django.contrib.postgres.fields.ArrayField(
                        models.BigIntegerField()
                    ),
                ),
                name="article_pictures_named",
            ),
        ),
    ]
