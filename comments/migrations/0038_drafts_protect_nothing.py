"""An author's wish holds below a story from the moment an edition that they sign is published.

Before, whoever began a draft of somebody else's story had their wish hold below it.
"""

from django.db import migrations

POLICY = """
CREATE OR REPLACE FUNCTION comments_authors_policy(story bigint) RETURNS varchar
    LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT wish.policy FROM comments_protection wish
        JOIN articles_contribution line ON line.contributor_id = wish.contributor_id
        JOIN articles_article article ON article.id = line.article_id
        WHERE article.story_id = story AND line.role = 'reporter' {counted}
        ORDER BY array_position(ARRAY['closed', 'held', 'members'], wish.policy::text)
        LIMIT 1
    ), 'open')
$$;
"""
# A wish of the same person waits for the publication, or the other way round, as with a byline.
PUBLISHING = """
CREATE FUNCTION comments_follow_publishing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM articles_contributor
        WHERE id IN (SELECT contributor_id FROM articles_contribution WHERE article_id = NEW.id)
        ORDER BY id FOR KEY SHARE;
    IF EXISTS (SELECT FROM comments_protection wish JOIN articles_contribution line
            USING (contributor_id) WHERE line.article_id = NEW.id) THEN
        PERFORM comments_begin_protected(NEW.story_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER publishing_brings_protection AFTER UPDATE OF status ON articles_article
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION comments_follow_publishing();
"""
SILENT_PUBLISHING = """
DROP TRIGGER publishing_brings_protection ON articles_article;
DROP FUNCTION comments_follow_publishing();
"""
KEEP = """
SELECT comments_keep_authors_policy(story_id) FROM comments_discussion
WHERE authors_policy <> 'open' ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_stories_make_series"),
        ("comments", "0037_nobody_decides_about_themselves"),
    ]
    operations = [
        migrations.RunSQL(
            POLICY.format(counted="AND article.status <> 'draft'"), POLICY.format(counted="")
        ),
        migrations.RunSQL(PUBLISHING, SILENT_PUBLISHING),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
