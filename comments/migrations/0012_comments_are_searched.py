"""Every public comment has a row of the words that it is found by, and triggers keep them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION comments_search_text(html text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT articles_plain_text(regexp_replace(html, '<details[ >].*?</details>', ' … ', 'g'))
$$;

CREATE FUNCTION comments_keep_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM comments_searchtext WHERE comment_id = OLD.id;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.status = 'public' THEN
        INSERT INTO comments_searchtext (comment_id, text, words)
        SELECT NEW.id, plain, articles_search_vector(NEW.language, plain)
        FROM comments_search_text(NEW.html) AS plain;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comment_is_searched AFTER INSERT ON comments_comment
    FOR EACH ROW WHEN (NEW.status = 'public') EXECUTE FUNCTION comments_keep_search_text();
CREATE TRIGGER comment_is_searched_anew AFTER UPDATE OF status, html, language ON comments_comment
    FOR EACH ROW WHEN (
        (OLD.status, OLD.html, OLD.language) IS DISTINCT FROM (NEW.status, NEW.html, NEW.language)
    ) EXECUTE FUNCTION comments_keep_search_text();
CREATE TRIGGER comment_is_not_searched BEFORE DELETE ON comments_comment
    FOR EACH ROW EXECUTE FUNCTION comments_keep_search_text();

INSERT INTO comments_searchtext (comment_id, text, words)
SELECT id, plain, articles_search_vector(language, plain)
FROM comments_comment, comments_search_text(html) AS plain
WHERE status = 'public';
"""
BACKWARD = """
DROP TRIGGER comment_is_not_searched ON comments_comment;
DROP TRIGGER comment_is_searched_anew ON comments_comment;
DROP TRIGGER comment_is_searched ON comments_comment;
DROP FUNCTION comments_keep_search_text();
DROP FUNCTION comments_search_text(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_articles_are_searched"),
        ("comments", "0011_answered_questions_stay"),
    ]
    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="comments.comment",
                    ),
                ),
                ("text", models.TextField(editable=False)),
                ("words", django.contrib.postgres.search.SearchVectorField(editable=False)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="comment_search_text_words"
            ),
        ),
    ]
