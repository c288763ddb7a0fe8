"""What rises from more than nothing is positive: 0005 holds marks and suggestions to all of it."""

from importlib import import_module

from django.db import migrations

marks = import_module("fundraising.migrations.0008_marks_and_as_of")


class Migration(migrations.Migration):
    dependencies = [("fundraising", "0014_origins_are_called_so")]
    operations = [migrations.RunSQL(marks.NO_AMOUNTS, marks.AMOUNTS)]
