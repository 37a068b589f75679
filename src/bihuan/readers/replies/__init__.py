"""Replies to deputies' suggestions: the gate they pass before they are sent, the promises they make."""

from __future__ import annotations

from bihuan.readers.replies.case import Body, Earlier, Objection, ReplyCase
from bihuan.readers.replies.gate import check_reply
from bihuan.readers.replies.promised import find_promises

__all__ = ["Body", "Earlier", "Objection", "ReplyCase", "check_reply", "find_promises"]
