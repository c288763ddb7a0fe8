"""A story may belong to a series, whose slug leads on like those of sections and topics."""

import django.db.models.deletion
from django.db import migrations, models

import operations.names

# What a redirect leads to is found by its kind, whichever kinds there are.
RESERVE = """
CREATE OR REPLACE FUNCTION articles_reserve_slug() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_kind text := TG_ARGV[0];
    its_language text := coalesce(to_jsonb(NEW) ->> 'language', '');
BEGIN
    -- one lock for each kind: one for each slug would fill the server's memory of locks
    PERFORM pg_advisory_xact_lock(hashtextextended('redirect:' || its_kind, 0));
    IF EXISTS (
        SELECT FROM articles_redirect AS r
        WHERE r.kind = its_kind AND r.language = its_language AND r.slug = NEW.slug
            AND {target} <> NEW.id
    ) THEN
        RAISE EXCEPTION 'the slug % once led to something else', NEW.slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'redirect_slug_is_reserved';
    END IF;
    DELETE FROM articles_redirect AS r
    WHERE r.kind = its_kind AND r.language = its_language AND r.slug = NEW.slug;
    RETURN NEW;
END $$;
"""
BY_KIND = RESERVE.format(target="(to_jsonb(r) ->> (its_kind || '_id'))::bigint")
OF_FIVE = RESERVE.format(
    target="coalesce(r.article_id, r.section_id, r.topic_id, r.contributor_id, r.page_id)"
)
TRIGGERS = """
CREATE TRIGGER series_takes_a_new_slug BEFORE INSERT ON articles_series
    FOR EACH ROW WHEN (NEW.slug <> '')
    EXECUTE FUNCTION articles_reserve_slug('series');
CREATE TRIGGER series_takes_another_slug BEFORE UPDATE OF slug ON articles_series
    FOR EACH ROW WHEN (NEW.slug <> '' AND OLD.slug IS DISTINCT FROM NEW.slug)
    EXECUTE FUNCTION articles_reserve_slug('series');
CREATE TRIGGER series_leaves_its_slug AFTER UPDATE OF slug ON articles_series
    FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug)
    EXECUTE FUNCTION articles_leave_redirect('series');
CREATE TRIGGER series_is_gone AFTER DELETE ON articles_series
    FOR EACH ROW EXECUTE FUNCTION articles_leave_redirect('series');
"""
NO_TRIGGERS = """
DROP TRIGGER series_is_gone ON articles_series;
DROP TRIGGER series_leaves_its_slug ON articles_series;
DROP TRIGGER series_takes_another_slug ON articles_series;
DROP TRIGGER series_takes_a_new_slug ON articles_series;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_texts_name_their_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("names", operations.names.LanguageTextField(default=dict, verbose_name="name")),
                (
                    "standfirsts",
                    operations.names.LanguageTextField(
                        blank=True, default=dict, verbose_name="standfirst"
                    ),
                ),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["slug"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="redirect",
            name="redirect_leads_to_its_kind",
        ),
        migrations.AlterField(
            model_name="redirect",
            name="kind",
            field=models.CharField(
                choices=[
                    ("article", "article"),
                    ("section", "section"),
                    ("topic", "topic"),
                    ("contributor", "contributor"),
                    ("page", "page"),
                    ("series", "series"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="redirect",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="articles.series",
                verbose_name="series",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="series",
            field=models.ForeignKey(
                blank=True,
                help_text="In all its languages. Its place there follows from when it was published.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stories",
                to="articles.series",
                verbose_name="series",
            ),
        ),
        migrations.AddConstraint(
            model_name="redirect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("article", None),
                        ("contributor", None),
                        ("page", None),
                        ("section", None),
                        ("series", None),
                        ("topic", None),
                    ),
                    models.Q(
                        ("article__isnull", False),
                        ("contributor", None),
                        ("kind", "article"),
                        ("page", None),
                        ("section", None),
                        ("series", None),
                        ("topic", None),
                    ),
                    models.Q(
                        ("article", None),
                        ("contributor", None),
                        ("kind", "section"),
                        ("page", None),
                        ("section__isnull", False),
                        ("series", None),
                        ("topic", None),
                    ),
                    models.Q(
                        ("article", None),
                        ("contributor", None),
                        ("kind", "topic"),
                        ("page", None),
                        ("section", None),
                        ("series", None),
                        ("topic__isnull", False),
                    ),
                    models.Q(
                        ("article", None),
                        ("contributor__isnull", False),
                        ("kind", "contributor"),
                        ("page", None),
                        ("section", None),
                        ("series", None),
                        ("topic", None),
                    ),
                    models.Q(
                        ("article", None),
                        ("contributor", None),
                        ("kind", "page"),
                        ("page__isnull", False),
                        ("section", None),
                        ("series", None),
                        ("topic", None),
                    ),
                    models.Q(
                        ("article", None),
                        ("contributor", None),
                        ("kind", "series"),
                        ("page", None),
                        ("section", None),
                        ("series__isnull", False),
                        ("topic", None),
                    ),
                    _connector="OR",
                ),
                name="redirect_leads_to_its_kind",
            ),
        ),
        migrations.RunSQL(BY_KIND, OF_FIVE),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
