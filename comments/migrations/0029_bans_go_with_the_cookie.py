from django.db import migrations

# As before, about all that somebody goes by: an account, and the guest whose cookie its browser
# still has. Whoever takes two turns takes them in the order given, the account's first. Two
# statements, so that the second one sees what was decided while the first one waited. The twin of
# what it asks is SanctionQuerySet.in_force().
OF_ALL_KEYS = """
DROP FUNCTION comments_sanction_of(text);
CREATE FUNCTION comments_sanction_of(asked text[])
    RETURNS TABLE (measure varchar, reason varchar, note text, ends_at timestamptz)
    LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
DECLARE
    each_key text;
BEGIN
    FOREACH each_key IN ARRAY asked LOOP
        PERFORM pg_advisory_xact_lock_shared(comments_turn_of(each_key));
    END LOOP;
    RETURN QUERY SELECT given.measure, given.reason, given.note, given.ends_at
        FROM comments_sanction given
        WHERE given.person = ANY(asked) AND given.measure IN ('hold', 'suspend', 'ban')
            AND (given.ends_at IS NULL OR given.ends_at > clock_timestamp())
            AND NOT EXISTS (SELECT FROM comments_sanction lift WHERE lift.lifts_id = given.id)
        ORDER BY array_position(ARRAY['ban', 'suspend', 'hold'], given.measure::text),
            given.ends_at DESC NULLS FIRST
        LIMIT 1;
END $$;
"""
OF_ONE_KEY = """
DROP FUNCTION comments_sanction_of(text[]);
CREATE FUNCTION comments_sanction_of(asked text)
    RETURNS TABLE (measure varchar, reason varchar, note text, ends_at timestamptz)
    LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(comments_turn_of(asked));
    RETURN QUERY SELECT given.measure, given.reason, given.note, given.ends_at
        FROM comments_sanction given
        WHERE given.person = asked AND given.measure IN ('hold', 'suspend', 'ban')
            AND (given.ends_at IS NULL OR given.ends_at > clock_timestamp())
            AND NOT EXISTS (SELECT FROM comments_sanction lift WHERE lift.lifts_id = given.id)
        ORDER BY array_position(ARRAY['ban', 'suspend', 'hold'], given.measure::text),
            given.ends_at DESC NULLS FIRST
        LIMIT 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0028_comments_are_imported"),
    ]

    operations = [migrations.RunSQL(OF_ALL_KEYS, OF_ONE_KEY)]
