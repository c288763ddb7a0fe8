"""A mail about each refund, noted with its entry."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("promise", "how to transfer the gift"),
    ("receipt", "receipt"),
    ("refund", "refund"),
]


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0019_campaign_slugs_never_die")]
    operations = [
        migrations.RemoveConstraint("sentmail", "donor_mail_is_sent_once"),
        migrations.RemoveConstraint("sentmail", "donor_mail_kind_is_known"),
        migrations.AddField(
            model_name="sentmail",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fundraising.ledgerentry",
            ),
        ),
        migrations.AlterField(
            model_name="sentmail",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=7),
        ),
        migrations.AddConstraint(
            model_name="sentmail",
            constraint=models.UniqueConstraint(
                fields=("donation", "kind", "entry"),
                name="donor_mail_is_sent_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="sentmail",
            constraint=models.CheckConstraint(
                condition=Q(("kind", "refund"), ("entry", None), _connector="XOR"),
                name="donor_mail_of_a_refund_says_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentmail",
            constraint=models.CheckConstraint(
                condition=Q(("kind__in", ["promise", "receipt", "refund"])),
                name="donor_mail_kind_is_known",
            ),
        ),
    ]
