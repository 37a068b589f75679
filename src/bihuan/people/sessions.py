"""Sessions kept in our own table, with whose they are, from where and since when.

The times: a session ends after SESSION_COOKIE_AGE without a request, when the browser closes, and in any
case SESSION_LONGEST after signing in; `people.middleware` watches the last.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from bihuan.people.models import Session

STARTED = "started"  # seconds since 1970, when the person signed in
ADDRESS = "address"
SEEN = "seen"  # seconds since 1970, when the idle time was last set back


class SessionStore(DatabaseStore):
    """Django's database store, writing the columns by which a session can be listed and ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101  # get_model_class says so
        row.handle = hashlib.sha256(f"handle:{row.session_key}".encode()).hexdigest()[:32]
        account = data.get(SESSION_KEY)
        row.account_id = int(account) if account else None
        row.address = data.get(ADDRESS)
        row.started_at = datetime.fromtimestamp(data[STARTED], UTC) if STARTED in data else None
        return row
