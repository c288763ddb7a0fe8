from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0006_every_recorded_gift_has_a_supporter")]
    operations = [
        migrations.AddField(
            model_name="donation",
            name="payment_url",
            field=models.URLField(blank=True, default="", editable=False, max_length=2000),
            preserve_default=False,
        ),
    ]
