"""The text of what is found is kept with composed letters and without what nobody sees.

It was made so each time that it was marked, which took as long as marking it.
"""

from django.db import migrations

# of functions that others call, so that these stay as they are
VISIBLE = """
CREATE FUNCTION articles_search_visible(text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT normalize(translate(text, U&'\\00AD\\200B\\2060\\FEFF', ''), NFC)
$$;

CREATE FUNCTION articles_search_lowered(language text, text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN split_part(language, '-', 1) IN ('tr', 'az')
        THEN translate(text, 'Iİ', 'ıi') ELSE text END
$$;

CREATE OR REPLACE FUNCTION articles_search_tidied(language text, text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT articles_search_lowered(language, articles_search_visible(text))
$$;
"""
NOT_VISIBLE = """
CREATE OR REPLACE FUNCTION articles_search_tidied(language text, text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN split_part(language, '-', 1) IN ('tr', 'az')
        THEN translate(plain, 'Iİ', 'ıi') ELSE plain END
    FROM (SELECT normalize(translate(text, U&'\\00AD\\200B\\2060\\FEFF', ''), NFC)) tidied (plain)
$$;

DROP FUNCTION articles_search_lowered(text, text);
DROP FUNCTION articles_search_visible(text);
"""
# by its name after the one that makes the row, and so behind it
KEPT = """
CREATE FUNCTION articles_tidy_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.text := articles_search_visible(NEW.text);
    RETURN NEW;
END $$;
CREATE TRIGGER search_text_is_tidied BEFORE INSERT OR UPDATE ON articles_searchtext
    FOR EACH ROW EXECUTE FUNCTION articles_tidy_search_text();

UPDATE articles_searchtext SET outlets = outlets WHERE text <> articles_search_visible(text);
"""
NOT_KEPT = """
DROP TRIGGER search_text_is_tidied ON articles_searchtext;
DROP FUNCTION articles_tidy_search_text();
UPDATE articles_searchtext SET outlets = outlets;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_articles_are_searched")]
    operations = [
        migrations.RunSQL(VISIBLE, NOT_VISIBLE),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
