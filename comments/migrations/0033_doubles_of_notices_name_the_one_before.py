"""Of the same notices that wait, each later one names the one before it, and so is the same no more.

It keeps its reference, which was mailed, and waits: nothing is answered in the name of nobody.
"""

from django.db import migrations

NAME_IT = """
UPDATE comments_notice notice SET why = why || E'\\n\\n[= ' || same.before || ']'
FROM (
    SELECT id, lag(reference) OVER (PARTITION BY address, why, name, email ORDER BY id) AS before
    FROM comments_notice WHERE answered_at IS NULL
) same
WHERE same.id = notice.id AND same.before IS NOT NULL
"""
NAME_NONE = r"UPDATE comments_notice SET why = regexp_replace(why, '\n\n\[= [2-9A-Z]{10}\]$', '')"


class Migration(migrations.Migration):
    dependencies = [("comments", "0032_words_of_appeals_go")]
    operations = [migrations.RunSQL(NAME_IT, NAME_NONE)]
