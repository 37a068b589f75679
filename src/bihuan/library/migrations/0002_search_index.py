"""The full-text index: a contentless FTS5 table on SQLite, an expression index on PostgreSQL.

Imports nothing of ours; library/search.py is the only writer and the only asker.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    # detail=full is what phrases need; the tokenizer only splits at spaces, the tokens are ASCII already.
    "CREATE VIRTUAL TABLE library_fts USING fts5(bigrams, content='', detail=full, tokenize='ascii')",
)
POSTGRESQL = (
    # string_to_array(text, NULL) gives the characters in one pass; substr() in a loop would be quadratic.
    """
    CREATE FUNCTION library_bigrams(line text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $body$
        SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM (
            SELECT letter || lead(letter) OVER (ORDER BY place) AS pair
            FROM unnest(string_to_array(line, NULL)) WITH ORDINALITY AS letters (letter, place)
        ) AS pairs WHERE pair IS NOT NULL
    $body$
    """,
    "CREATE INDEX library_searchrow_bigrams ON library_searchrow USING gin (library_bigrams(folded))",
)
UNDO = {
    "sqlite": ("DROP TABLE library_fts",),
    "postgresql": ("DROP INDEX library_searchrow_bigrams", "DROP FUNCTION library_bigrams(text)"),
}


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement)


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def unmake(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]
