"""A question that somebody has answered says what it said then, whoever writes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION comments_refuse_question_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_comment WHERE passage_id = OLD.id) THEN
        RAISE EXCEPTION 'an answered question never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER passage_keeps_its_question BEFORE UPDATE ON comments_passage FOR EACH ROW
    WHEN (OLD.question IS DISTINCT FROM NEW.question)
    EXECUTE FUNCTION comments_refuse_question_change();
"""
ANYTHING_GOES = """
DROP TRIGGER passage_keeps_its_question ON comments_passage;
DROP FUNCTION comments_refuse_question_change();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0010_passages_keep_their_words")]
    operations = [migrations.RunSQL(FROZEN, ANYTHING_GOES)]
