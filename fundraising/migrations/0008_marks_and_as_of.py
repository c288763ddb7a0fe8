"""Marks and suggested amounts are what they say, and the newest entry is found by the index."""

from django.db import migrations, models

AMOUNTS = """
ALTER TABLE fundraising_campaign
    ADD CONSTRAINT campaign_marks_are_positive
        CHECK (0 < ALL (marks_minor) AND 1000000000000000 > ALL (marks_minor)
               AND cardinality(marks_minor) <= 10),
    ADD CONSTRAINT campaign_suggestions_are_positive
        CHECK (0 < ALL (suggested_minor) AND 1000000000000000 > ALL (suggested_minor)
               AND cardinality(suggested_minor) <= 6);
"""
NO_AMOUNTS = """
ALTER TABLE fundraising_campaign
    DROP CONSTRAINT campaign_marks_are_positive,
    DROP CONSTRAINT campaign_suggestions_are_positive;
"""


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0007_donations_know_where_to_pay")]
    operations = [
        migrations.RunSQL(AMOUNTS, NO_AMOUNTS),
        migrations.RemoveIndex(model_name="ledgerentry", name="ledger_entry_sums"),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                fields=["campaign", "-recorded_at"],
                include=("amount_minor", "kind"),
                name="ledger_entry_sums",
            ),
        ),
    ]
