"""What an event said, of which money and of how much, outlives its content."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fundraising", "0015_rising_amounts_are_positive"),
    ]

    operations = [
        migrations.AddField(
            model_name="providerevent",
            name="amount_minor",
            field=models.BigIntegerField(default=0, editable=False, verbose_name="amount"),
        ),
        migrations.AddField(
            model_name="providerevent",
            name="currency",
            field=models.CharField(
                blank=True, editable=False, max_length=3, verbose_name="currency"
            ),
        ),
        migrations.AddField(
            model_name="providerevent",
            name="reference",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name="providerevent",
            name="said",
            field=models.CharField(default="nothing", editable=False, max_length=15),
        ),
        migrations.AddConstraint(
            model_name="providerevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "said__in",
                        [
                            "pending",
                            "paid",
                            "failed",
                            "expired",
                            "refund",
                            "refund_returned",
                            "dispute",
                            "dispute_won",
                            "dispute_lost",
                            "nothing",
                        ],
                    )
                ),
                name="provider_event_said_is_known",
            ),
        ),
    ]
