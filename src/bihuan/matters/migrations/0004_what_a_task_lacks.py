"""A row of the work list says what is still missing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_terms_nobody_meets")]

    operations = [migrations.AddField("todo", "lacks", models.CharField(blank=True, max_length=200))]
