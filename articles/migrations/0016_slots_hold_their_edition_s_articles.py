"""A slot is filled from its own edition, whoever writes it.

A draft may still change its language afterwards; the desk's list of slots then says so.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION articles_refuse_foreign_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_article WHERE id = NEW.article_id AND language = NEW.language
    ) THEN
        RAISE EXCEPTION 'article % is of another edition', NEW.article_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_holds_an_article_of_its_edition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slot_holds_an_article_of_its_edition
    BEFORE INSERT OR UPDATE OF language, article_id ON articles_slot
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_foreign_edition();
"""
BACKWARD = """
DROP TRIGGER slot_holds_an_article_of_its_edition ON articles_slot;
DROP FUNCTION articles_refuse_foreign_edition();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_preview_links_fit_their_article")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
