"""The lists' indexes: on who sees what, and no longer on the things themselves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_fill_sight")]

    operations = [
        *(
            migrations.AddIndex(model_name=model, index=models.Index(fields=fields, name=name))
            for model, name, fields in (
                ("seenmatter", "seen_matter_by_due", ["seer", "ended", "due_on", "matter", "warn_on"]),
                ("seenmatter", "seen_matter_by_opening", ["seer", "ended", "opened_on", "matter"]),
                (
                    "seenmatter",
                    "seen_matter_at_by_due",
                    ["seer", "procedure_code", "stage", "due_on", "matter", "warn_on"],
                ),
                (
                    "seenmatter",
                    "seen_matter_at_by_opening",
                    ["seer", "procedure_code", "stage", "opened_on", "matter"],
                ),
                ("seenterm", "seen_term_by_due", ["seer", "light", "due_on", "term", "warn_on"]),
                ("seenpromise", "seen_promise_by_due", ["seer", "state", "due_on", "promise"]),
            )
        ),
        *(
            migrations.RemoveIndex(model_name=model, name=name)
            for model, name in (
                ("matter", "matter_by_due"),
                ("matter", "matter_by_kind"),
                ("matter", "matter_by_stage"),
                ("matter", "matter_running"),
                ("matter", "matter_in_order"),
                ("matter", "matter_by_opening"),
                ("term", "term_in_order"),
                ("term", "term_paused"),
                ("term", "term_lapsed"),
            )
        ),
        migrations.AlterField(
            model_name="todo",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
    ]
