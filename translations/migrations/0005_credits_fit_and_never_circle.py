"""Credits fit their articles and sources and never go in a circle; logs are append-only.

Circles are looked for under a lock of their own: two credits that are committed at once, each
naming the other's article, would not see each other.
"""

from django.db import migrations

CHECK = """
CREATE OR REPLACE FUNCTION translations_check_credits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_TABLE_NAME = 'translations_attribution' THEN
        touched := ARRAY[NEW.id];
        PERFORM FROM articles_article
            WHERE id IN (NEW.article_id, NEW.source_article_id) ORDER BY id FOR SHARE;
        PERFORM FROM translations_sourcework WHERE id = NEW.source_work_id FOR SHARE;
    ELSIF TG_TABLE_NAME = 'articles_article' THEN
        touched := ARRAY(SELECT id FROM translations_attribution
            WHERE article_id = NEW.id OR source_article_id = NEW.id);
    ELSE
        touched := ARRAY(SELECT id FROM translations_attribution WHERE source_work_id = NEW.id);
    END IF;
    IF EXISTS (
        SELECT FROM translations_attribution AS credit
        JOIN articles_article AS article ON article.id = credit.article_id
        LEFT JOIN articles_article AS source ON source.id = credit.source_article_id
        LEFT JOIN translations_sourcework AS work ON work.id = credit.source_work_id
        LEFT JOIN articles_revision AS revision ON revision.id = credit.source_revision_id
        LEFT JOIN translations_sourcetext AS text ON text.id = credit.source_text_id
        WHERE credit.id = ANY (touched) AND (
            credit.origin = 'translation' AND source.story_id <> article.story_id
            OR credit.origin = 'translation'
                AND article.language = coalesce(source.language, work.language)
            OR credit.origin IN ('republication', 'co-publication')
                AND split_part(article.language, '-', 1) <> split_part(work.language, '-', 1)
            OR revision.article_id <> credit.source_article_id
            OR text.source_work_id <> credit.source_work_id
        )
    ) THEN
        RAISE EXCEPTION 'a credit does not fit its article''s story or language'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attribution_fits_its_article';
    END IF;
    IF TG_TABLE_NAME <> 'translations_attribution' THEN
        RETURN NULL;
    END IF;
    IF NEW.source_article_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('translations.circles'));
        IF EXISTS (
            WITH RECURSIVE above (id) AS (
                SELECT NEW.source_article_id
                UNION
                SELECT credit.source_article_id FROM translations_attribution AS credit
                JOIN above ON above.id = credit.article_id
                WHERE credit.source_article_id IS NOT NULL
            )
            SELECT FROM above WHERE id = NEW.article_id
        ) THEN
            RAISE EXCEPTION 'a credit''s source was itself made from the article'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'attribution_is_not_circular';
        END IF;
    END IF;
    RETURN NULL;
END $$;
"""
LOGS = """
CREATE TRIGGER source_text_is_append_only BEFORE UPDATE OR DELETE ON translations_sourcetext
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
CREATE TRIGGER reconciliation_is_append_only BEFORE UPDATE OR DELETE ON translations_reconciliation
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
"""
BACK_LOGS = """
DROP TRIGGER reconciliation_is_append_only ON translations_reconciliation;
DROP TRIGGER source_text_is_append_only ON translations_sourcetext;
"""
CHECK_BEFORE = """
CREATE OR REPLACE FUNCTION translations_check_credits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_TABLE_NAME = 'translations_attribution' THEN
        touched := ARRAY[NEW.id];
        PERFORM FROM articles_article
            WHERE id IN (NEW.article_id, NEW.source_article_id) ORDER BY id FOR SHARE;
        PERFORM FROM translations_sourcework WHERE id = NEW.source_work_id FOR SHARE;
    ELSIF TG_TABLE_NAME = 'articles_article' THEN
        touched := ARRAY(SELECT id FROM translations_attribution
            WHERE article_id = NEW.id OR source_article_id = NEW.id);
    ELSE
        touched := ARRAY(SELECT id FROM translations_attribution WHERE source_work_id = NEW.id);
    END IF;
    IF EXISTS (
        SELECT FROM translations_attribution AS credit
        JOIN articles_article AS article ON article.id = credit.article_id
        LEFT JOIN articles_article AS source ON source.id = credit.source_article_id
        LEFT JOIN translations_sourcework AS work ON work.id = credit.source_work_id
        WHERE credit.id = ANY (touched) AND (
            source.story_id <> article.story_id
            OR credit.origin = 'translation'
                AND article.language = coalesce(source.language, work.language)
            OR credit.origin = 'republication'
                AND split_part(article.language, '-', 1) <> split_part(work.language, '-', 1)
        )
    ) THEN
        RAISE EXCEPTION 'a credit does not fit its article''s story or language'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attribution_fits_its_article';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("translations", "0004_sources_terms_and_work")]
    operations = [migrations.RunSQL(CHECK, CHECK_BEFORE), migrations.RunSQL(LOGS, BACK_LOGS)]
