"""A published revision is never changed or deleted, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION articles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER revision_is_append_only BEFORE UPDATE OR DELETE ON articles_revision
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
"""
BACKWARD = """
DROP TRIGGER revision_is_append_only ON articles_revision;
DROP FUNCTION articles_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
