"""Who sees what, of the matters that are there: as matters/sight.py writes it after every act."""

from django.db import migrations

MATTERS = """
    INSERT INTO matters_seenmatter
        (seer, matter_id, procedure_code, stage, ended, opened_on, due_on, warn_on)
    SELECT seer, id, procedure_code, stage, CASE WHEN ended_on IS NULL THEN 0 ELSE 1 END, opened_on, due_on, warn_on
    FROM (
        SELECT id AS matter_id, 'p' || place_id AS seer FROM matters_matter
        UNION SELECT matter_id, 'o' || organ_id || coalesce('.' || person_id, '')
        FROM matters_party WHERE until IS NULL
    ) sees JOIN matters_matter ON id = matter_id
"""

# The light as far as no day changes it, as kernel/lights.py had it when this was written.
TERMS = """
    INSERT INTO matters_seenterm (seer, term_id, light, due_on, warn_on)
    SELECT seer, term.id,
        CASE WHEN met_on > term.due_on THEN 'done_late' WHEN met_on IS NOT NULL THEN 'done'
            WHEN lapsed_on IS NOT NULL THEN 'lapsed' WHEN paused THEN 'paused' WHEN term.due_on IS NULL THEN 'waiting' ELSE 'normal' END,
        coalesce(term.due_on, '9999-12-31'), coalesce(term.warn_on, '9999-12-31')
    FROM matters_term term JOIN matters_seenmatter seen ON seen.matter_id = term.matter_id
    LEFT JOIN matters_party party ON party.id = term.party_id
    WHERE (NOT dropped OR lapsed_on IS NOT NULL) AND (
        party.person_id IS NULL OR seer LIKE 'p%' OR seer = 'o' || party.organ_id || '.' || party.person_id
    )
"""

PROMISES = """
    INSERT INTO matters_seenpromise (seer, promise_id, state, due_on)
    SELECT seer, promise.id, state, coalesce(promise.due_on, '9999-12-31')
    FROM matters_promise promise JOIN matters_seenmatter seen ON seen.matter_id = promise.matter_id
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_sight")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (MATTERS, TERMS, PROMISES)]
