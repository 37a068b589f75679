"""A list of earlier suggestions is kept with its rows and their faults until it is taken in or thrown away."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
        ("people", "0001_initial"),
        ("suggestions", "0002_proposed_handlers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_by", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="previewed", max_length=10)),
                ("defaults", models.JSONField(default=dict)),
                ("fault", models.TextField(blank=True)),
                ("sheets", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                ("skipped", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("left_out", models.JSONField(default=list)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.document"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.place"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "-made_at"], name="import_batch_newest")],
            },
        ),
    ]
