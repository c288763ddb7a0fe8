"""Only the database can promise that nobody is mailed twice because a row was taken away."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION comments_refuse_send_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER send_log_is_append_only BEFORE UPDATE OR DELETE ON comments_sendlog
    FOR EACH ROW EXECUTE FUNCTION comments_refuse_send_log_change();
"""
ANYTHING_GOES = """
DROP TRIGGER send_log_is_append_only ON comments_sendlog;
DROP FUNCTION comments_refuse_send_log_change();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_followers_are_told_by_mail")]
    operations = [migrations.RunSQL(APPEND_ONLY, ANYTHING_GOES)]
