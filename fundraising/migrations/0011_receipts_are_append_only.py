"""What only the database can promise about receipts: none changes, none is missing."""

from django.db import migrations

# fundraising_refuse_change() is the ledger's, of migration 0002.
APPEND_ONLY = """
CREATE TRIGGER receipt_is_append_only BEFORE UPDATE OR DELETE ON fundraising_receipt
    FOR EACH ROW EXECUTE FUNCTION fundraising_refuse_change();
CREATE TRIGGER sent_mail_is_append_only BEFORE UPDATE OR DELETE ON fundraising_sentmail
    FOR EACH ROW EXECUTE FUNCTION fundraising_refuse_change();
"""
ANYTHING_GOES = """
DROP TRIGGER sent_mail_is_append_only ON fundraising_sentmail;
DROP TRIGGER receipt_is_append_only ON fundraising_receipt;
"""

NUMBERS = """
CREATE FUNCTION fundraising_check_receipt_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT FROM fundraising_receipt WHERE year = NEW.year AND number = NEW.number - 1
    ) THEN
        RAISE EXCEPTION 'receipts are numbered without gaps' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receipt_number_follows BEFORE INSERT ON fundraising_receipt
    FOR EACH ROW EXECUTE FUNCTION fundraising_check_receipt_number();
"""
NO_NUMBERS = """
DROP TRIGGER receipt_number_follows ON fundraising_receipt;
DROP FUNCTION fundraising_check_receipt_number();
"""


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0010_donors_are_sent_receipts")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, ANYTHING_GOES),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
    ]
