"""Make `import bihuan` and the `bihuan` command work in this virtual environment, straight from src/.

What `pip install -e .` would do, without fetching a build backend: a machine without internet can do it too.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
COMMAND = """#!{python}
import sys

from bihuan.__main__ import main

sys.exit(main())
"""


def main() -> None:
    """Write the path file and the command."""
    if sys.prefix == sys.base_prefix:
        sys.exit("tools/link_package.py: run it with the virtual environment's own Python")
    Path(sysconfig.get_path("purelib"), "bihuan.pth").write_text(f"{SOURCE}\n", "utf-8")
    command = Path(sys.prefix, "bin", "bihuan")
    command.write_text(COMMAND.format(python=sys.executable), "utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    main()
