"""What was said of a text stays as it was said; a revision changes nothing but its label."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER review_is_append_only BEFORE UPDATE ON articles_reviewentry
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
CREATE CONSTRAINT TRIGGER review_goes_with_its_article
    AFTER DELETE ON articles_reviewentry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION articles_keep_drafts();
DROP TRIGGER revision_is_append_only ON articles_revision;
CREATE TRIGGER revision_is_append_only BEFORE UPDATE ON articles_revision
    FOR EACH ROW WHEN (to_jsonb(OLD) - 'label' IS DISTINCT FROM to_jsonb(NEW) - 'label')
    EXECUTE FUNCTION articles_refuse_change();
"""
BACKWARD = """
DROP TRIGGER revision_is_append_only ON articles_revision;
CREATE TRIGGER revision_is_append_only BEFORE UPDATE ON articles_revision
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
DROP TRIGGER review_goes_with_its_article ON articles_reviewentry;
DROP TRIGGER review_is_append_only ON articles_reviewentry;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_slugs_never_die")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
