"""An appeal that still waits goes also where readers see the comment again."""

from importlib import import_module

from django.db import migrations

last = import_module("comments.migrations.0032_words_of_appeals_go")
THEN_OR_SINCE = import_module(
    "comments.migrations.0031_whoever_decided_since_answers_no_appeal"
).THEN_OR_SINCE
ERASED, ERASED_OR_PUBLIC = "comment.status = 'erased'", "comment.status IN ('erased', 'public')"
FUNCTION = last.GUARD[: last.GUARD.index("DROP TRIGGER")].format(theirs=THEN_OR_SINCE)


class Migration(migrations.Migration):
    dependencies = [("comments", "0038_drafts_protect_nothing")]
    operations = [migrations.RunSQL(FUNCTION.replace(ERASED, ERASED_OR_PUBLIC), FUNCTION)]
