"""Of an appeal the answer comes once, the words may go, and all else stays as it is."""

from importlib import import_module

from django.db import migrations

before = import_module("comments.migrations.0031_whoever_decided_since_answers_no_appeal")
GUARD = """
CREATE OR REPLACE FUNCTION comments_guard_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.answer = '' AND EXISTS (SELECT FROM comments_comment comment
            WHERE comment.id = OLD.comment_id AND comment.status = 'erased')
        THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'an appeal goes with its comment alone, and answered it stays'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.text NOT IN (OLD.text, '')
            OR (NEW.comment_id, NEW.entry_id, NEW.language, NEW.created_at)
                <> (OLD.comment_id, OLD.entry_id, OLD.language, OLD.created_at)
        THEN
            RAISE EXCEPTION 'what an appeal asks stays as it is'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.answer <> '' THEN
            IF (NEW.answer, NEW.note, NEW.decided_by_id, NEW.decided_at)
                IS DISTINCT FROM (OLD.answer, OLD.note, OLD.decided_by_id, OLD.decided_at)
            THEN
                RAISE EXCEPTION 'an answered appeal stays as it is'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END IF;
    END IF;
    IF EXISTS (SELECT FROM comments_moderationentry entry WHERE {theirs}) THEN
        RAISE EXCEPTION 'another moderator than the one who decided answers an appeal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER appeal_is_answered_by_another ON comments_appeal;
CREATE TRIGGER appeal_is_answered_once_by_another
    BEFORE INSERT OR UPDATE OR DELETE ON comments_appeal
    FOR EACH ROW EXECUTE FUNCTION comments_guard_appeal();
"""
ANSWERS_ALONE = """
DROP TRIGGER appeal_is_answered_once_by_another ON comments_appeal;
CREATE TRIGGER appeal_is_answered_by_another BEFORE INSERT OR UPDATE ON comments_appeal
    FOR EACH ROW EXECUTE FUNCTION comments_guard_appeal();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0031_whoever_decided_since_answers_no_appeal")]
    operations = [
        migrations.RunSQL(
            GUARD.format(theirs=before.THEN_OR_SINCE),
            before.GUARD.format(theirs=before.THEN_OR_SINCE) + ANSWERS_ALONE,
        ),
    ]
