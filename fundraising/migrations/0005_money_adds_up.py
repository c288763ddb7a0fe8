"""What only the database can promise about donations and what the ledger takes back."""

from django.db import migrations

LEFT = """
CREATE FUNCTION fundraising_left(entry bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE tree (id, amount_minor) AS (
        SELECT id, amount_minor FROM fundraising_ledgerentry WHERE id = entry
        UNION ALL
        SELECT counter.id, counter.amount_minor
        FROM fundraising_ledgerentry counter JOIN tree ON counter.reverses_id = tree.id
    )
    SELECT coalesce(sum(amount_minor), 0)::bigint FROM tree
$$;
"""
NO_LEFT = "DROP FUNCTION fundraising_left(bigint);"

# What staff take back is still there; what a provider says is a fact, in whatever order it comes:
# of each kind at most the amount that is reversed, less what came back of it.
COUNTER_ENTRIES = """
CREATE OR REPLACE FUNCTION fundraising_check_counter_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    original bigint;
    taken bigint;
BEGIN
    SELECT amount_minor INTO original FROM fundraising_ledgerentry
        WHERE id = NEW.reverses_id FOR UPDATE;
    SELECT coalesce(sum(fundraising_left(id)), 0) INTO taken FROM fundraising_ledgerentry
        WHERE reverses_id = NEW.reverses_id AND kind = NEW.kind;
    IF sign(original) = sign(NEW.amount_minor)
        OR abs(taken + NEW.amount_minor) > abs(original)
        OR NEW.recorded_by_id IS NOT NULL
            AND abs(NEW.amount_minor) > abs(fundraising_left(NEW.reverses_id))
    THEN
        RAISE EXCEPTION 'a counter-entry takes back at most what it reverses'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
ONE_COUNTER_ENTRY = """
CREATE OR REPLACE FUNCTION fundraising_check_counter_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    original bigint;
BEGIN
    SELECT amount_minor INTO original FROM fundraising_ledgerentry WHERE id = NEW.reverses_id;
    IF sign(original) = sign(NEW.amount_minor) OR abs(NEW.amount_minor) > abs(original) THEN
        RAISE EXCEPTION 'a counter-entry takes back at most what it reverses'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# A donation has its campaign's currency, and an entry its donation's campaign.
KEYS = """
ALTER TABLE fundraising_donation
    ADD CONSTRAINT donation_has_campaign_currency FOREIGN KEY (campaign_id, currency)
        REFERENCES fundraising_campaign (id, currency);
ALTER TABLE fundraising_ledgerentry
    ADD CONSTRAINT ledger_entry_is_of_donations_campaign FOREIGN KEY (donation_id, campaign_id)
        REFERENCES fundraising_donation (id, campaign_id);
"""
NO_KEYS = """
ALTER TABLE fundraising_ledgerentry DROP CONSTRAINT ledger_entry_is_of_donations_campaign;
ALTER TABLE fundraising_donation DROP CONSTRAINT donation_has_campaign_currency;
"""

PROMISES = """
CREATE FUNCTION fundraising_keep_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.campaign_id, NEW.amount_minor, NEW.currency, NEW.provider, NEW.is_test,
            NEW.public_id, NEW.form_token, NEW.reference)
        IS DISTINCT FROM (OLD.campaign_id, OLD.amount_minor, OLD.currency, OLD.provider,
            OLD.is_test, OLD.public_id, OLD.form_token, OLD.reference)
    THEN
        RAISE EXCEPTION 'what a donation promises never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'paid' AND NEW.state <> 'paid' THEN
        RAISE EXCEPTION 'nothing follows after paid' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER donation_promise_is_kept BEFORE UPDATE ON fundraising_donation
    FOR EACH ROW EXECUTE FUNCTION fundraising_keep_promise();
"""
NO_PROMISES = """
DROP TRIGGER donation_promise_is_kept ON fundraising_donation;
DROP FUNCTION fundraising_keep_promise();
"""

AMOUNTS = """
CREATE FUNCTION fundraising_are_rising(amounts bigint[], most int) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$
    SELECT cardinality(amounts) <= most
        AND array_position(amounts, NULL) IS NULL
        AND NOT EXISTS (
            SELECT FROM unnest(amounts) WITH ORDINALITY AS mark (amount, place)
            WHERE amount <= coalesce(amounts[place - 1], 0) OR amount >= 1000000000000000
        )
$$;
ALTER TABLE fundraising_campaign
    ADD CONSTRAINT campaign_marks_are_rising
        CHECK (fundraising_are_rising(marks_minor, 10)),
    ADD CONSTRAINT campaign_suggestions_are_rising
        CHECK (fundraising_are_rising(suggested_minor, 6));
"""
NO_AMOUNTS = """
ALTER TABLE fundraising_campaign
    DROP CONSTRAINT campaign_marks_are_rising,
    DROP CONSTRAINT campaign_suggestions_are_rising;
DROP FUNCTION fundraising_are_rising(bigint[], int);
"""


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0004_donations_and_providers")]
    operations = [
        migrations.RunSQL(LEFT, NO_LEFT),
        migrations.RunSQL(COUNTER_ENTRIES, ONE_COUNTER_ENTRY),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(PROMISES, NO_PROMISES),
        migrations.RunSQL(AMOUNTS, NO_AMOUNTS),
    ]
