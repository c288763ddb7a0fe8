"""A credit fits its article's story and language, whichever of the rows is changed.

Deferred to the commit, because one form may change an article's language and its credit. The
share locks make a change of language and a new credit wait for each other.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION translations_check_credits() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER attribution_fits_its_article
    AFTER INSERT OR UPDATE ON translations_attribution DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION translations_check_credits();
CREATE CONSTRAINT TRIGGER article_fits_its_credits
    AFTER UPDATE ON articles_article DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.language <> NEW.language OR OLD.story_id <> NEW.story_id)
    EXECUTE FUNCTION translations_check_credits();
CREATE CONSTRAINT TRIGGER source_work_fits_its_credits
    AFTER UPDATE ON translations_sourcework DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.language <> NEW.language)
    EXECUTE FUNCTION translations_check_credits();
"""
BACKWARD = """
DROP TRIGGER source_work_fits_its_credits ON translations_sourcework;
DROP TRIGGER article_fits_its_credits ON articles_article;
DROP TRIGGER attribution_fits_its_article ON translations_attribution;
DROP FUNCTION translations_check_credits();
"""


class Migration(migrations.Migration):
    dependencies = [("translations", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
