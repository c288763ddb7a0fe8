"""What readers were told of a mistake is never changed or deleted."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER correction_is_append_only BEFORE UPDATE OR DELETE ON articles_correction
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
"""
BACKWARD = "DROP TRIGGER correction_is_append_only ON articles_correction;"


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_corrections")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
