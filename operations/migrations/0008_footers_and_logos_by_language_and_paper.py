"""The footer says something else in each language; what was there is the default language's.

A second logo is for dark paper.
"""

from django.conf import settings
from django.db import migrations, models

from operations.names import LanguageTextField

# the new field's own type holds what the old one did: no row is without a footer in between
OLD_TO_NEW = f"""
ALTER TABLE operations_sitesettings ALTER COLUMN footers TYPE jsonb
USING CASE WHEN footers = '' THEN '{{}}'
    ELSE jsonb_build_object('{settings.LANGUAGE_CODE}', footers) END
"""
NEW_TO_OLD = f"""
ALTER TABLE operations_sitesettings ALTER COLUMN footers TYPE text
USING coalesce(footers ->> '{settings.LANGUAGE_CODE}', '')
"""


class Migration(migrations.Migration):
    dependencies = [("operations", "0007_models_are_trained_by_choice")]
    operations = [
        migrations.RenameField("sitesettings", "footer", "footers"),
        migrations.RunSQL(
            OLD_TO_NEW,
            NEW_TO_OLD,
            state_operations=[
                migrations.AlterField(
                    "sitesettings",
                    "footers",
                    LanguageTextField(
                        blank=True,
                        default=dict,
                        help_text="Where a language has none, the default language's stands.",
                        verbose_name="footer",
                    ),
                )
            ],
        ),
        migrations.AddField(
            "sitesettings",
            "logo_dark",
            models.ImageField(
                blank=True,
                height_field="logo_dark_height",
                help_text="As large as the other. Without it, that one stands on light ground.",
                upload_to="site/",
                verbose_name="logo on dark paper",
                width_field="logo_dark_width",
            ),
        ),
        migrations.AddField(
            "sitesettings",
            "logo_dark_height",
            models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "sitesettings",
            "logo_dark_ppoi",
            models.CharField(default="0.5x0.5", max_length=20),
        ),
        migrations.AddField(
            "sitesettings",
            "logo_dark_width",
            models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
    ]
