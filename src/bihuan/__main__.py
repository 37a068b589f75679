"""The `bihuan` command: pure commands run without Django, everything else is Django's own manager."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

# Commands that need neither settings nor a database; each module offers main(argv) -> exit status.
PURE = {"due": "bihuan.commands.due", "read": "bihuan.commands.read"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 done, 1 found something wrong, 2 wrong usage)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in PURE:
        return int(importlib.import_module(PURE[words[0]]).main(words[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bihuan", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
