from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0024_the_desk_sets_comments_apart")]
    operations = [
        migrations.AddField(
            model_name="flag",
            name="weight",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="weight"),
        ),
    ]
