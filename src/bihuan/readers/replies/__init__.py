"""Replies to deputies' suggestions: the gate they pass before they are sent."""

from __future__ import annotations

from bihuan.readers.replies.case import Body, Earlier, Objection, ReplyCase
from bihuan.readers.replies.gate import check_reply

__all__ = ["Body", "Earlier", "Objection", "ReplyCase", "check_reply"]
