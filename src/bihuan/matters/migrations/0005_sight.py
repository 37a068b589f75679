"""Who sees what, with the keys of the lists: the tables."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _seen(what: str, **keys: models.Field[Any, Any]) -> migrations.CreateModel:
    thing = models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="seen", to=f"matters.{what}"
    )
    return migrations.CreateModel(
        name=f"Seen{what.capitalize()}",
        fields=[
            (
                "id",
                models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
            ),
            ("seer", models.CharField(max_length=40)),
            *keys.items(),
            (what, thing),
        ],
        options={"constraints": [models.UniqueConstraint(fields=(what, "seer"), name=f"seen_{what}_once")]},
    )


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_what_a_task_lacks")]

    operations = [
        _seen(
            "matter",
            procedure_code=models.CharField(max_length=30),
            stage=models.CharField(max_length=30),
            ended=models.PositiveSmallIntegerField(),
            opened_on=models.DateField(),
            due_on=models.DateField(),
            warn_on=models.DateField(),
        ),
        _seen(
            "term",
            light=models.CharField(max_length=10),
            due_on=models.DateField(),
            warn_on=models.DateField(),
        ),
        _seen(
            "promise",
            state=models.CharField(max_length=12),
            due_on=models.DateField(),
        ),
    ]
