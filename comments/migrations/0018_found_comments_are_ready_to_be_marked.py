"""As of articles: the text of a comment that is found is kept as it is marked."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION comments_tidy_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.text := articles_search_visible(NEW.text);
    RETURN NEW;
END $$;
CREATE TRIGGER search_text_is_tidied BEFORE INSERT OR UPDATE ON comments_searchtext
    FOR EACH ROW EXECUTE FUNCTION comments_tidy_search_text();

UPDATE comments_searchtext SET text = text WHERE text <> articles_search_visible(text);
"""
BACKWARD = """
DROP TRIGGER search_text_is_tidied ON comments_searchtext;
DROP FUNCTION comments_tidy_search_text();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_found_texts_are_ready_to_be_marked"),
        ("comments", "0017_closed_is_no_flag"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
