"""What only the database can promise about the ledger, whoever writes to it."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION fundraising_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_is_append_only BEFORE UPDATE OR DELETE ON fundraising_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION fundraising_refuse_change();
"""
ANYTHING_GOES = """
DROP TRIGGER ledger_entry_is_append_only ON fundraising_ledgerentry;
DROP FUNCTION fundraising_refuse_change();
"""

# An entry has its campaign's currency, which can therefore not change once there are entries;
# a counter-entry and what it reverses belong to one campaign.
KEYS = """
ALTER TABLE fundraising_ledgerentry
    ADD CONSTRAINT ledger_entry_has_campaign_currency FOREIGN KEY (campaign_id, currency)
        REFERENCES fundraising_campaign (id, currency),
    ADD CONSTRAINT ledger_entry_reverses_in_campaign FOREIGN KEY (reverses_id, campaign_id)
        REFERENCES fundraising_ledgerentry (id, campaign_id);
"""
NO_KEYS = """
ALTER TABLE fundraising_ledgerentry
    DROP CONSTRAINT ledger_entry_has_campaign_currency,
    DROP CONSTRAINT ledger_entry_reverses_in_campaign;
"""

COUNTER_ENTRIES = """
CREATE FUNCTION fundraising_check_counter_entry() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER ledger_entry_counter_fits BEFORE INSERT ON fundraising_ledgerentry
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL)
    EXECUTE FUNCTION fundraising_check_counter_entry();
"""
NO_COUNTER_ENTRIES = """
DROP TRIGGER ledger_entry_counter_fits ON fundraising_ledgerentry;
DROP FUNCTION fundraising_check_counter_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0001_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, ANYTHING_GOES),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(COUNTER_ENTRIES, NO_COUNTER_ENTRIES),
    ]
