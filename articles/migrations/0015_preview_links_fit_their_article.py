"""A preview link shows its own article's text, and for ninety days at most, whoever writes it."""

from datetime import timedelta

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION articles_refuse_foreign_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_revision WHERE id = NEW.revision_id AND article_id = NEW.article_id
    ) THEN
        RAISE EXCEPTION 'revision % is of another article', NEW.revision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'preview_link_shows_its_own_article';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER preview_link_shows_its_own_article
    BEFORE INSERT OR UPDATE OF article_id, revision_id ON articles_previewlink
    FOR EACH ROW WHEN (NEW.revision_id IS NOT NULL)
    EXECUTE FUNCTION articles_refuse_foreign_revision();
"""
BACKWARD = """
DROP TRIGGER preview_link_shows_its_own_article ON articles_previewlink;
DROP FUNCTION articles_refuse_foreign_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_reviews_are_append_only")]
    operations = [
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(expires_at__lte=models.F("created_at") + timedelta(days=90)),
                name="preview_link_is_good_for_its_most_days",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
