"""Every article has a row of the words that it is found by, and triggers keep them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# `tidied`: composed letters, and nothing invisible that parts a word. In Turkish the capital of i
# has a dot, and ı is the small letter of I: PostgreSQL would ask its own locale.
FUNCTIONS = """
CREATE FUNCTION articles_search_config(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE split_part(language, '-', 1)
        WHEN 'ar' THEN 'arabic' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german'
        WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish'
        WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'hu' THEN 'hungarian'
        WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian'
        WHEN 'nb' THEN 'norwegian' WHEN 'nn' THEN 'norwegian' WHEN 'nl' THEN 'dutch'
        WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian'
        WHEN 'sv' THEN 'swedish' WHEN 'tr' THEN 'turkish' ELSE 'simple'
    END::regconfig
$$;

CREATE FUNCTION articles_search_tidied(language text, text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN split_part(language, '-', 1) IN ('tr', 'az')
        THEN translate(plain, 'Iİ', 'ıi') ELSE plain END
    FROM (SELECT normalize(translate(text, U&'\\00AD\\200B\\2060\\FEFF', ''), NFC)) tidied (plain)
$$;

-- PostgreSQL refuses the words of more than a megabyte
CREATE FUNCTION articles_search_vector(language text, text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector(
        articles_search_config(language), articles_search_tidied(language, left(text, 200000))
    )
$$;

CREATE FUNCTION articles_search_query(language text, words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery(
        articles_search_config(language), articles_search_tidied(language, words)
    )
$$;

-- of cleaned HTML; elements within a line part no words
CREATE FUNCTION articles_plain_text(html text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(replace(replace(btrim(
        regexp_replace(
            regexp_replace(
                translate(replace(html, '<span class="footnote">', ' '), U&'\\0002\\0003', ''),
                '</?(a|b|bdi|bdo|code|em|i|s|span|strong|u)(\\s[^>"]*("[^"]*"[^>"]*)*)?>', '', 'g'
            ),
            '(<[^>"]*("[^"]*"[^>"]*)*>|\\s)+', ' ', 'g'
        )
    ), '&nbsp;', U&'\\00A0'), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&')
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION articles_plain_text(text);
DROP FUNCTION articles_search_query(text, text);
DROP FUNCTION articles_search_vector(text, text);
DROP FUNCTION articles_search_tidied(text, text);
DROP FUNCTION articles_search_config(text);
"""
TRIGGERS = """
CREATE FUNCTION articles_make_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its articles_article;
    byline text;
    body text;
BEGIN
    SELECT * INTO its FROM articles_article WHERE id = NEW.article_id;
    IF NOT FOUND THEN
        RETURN NULL;  -- it is being deleted
    END IF;
    -- as readers see the names: one with a pseudonym is not found by the person's
    SELECT string_agg(coalesce(
        nullif(line.credited_as, ''), person.names ->> its.language, person.names ->> 'en',
        (SELECT min(value) FROM jsonb_each_text(person.names))
    ), ', ' ORDER BY line.position, line.id) INTO byline
    FROM articles_contribution AS line JOIN articles_contributor AS person
        ON person.id = line.contributor_id
    WHERE line.article_id = its.id;
    body := articles_plain_text(its.body);
    NEW.text := btrim(its.standfirst || ' ' || body);
    NEW.words := setweight(articles_search_vector(its.language, its.headline), 'A')
        || setweight(
            articles_search_vector(its.language, its.kicker || ' . ' || its.standfirst), 'B'
        )
        || setweight(articles_search_vector(its.language, body), 'C')
        || setweight(
            articles_search_vector(its.language, concat_ws(' . ', byline, NEW.outlets)), 'D'
        );
    RETURN NEW;
END $$;
CREATE TRIGGER search_text_is_made BEFORE INSERT OR UPDATE ON articles_searchtext
    FOR EACH ROW EXECUTE FUNCTION articles_make_search_text();

CREATE FUNCTION articles_add_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_searchtext (article_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER article_is_searched AFTER INSERT ON articles_article
    FOR EACH ROW EXECUTE FUNCTION articles_add_search_text();

-- always in the same order: two who rename people of the same articles follow each other
CREATE FUNCTION articles_renew_search_texts(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM articles_searchtext WHERE article_id = ANY (ids) ORDER BY article_id FOR UPDATE;
    UPDATE articles_searchtext SET outlets = outlets WHERE article_id = ANY (ids);
END $$;

CREATE FUNCTION articles_renew_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'articles_article' THEN
        PERFORM articles_renew_search_texts(ARRAY[NEW.id]);
    ELSIF TG_TABLE_NAME = 'articles_contributor' THEN
        PERFORM articles_renew_search_texts(ARRAY(
            SELECT article_id FROM articles_contribution
            WHERE contributor_id = NEW.id AND credited_as = ''
        ));
    ELSE
        PERFORM articles_renew_search_texts(ARRAY(SELECT DISTINCT article_id FROM changed));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER article_is_searched_anew
    AFTER UPDATE OF language, kicker, headline, standfirst, body ON articles_article
    FOR EACH ROW WHEN (
        (OLD.language, OLD.kicker, OLD.headline, OLD.standfirst, OLD.body)
        IS DISTINCT FROM (NEW.language, NEW.kicker, NEW.headline, NEW.standfirst, NEW.body)
    ) EXECUTE FUNCTION articles_renew_search_text();
CREATE TRIGGER contributor_is_searched_anew AFTER UPDATE OF names ON articles_contributor
    FOR EACH ROW WHEN (OLD.names IS DISTINCT FROM NEW.names)
    EXECUTE FUNCTION articles_renew_search_text();
CREATE TRIGGER contribution_is_searched AFTER INSERT ON articles_contribution
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION articles_renew_search_text();
CREATE TRIGGER contribution_is_searched_anew AFTER UPDATE ON articles_contribution
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION articles_renew_search_text();
CREATE TRIGGER contribution_is_not_searched AFTER DELETE ON articles_contribution
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION articles_renew_search_text();
INSERT INTO articles_searchtext (article_id) SELECT id FROM articles_article;
"""
NO_TRIGGERS = """
DROP TRIGGER contribution_is_not_searched ON articles_contribution;
DROP TRIGGER contribution_is_searched_anew ON articles_contribution;
DROP TRIGGER contribution_is_searched ON articles_contribution;
DROP TRIGGER contributor_is_searched_anew ON articles_contributor;
DROP TRIGGER article_is_searched_anew ON articles_article;
DROP FUNCTION articles_renew_search_text();
DROP FUNCTION articles_renew_search_texts(bigint[]);
DROP TRIGGER article_is_searched ON articles_article;
DROP FUNCTION articles_add_search_text();
DROP TRIGGER search_text_is_made ON articles_searchtext;
DROP FUNCTION articles_make_search_text();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_how_often_articles_are_read")]
    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("outlets", models.TextField(blank=True, db_default="")),
                ("text", models.TextField(editable=False)),
                ("words", django.contrib.postgres.search.SearchVectorField(editable=False)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="search_text_words"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("status", "published")),
                fields=["headline"],
                name="article_headline_trigrams",
                opclasses=["gin_trgm_ops"],
            ),
        ),
    ]
