"""Counts what is there already, as `comments.counting` does from now on."""

from django.db import migrations

COUNT = """
INSERT INTO comments_participant (writer, discussion_id, comment_count)
SELECT coalesce('member:' || author_id, 'guest:' || guest_id, ''), discussion_id, count(*)
FROM comments_comment WHERE status = 'public' GROUP BY 1, 2;
UPDATE comments_discussion discussion SET comments_by_language = by_language
FROM (
    SELECT discussion_id, jsonb_object_agg(language, comments) AS by_language FROM (
        SELECT discussion_id, language, count(*) AS comments
        FROM comments_comment WHERE status = 'public' GROUP BY discussion_id, language
    ) spoken GROUP BY discussion_id
) counted WHERE counted.discussion_id = discussion.id;
UPDATE comments_discussion discussion SET people_count = people
FROM (
    SELECT discussion_id, count(*) AS people FROM comments_participant GROUP BY discussion_id
) counted WHERE counted.discussion_id = discussion.id;
"""
FORGET = "DELETE FROM comments_participant"


class Migration(migrations.Migration):
    dependencies = [("comments", "0007_talks_count_people_and_languages")]
    operations = [migrations.RunSQL(COUNT, FORGET)]
