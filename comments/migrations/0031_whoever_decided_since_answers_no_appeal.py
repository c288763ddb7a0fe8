"""Whoever decided against a comment answers no appeal about it, also where that came after it."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION comments_guard_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.answer <> '' THEN
        RAISE EXCEPTION 'an answered appeal stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM comments_moderationentry entry WHERE {theirs}) THEN
        RAISE EXCEPTION 'another moderator than the one who decided answers an appeal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
THEN_OR_SINCE = """entry.comment_id = NEW.comment_id AND entry.id >= NEW.entry_id
        AND entry.actor_id = NEW.decided_by_id AND entry.after <> 'public'
        AND entry.reverses_id IS NULL"""
THEN = "entry.id = NEW.entry_id AND entry.actor_id = NEW.decided_by_id"


class Migration(migrations.Migration):
    dependencies = [("comments", "0030_erasing_mends_no_record")]
    operations = [
        migrations.RunSQL(GUARD.format(theirs=THEN_OR_SINCE), GUARD.format(theirs=THEN)),
    ]
