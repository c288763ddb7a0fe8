"""What is kept for good names nobody: a validator of the forms alone."""

import django.core.validators
from django.db import migrations, models

import richtext.plain


class Migration(migrations.Migration):
    dependencies = [
        ("fundraising", "0017_events_can_be_set_aside"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ledgerentry",
            name="note",
            field=models.CharField(
                blank=True,
                help_text="For the desk only, kept for good: where the money came from, or why it is corrected. No names, addresses or account numbers.",
                max_length=300,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]",
                        "This contains invisible control characters: type it anew.",
                        code="control",
                        inverse_match=True,
                    ),
                    django.core.validators.RegexValidator(
                        "[^\\s@]@[^\\s@]+\\.[^\\s@]",
                        "This is kept for good and names nobody: leave the e-mail address out.",
                        code="address",
                        inverse_match=True,
                    ),
                ],
                verbose_name="note",
            ),
        ),
        migrations.AlterField(
            model_name="refundrequest",
            name="reason",
            field=models.CharField(
                help_text="For the desk only, kept for good. No names, addresses or account numbers.",
                max_length=300,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]",
                        "This contains invisible control characters: type it anew.",
                        code="control",
                        inverse_match=True,
                    ),
                    richtext.plain.visible_text,
                    django.core.validators.RegexValidator(
                        "[^\\s@]@[^\\s@]+\\.[^\\s@]",
                        "This is kept for good and names nobody: leave the e-mail address out.",
                        code="address",
                        inverse_match=True,
                    ),
                ],
                verbose_name="reason",
            ),
        ),
    ]
