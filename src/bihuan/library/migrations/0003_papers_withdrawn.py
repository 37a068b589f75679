"""A paper uploaded by mistake can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0002_search_index")]

    operations = [
        migrations.AddField("document", "withdrawn_at", models.DateTimeField(blank=True, null=True))
    ]
