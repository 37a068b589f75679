"""Terms that nobody in the matter could meet, and terms that were never met: no longer running, yet kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_a_part_of_one_person")]

    operations = [
        migrations.AddField("term", "needless", models.BooleanField(default=False)),
        migrations.AddField("term", "lapsed_on", models.DateField(blank=True, null=True)),
        migrations.AddIndex(
            "term",
            models.Index(
                condition=models.Q(("lapsed_on__isnull", False)), fields=["due_on", "id"], name="term_lapsed"
            ),
        ),
    ]
