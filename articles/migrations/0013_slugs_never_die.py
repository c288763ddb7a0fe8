"""A slug that readers knew leads on or says that it is gone, and nothing else takes it.

Whoever changes a slug, triggers write its redirect. What comes back to its own old slug takes it
from there; what is deleted leaves a redirect without a target, and its slug may be taken again.
An advisory lock lets those who take slugs of one kind at once follow each other.
"""

from django.db import migrations

KINDS = ("article", "section", "topic", "contributor", "page")
FORWARD = """
CREATE FUNCTION articles_reserve_slug() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_kind text := TG_ARGV[0];
    its_language text := coalesce(to_jsonb(NEW) ->> 'language', '');
BEGIN
    -- one lock for each kind: one for each slug would fill the server's memory of locks
    PERFORM pg_advisory_xact_lock(hashtextextended('redirect:' || its_kind, 0));
    IF EXISTS (
        SELECT FROM articles_redirect AS r
        WHERE r.kind = its_kind AND r.language = its_language AND r.slug = NEW.slug
            AND coalesce(r.article_id, r.section_id, r.topic_id, r.contributor_id, r.page_id)
                <> NEW.id
    ) THEN
        RAISE EXCEPTION 'the slug % once led to something else', NEW.slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'redirect_slug_is_reserved';
    END IF;
    DELETE FROM articles_redirect AS r
    WHERE r.kind = its_kind AND r.language = its_language AND r.slug = NEW.slug;
    RETURN NEW;
END $$;

CREATE FUNCTION articles_leave_redirect() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_kind text := TG_ARGV[0];
    its_language text := coalesce(to_jsonb(OLD) ->> 'language', '');
    was_known boolean := true;
BEGIN
    IF its_kind = 'article' THEN
        was_known := (
            to_jsonb(OLD) ->> 'status' <> 'draft'
            AND (to_jsonb(OLD) ->> 'publish_at')::timestamptz <= clock_timestamp()
        ) OR EXISTS (  -- it was, and has got a later time since
            SELECT FROM articles_revision AS r
            WHERE r.article_id = OLD.id AND r.kind = 'published'
                AND (r.snapshot ->> 'publish_at')::timestamptz <= clock_timestamp()
        );
    END IF;
    IF TG_OP = 'DELETE' THEN
        EXECUTE format(
            'UPDATE articles_redirect SET %I = NULL WHERE %I = $1', its_kind || '_id', its_kind || '_id'
        ) USING OLD.id;
    END IF;
    IF OLD.slug <> '' AND was_known THEN
        EXECUTE format(
            'INSERT INTO articles_redirect (kind, language, slug, %I) VALUES ($1, $2, $3, $4)'
            ' ON CONFLICT (kind, language, slug) DO UPDATE SET %I = EXCLUDED.%I',
            its_kind || '_id', its_kind || '_id', its_kind || '_id'
        ) USING its_kind, its_language, OLD.slug, CASE TG_OP WHEN 'UPDATE' THEN OLD.id END;
    END IF;
    RETURN NULL;
END $$;
"""
BACKWARD = """
DROP FUNCTION articles_leave_redirect();
DROP FUNCTION articles_reserve_slug();
"""


def triggers(kind: str) -> migrations.RunSQL:
    columns = "slug, language" if kind in ("article", "page") else "slug"
    changed = "OLD.slug IS DISTINCT FROM NEW.slug" + (
        " OR OLD.language IS DISTINCT FROM NEW.language" if "language" in columns else ""
    )
    table = f"articles_{kind}"
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {kind}_takes_a_new_slug BEFORE INSERT ON {table}
            FOR EACH ROW WHEN (NEW.slug <> '')
            EXECUTE FUNCTION articles_reserve_slug('{kind}');
        CREATE TRIGGER {kind}_takes_another_slug BEFORE UPDATE OF {columns} ON {table}
            FOR EACH ROW WHEN (NEW.slug <> '' AND ({changed}))
            EXECUTE FUNCTION articles_reserve_slug('{kind}');
        CREATE TRIGGER {kind}_leaves_its_slug AFTER UPDATE OF {columns} ON {table}
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION articles_leave_redirect('{kind}');
        CREATE TRIGGER {kind}_is_gone AFTER DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION articles_leave_redirect('{kind}');
        """,
        f"""
        DROP TRIGGER {kind}_is_gone ON {table};
        DROP TRIGGER {kind}_leaves_its_slug ON {table};
        DROP TRIGGER {kind}_takes_another_slug ON {table};
        DROP TRIGGER {kind}_takes_a_new_slug ON {table};
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_the_desk_s_own_rows")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), *map(triggers, KINDS)]
