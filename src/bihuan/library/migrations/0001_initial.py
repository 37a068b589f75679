import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("text", models.TextField(blank=True)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="people.place",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reader", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("warnings", models.JSONField(default=list)),
                ("former_text", models.TextField(blank=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="library.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("type", models.CharField(max_length=30)),
                ("section", models.TextField(blank=True)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("confidence", models.FloatField()),
                ("doubt", models.TextField(blank=True)),
                ("fact", models.JSONField()),
                ("corrected", models.JSONField(null=True)),
                ("decision", models.CharField(default="pending", max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="library.reading",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_at", models.DateTimeField()),
                ("answers", models.JSONField(default=dict)),
                ("decisions_digest", models.CharField(max_length=64)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptance",
                        to="library.reading",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=60)),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("folded", models.TextField()),
                ("updated", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CreatedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("label", models.TextField()),
                ("url", models.CharField(max_length=500)),
                (
                    "acceptance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="created",
                        to="library.acceptance",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("acceptance", "position"), name="created_position_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["place", "kind", "-uploaded_at", "-id"], name="document_newest"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "upload")), fields=("place", "sha256"), name="paper_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "accepted", "abandoned"])),
                name="reading_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("document",), name="one_open_reading"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "accepted")), fields=("document",), name="accepted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("reading", "position"), name="proposal_position_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gte", models.F("start"))), name="proposal_span_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "pending")),
                    models.Q(
                        ("decided_at__isnull", False), ("decision__in", ["accepted", "corrected", "rejected"])
                    ),
                    _connector="OR",
                ),
                name="decided_when_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected__isnull", False), ("decision", "corrected")),
                    models.Q(models.Q(("decision", "corrected"), _negated=True), ("corrected__isnull", True)),
                    _connector="OR",
                ),
                name="corrected_with_its_correction",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchrow",
            constraint=models.UniqueConstraint(fields=("kind", "key"), name="search_row_once"),
        ),
    ]
