from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("comments", "0016_closed_is_a_policy")]
    operations = [migrations.RemoveField(model_name="discussion", name="is_closed")]
