"""What is rejected together is rejected for a reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0003_papers_withdrawn")]

    operations = [migrations.AddField("proposal", "reason", models.CharField(blank=True, max_length=200))]
