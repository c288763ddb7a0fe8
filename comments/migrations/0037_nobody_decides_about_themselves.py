"""Others decide about one's comment, what is said of it and what sets it apart, and oneself.

Superusers decide about their comments, since nobody else may be there, and lift what was decided about
them. What was decided before stands as it is.
"""

from django.db import migrations

OTHERS = """
CREATE FUNCTION comments_refuse_own_matter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM comments_comment comment JOIN accounts_user writer ON writer.id = comment.author_id
        WHERE comment.id = NEW.comment_id AND NOT writer.is_superuser
            AND writer.id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint
    ) THEN
        RAISE EXCEPTION 'nobody decides about their own comment' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moderation_is_by_others BEFORE INSERT ON comments_moderationentry
    FOR EACH ROW WHEN (NEW.actor_id IS NOT NULL)
    EXECUTE FUNCTION comments_refuse_own_matter('actor_id');
CREATE TRIGGER appeal_is_answered_by_others BEFORE UPDATE ON comments_appeal
    FOR EACH ROW WHEN (OLD.answer = '' AND NEW.answer <> '')
    EXECUTE FUNCTION comments_refuse_own_matter('decided_by_id');
CREATE TRIGGER notice_is_answered_by_others BEFORE UPDATE ON comments_notice
    FOR EACH ROW WHEN (OLD.answer = '' AND NEW.answer <> '')
    EXECUTE FUNCTION comments_refuse_own_matter('answered_by_id');
-- Another thread that is pinned takes the place of one's own.
CREATE TRIGGER mark_is_by_others BEFORE INSERT ON comments_deskmark
    FOR EACH ROW WHEN (NEW.is_set OR NEW.kind <> 'pin')
    EXECUTE FUNCTION comments_refuse_own_matter('actor_id');

CREATE FUNCTION comments_refuse_own_sanction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.measure <> 'lift'
        OR EXISTS (SELECT FROM accounts_user WHERE id = NEW.given_by_id AND NOT is_superuser) THEN
        RAISE EXCEPTION 'nobody decides about themselves' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sanction_is_by_others BEFORE INSERT ON comments_sanction
    FOR EACH ROW WHEN (NEW.person = 'member:' || NEW.given_by_id)
    EXECUTE FUNCTION comments_refuse_own_sanction();
"""
ANYBODY = """
DROP TRIGGER sanction_is_by_others ON comments_sanction;
DROP FUNCTION comments_refuse_own_sanction();
DROP TRIGGER mark_is_by_others ON comments_deskmark;
DROP TRIGGER notice_is_answered_by_others ON comments_notice;
DROP TRIGGER appeal_is_answered_by_others ON comments_appeal;
DROP TRIGGER moderation_is_by_others ON comments_moderationentry;
DROP FUNCTION comments_refuse_own_matter();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0036_answers_and_liftings_hold")]
    operations = [migrations.RunSQL(OTHERS, ANYBODY)]
