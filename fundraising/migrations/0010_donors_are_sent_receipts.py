import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fundraising", "0007_donations_know_where_to_pay"),
        ("fundraising", "0009_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last_number", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Dedication",
            fields=[],
            options={
                "verbose_name": "name and message",
                "verbose_name_plural": "names and messages",
                "proxy": True,
                "default_permissions": ("view", "change"),
                "indexes": [],
                "constraints": [],
            },
            bases=("fundraising.donation",),
        ),
        migrations.CreateModel(
            name="Donor",
            fields=[],
            options={
                "verbose_name": "giver's data",
                "verbose_name_plural": "givers' data",
                "permissions": [
                    ("export_donor", "Can give out what is held about a giver"),
                    ("erase_donor", "Can erase what names a giver"),
                ],
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("fundraising.donation",),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("amount_minor", models.BigIntegerField(verbose_name="amount")),
                ("received_on", models.DateField(verbose_name="received")),
                (
                    "issued_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="issued",
                    ),
                ),
                (
                    "donation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="fundraising.donation",
                        verbose_name="donation",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
                "ordering": ["-year", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "number"), name="receipt_number_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="receipt_numbers_begin_with_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="receipt_is_of_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("promise", "how to transfer the gift"), ("receipt", "receipt")],
                        max_length=7,
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "donation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="fundraising.donation",
                    ),
                ),
            ],
            options={
                "verbose_name": "sent mail",
                "verbose_name_plural": "sent mails",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("donation", "kind"), name="donor_mail_is_sent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["promise", "receipt"])),
                        name="donor_mail_kind_is_known",
                    ),
                ],
            },
        ),
    ]
