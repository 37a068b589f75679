"""Where texts leave their telling words and signatures, so that kin are found: matters/kin.py.

On SQLite the keys' table is its own index (WITHOUT ROWID): half the size of a table with an index beside it.
"""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "CREATE TABLE matters_kinkey (key bigint NOT NULL, matter_id bigint NOT NULL, PRIMARY KEY (key, matter_id))"


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(TABLE + (" WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""))


def unmake(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE matters_kinkey")


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_lists_by_sight")]

    operations = [
        migrations.CreateModel(
            name="KinText",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="kin_text",
                        serialize=False,
                        to="matters.matter",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            state_operations=[
                migrations.CreateModel(
                    name="KinKey",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key",
                                "matter",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.BigIntegerField()),
                        (
                            "matter",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="matters.matter",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
