"""An article is found by the name of the outlet that it came from."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION translations_write_outlets_of(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM articles_searchtext WHERE article_id = ANY (ids) ORDER BY article_id FOR UPDATE;
    UPDATE articles_searchtext AS found SET outlets = coalesce((
        SELECT outlet.name FROM translations_attribution AS credit
        JOIN translations_sourcework AS work ON work.id = credit.source_work_id
        JOIN translations_publication AS outlet ON outlet.id = work.publication_id
        WHERE credit.article_id = found.article_id
    ), '') WHERE article_id = ANY (ids);
END $$;

CREATE FUNCTION translations_write_outlets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    IF TG_TABLE_NAME = 'translations_attribution' THEN
        ids := ARRAY[CASE TG_OP WHEN 'DELETE' THEN OLD.article_id ELSE NEW.article_id END];
    ELSIF TG_TABLE_NAME = 'translations_sourcework' THEN
        ids := ARRAY(SELECT article_id FROM translations_attribution WHERE source_work_id = NEW.id);
    ELSE
        ids := ARRAY(
            SELECT credit.article_id FROM translations_attribution AS credit
            JOIN translations_sourcework AS work ON work.id = credit.source_work_id
            WHERE work.publication_id = NEW.id
        );
    END IF;
    PERFORM translations_write_outlets_of(ids);
    RETURN NULL;
END $$;
CREATE TRIGGER attribution_names_an_outlet AFTER INSERT ON translations_attribution
    FOR EACH ROW WHEN (NEW.source_work_id IS NOT NULL)
    EXECUTE FUNCTION translations_write_outlets();
CREATE TRIGGER attribution_names_another_outlet AFTER UPDATE OF source_work_id
    ON translations_attribution
    FOR EACH ROW WHEN (OLD.source_work_id IS DISTINCT FROM NEW.source_work_id)
    EXECUTE FUNCTION translations_write_outlets();
CREATE TRIGGER attribution_names_no_outlet AFTER DELETE ON translations_attribution
    FOR EACH ROW WHEN (OLD.source_work_id IS NOT NULL)
    EXECUTE FUNCTION translations_write_outlets();
CREATE TRIGGER source_work_has_another_outlet AFTER UPDATE OF publication_id
    ON translations_sourcework
    FOR EACH ROW WHEN (OLD.publication_id IS DISTINCT FROM NEW.publication_id)
    EXECUTE FUNCTION translations_write_outlets();
CREATE TRIGGER publication_has_another_name AFTER UPDATE OF name ON translations_publication
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION translations_write_outlets();
SELECT translations_write_outlets_of(ARRAY(SELECT article_id FROM translations_attribution));
"""
BACKWARD = """
DROP TRIGGER publication_has_another_name ON translations_publication;
DROP TRIGGER source_work_has_another_outlet ON translations_sourcework;
DROP TRIGGER attribution_names_no_outlet ON translations_attribution;
DROP TRIGGER attribution_names_another_outlet ON translations_attribution;
DROP TRIGGER attribution_names_an_outlet ON translations_attribution;
DROP FUNCTION translations_write_outlets();
DROP FUNCTION translations_write_outlets_of(bigint[]);
UPDATE articles_searchtext SET outlets = '' WHERE outlets <> '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("translations", "0010_say_whose_licence_holds"),
        ("articles", "0020_articles_are_searched"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
