"""What was answered must stay what it was, whoever writes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION comments_refuse_passage_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the words of a passage never change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER passage_keeps_its_words BEFORE UPDATE ON comments_passage FOR EACH ROW
    WHEN ((OLD.article_id, OLD.revision_id, OLD.exact, OLD.prefix, OLD.suffix)
        IS DISTINCT FROM (NEW.article_id, NEW.revision_id, NEW.exact, NEW.prefix, NEW.suffix))
    EXECUTE FUNCTION comments_refuse_passage_change();
"""
ANYTHING_GOES = """
DROP TRIGGER passage_keeps_its_words ON comments_passage;
DROP FUNCTION comments_refuse_passage_change();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0009_readers_speak_of_passages")]
    operations = [migrations.RunSQL(FROZEN, ANYTHING_GOES)]
