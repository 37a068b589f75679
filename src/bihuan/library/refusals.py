"""Why the library would not: one class a reason, its text a Chinese sentence for the person who asked."""

from __future__ import annotations

from bihuan.people.refusals import Refused

__all__ = ["AlreadyAccepted", "DecidedMeanwhile", "NotReady", "Refused", "SpanNotFound"]


class DecidedMeanwhile(Refused):
    """Somebody else decided about the same proposal since it was shown."""


class AlreadyAccepted(Refused):
    """The paper has been accepted: its decisions are closed and it is not accepted twice."""


class NotReady(Refused):
    """Something must be decided or answered first."""


class SpanNotFound(Refused):
    """The words given do not stand in the paper, or not in that order."""
