"""Answers given before a reading is accepted are kept with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0004_reasons_for_rejecting")]

    operations = [
        migrations.AddField(model_name="reading", name="answers", field=models.JSONField(default=dict)),
    ]
