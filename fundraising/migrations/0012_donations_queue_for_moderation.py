from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_slots_hold_their_edition_s_articles"),
        ("fundraising", "0011_receipts_are_append_only"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="donation",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("is_public", True),
                        models.Q(("message", ""), _negated=True),
                        _connector="OR",
                    ),
                    ("is_test", False),
                    ("moderation", "held"),
                    ("state", "paid"),
                ),
                fields=["id"],
                name="donation_in_moderation_queue",
            ),
        ),
    ]
