"""An answer is given once, and a lifting is about what lasts of the same person."""

from django.db import migrations

# What refuses a change was named for the first table that it guarded.
NAMED, NAMED_BEFORE = (
    "ALTER FUNCTION comments_refuse_send_log_change() RENAME TO comments_refuse_change",
    "ALTER FUNCTION comments_refuse_change() RENAME TO comments_refuse_send_log_change",
)
LIFTING = """
CREATE FUNCTION comments_check_lifting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comments_sanction lifted
        WHERE lifted.id = NEW.lifts_id AND lifted.person = NEW.person
            AND lifted.measure IN ('hold', 'suspend', 'ban')
    ) THEN
        RAISE EXCEPTION 'only what lasts is lifted, of the same person'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sanction_lifts_what_lasts BEFORE INSERT ON comments_sanction
    FOR EACH ROW WHEN (NEW.lifts_id IS NOT NULL) EXECUTE FUNCTION comments_check_lifting();
"""
ANY_LIFTING = """
DROP TRIGGER sanction_lifts_what_lasts ON comments_sanction;
DROP FUNCTION comments_check_lifting();
"""
# A report may wait again: an undoing lets it.
ANSWERS = """
CREATE FUNCTION comments_refuse_another_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% are answered once', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER notice_is_answered_once BEFORE UPDATE ON comments_notice
    FOR EACH ROW WHEN (
        OLD.answer <> '' AND (NEW.answer, NEW.answered_by_id, NEW.answered_at)
            IS DISTINCT FROM (OLD.answer, OLD.answered_by_id, OLD.answered_at)
    )
    EXECUTE FUNCTION comments_refuse_another_answer('notices');
CREATE TRIGGER flag_is_answered_once BEFORE UPDATE ON comments_flag
    FOR EACH ROW WHEN (OLD.outcome <> '' AND NEW.outcome NOT IN (OLD.outcome, ''))
    EXECUTE FUNCTION comments_refuse_another_answer('reports');
"""
ANY_ANSWERS = """
DROP TRIGGER flag_is_answered_once ON comments_flag;
DROP TRIGGER notice_is_answered_once ON comments_notice;
DROP FUNCTION comments_refuse_another_answer();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0035_notes_of_the_desk_are_plain")]
    operations = [
        migrations.RunSQL(NAMED, NAMED_BEFORE),
        migrations.RunSQL(LIFTING, ANY_LIFTING),
        migrations.RunSQL(ANSWERS, ANY_ANSWERS),
    ]
