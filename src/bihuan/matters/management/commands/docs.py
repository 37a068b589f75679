"""`bihuan docs --write | --check`: what is generated from the declarations, and whether it has drifted."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bihuan.kernel.glossary import render_glossary
from bihuan.matters.procedure_docs import render_procedure
from bihuan.matters.registry import modules


class Command(BaseCommand):
    help = "Write docs/glossary.md and docs/procedures/*.md, or check that they say what the program does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--write", action="store_true")
        which.add_argument("--check", action="store_true")
        parser.add_argument("--folder", type=Path, default=Path("docs"))

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        pages = {folder / "glossary.md": render_glossary()}
        for module in modules():
            name = f"{module.procedure.code}-{module.procedure.edition}.md"
            pages[folder / "procedures" / name] = render_procedure(module)
        if options["write"]:
            for path, text in pages.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
            return
        drifted = [
            str(path) for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text
        ]
        if drifted:
            raise CommandError(f"drifted from the declarations: {', '.join(drifted)}. Run `make docs`.")
