"""No revision is changed, no published one goes, and drafts go only together with their article.

Backwards the drafts are removed: without their kind they would look published.
"""

from django.db import migrations

FORWARD = """
DROP TRIGGER revision_is_append_only ON articles_revision;
CREATE TRIGGER revision_is_append_only BEFORE UPDATE ON articles_revision
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
CREATE TRIGGER revision_stays_once_published BEFORE DELETE ON articles_revision
    FOR EACH ROW WHEN (OLD.kind = 'published') EXECUTE FUNCTION articles_refuse_change();
CREATE FUNCTION articles_keep_drafts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_article WHERE id = OLD.article_id) THEN
        RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER revision_goes_with_its_article
    AFTER DELETE ON articles_revision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION articles_keep_drafts();
"""
BACKWARD = """
DROP TRIGGER revision_goes_with_its_article ON articles_revision;
DROP FUNCTION articles_keep_drafts();
DROP TRIGGER revision_stays_once_published ON articles_revision;
DROP TRIGGER revision_is_append_only ON articles_revision;
UPDATE articles_revision SET based_on_id = NULL WHERE based_on_id IS NOT NULL;
DELETE FROM articles_revision WHERE kind = 'draft';
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER revision_is_append_only BEFORE UPDATE OR DELETE ON articles_revision
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_revisions_may_be_drafts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
