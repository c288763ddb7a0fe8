"""A campaign's slug that readers could know leads on, and no other campaign takes it.

Whoever changes a slug, triggers write its redirect; a campaign that comes back to its own old slug
takes it from there. An advisory lock lets those who take slugs at once follow each other.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FORWARD = """
CREATE FUNCTION fundraising_reserve_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('redirect:campaign', 0));
    IF EXISTS (
        SELECT FROM fundraising_campaignredirect WHERE slug = NEW.slug AND campaign_id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'the slug % leads to another campaign', NEW.slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'campaign_slug_is_reserved';
    END IF;
    DELETE FROM fundraising_campaignredirect WHERE slug = NEW.slug;
    RETURN NEW;
END $$;
CREATE FUNCTION fundraising_leave_redirect() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO fundraising_campaignredirect (slug, campaign_id) VALUES (OLD.slug, OLD.id);
    RETURN NULL;
END $$;
CREATE TRIGGER campaign_takes_a_new_slug BEFORE INSERT ON fundraising_campaign
    FOR EACH ROW EXECUTE FUNCTION fundraising_reserve_slug();
CREATE TRIGGER campaign_takes_another_slug BEFORE UPDATE OF slug ON fundraising_campaign
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION fundraising_reserve_slug();
CREATE TRIGGER campaign_leaves_its_slug AFTER UPDATE OF slug ON fundraising_campaign
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug AND OLD.state = 'public')
    EXECUTE FUNCTION fundraising_leave_redirect();
"""
BACKWARD = """
DROP TRIGGER campaign_leaves_its_slug ON fundraising_campaign;
DROP TRIGGER campaign_takes_another_slug ON fundraising_campaign;
DROP TRIGGER campaign_takes_a_new_slug ON fundraising_campaign;
DROP FUNCTION fundraising_leave_redirect();
DROP FUNCTION fundraising_reserve_slug();
"""


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0018_notes_hold_no_address")]
    operations = [
        migrations.CreateModel(
            name="CampaignRedirect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="fundraising.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={"verbose_name": "redirect", "verbose_name_plural": "redirects"},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=~Q(slug="gifts"), name="campaign_slug_is_no_gift"
            ),
        ),
    ]
