"""A conversation that was closed has the policy of one."""

from django.db import migrations

TO_POLICY = """
UPDATE comments_discussion SET policy = 'closed' WHERE is_closed;
SET CONSTRAINTS ALL IMMEDIATE;
"""
TO_FLAG = """
UPDATE comments_discussion SET is_closed = policy = 'closed';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0015_stories_have_rules")]
    operations = [migrations.RunSQL(TO_POLICY, TO_FLAG)]
