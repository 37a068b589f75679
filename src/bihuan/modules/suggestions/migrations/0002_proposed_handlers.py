"""Who was proposed to handle a suggestion is kept with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0001_initial")]

    operations = [migrations.AddField("suggestion", "proposed", models.JSONField(default=list))]
