"""A thread's tree_id comes from a sequence: the greatest one plus one would be taken twice."""

from django.db import migrations

FORWARD = "CREATE SEQUENCE comments_comment_tree AS integer OWNED BY comments_comment.tree_id"


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP SEQUENCE comments_comment_tree")]
