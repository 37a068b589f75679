"""Who may import whom, and what only the engine may write: rules about the source itself."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import bihuan
import bihuan.modules

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "bihuan"
LAYERS = ("ledger", "people", "library", "matters", "modules", "portal", "config")  # from below


def trees(*, without: tuple[str, ...] = ()) -> Iterator[tuple[str, ast.Module]]:
    """Every source file (path under src/bihuan) with its syntax tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(without):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def test_imports_keep_to_the_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml") == EXIT_STATUS_SUCCESS


def test_facts_are_copied_as_the_structs_they_are() -> None:
    """dataclasses.replace fails on a fact, and only when the line runs (docs/adr/0007)."""
    wrong = [
        name
        for name, tree in trees()
        if name.startswith(("readers/genres/", "readers/parts/", "readers/checks/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
        if "replace" in {alias.name for alias in node.names}
    ]
    assert wrong == []


def test_foreign_keys_point_downward() -> None:
    """A key named by a string escapes the import rules, so the models themselves are walked."""
    upward = []
    for model in apps.get_models():
        here = layer(model.__module__)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if here is None or not isinstance(field, Field) or target is None:
                continue
            there = layer(target.__module__)
            if there is not None and LAYERS.index(there) > LAYERS.index(here):
                upward.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert upward == []


def layer(module: str) -> str | None:
    """The layer of one of our modules."""
    parts = module.split(".")
    return parts[1] if parts[0] == "bihuan" and parts[1] in LAYERS else None


def test_modules_tables_point_to_no_other_modules() -> None:
    names = {info.name for info in pkgutil.iter_modules(bihuan.modules.__path__)}
    strangers = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if (mine := module_of(model.__module__)) in names
        and (target := getattr(field, "related_model", None)) is not None
        and module_of(target.__module__) not in (None, mine)
    ]
    assert strangers == []


def module_of(path: str) -> str | None:
    parts = path.split(".")
    return parts[2] if parts[:2] == ["bihuan", "modules"] else None


# --- only the engine moves a matter

ENGINE = ("matters/perform.py", "matters/opening.py", "matters/worklist.py")
KEPT = {"stage", "ended_on"}  # of a matter or party
HELD = {"Deed", "Todo"}  # rows that stand for what happened and what waits


def test_only_the_engine_sets_a_stage() -> None:
    """`matter.stage = ...` and `.update(stage=...)` anywhere else would bypass the ledger."""
    found = []
    for name, tree in trees(without=ENGINE):
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AugAssign | ast.AnnAssign):
                targets = [node.target]
            found += [
                f"{name}:{node.lineno} .{each.attr}"
                for target in targets
                for each in ast.walk(target)
                if isinstance(each, ast.Attribute) and each.attr in KEPT and not is_own(each)
            ]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                keywords = {word.arg for word in node.keywords}
                if node.func.attr in ("update", "bulk_update") and keywords & KEPT:
                    found.append(f"{name}:{node.lineno} update")
    assert found == []


def is_own(attribute: ast.Attribute) -> bool:
    """`self.stage = …` of a class of one's own."""
    return isinstance(attribute.value, ast.Name) and attribute.value.id == "self"


def test_only_the_engine_makes_deeds_and_work_lists() -> None:
    found = []
    for name, tree in trees(without=(*ENGINE, "matters/holidays.py")):  # a recount is recorded there
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            made = ast.unparse(node.func)
            if made in HELD or re.fullmatch(
                rf"({'|'.join(HELD)})\.objects\.(create|bulk_create|get_or_create)", made
            ):
                found.append(f"{name}:{node.lineno} {made}")
    assert found == []


def test_only_the_ledger_makes_entries() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees(without=("ledger/",))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Entry", "Entry.objects.create")
    ]
    assert found == []


# --- migrations, models, templates


def test_migrations_import_nothing_of_ours() -> None:
    """What a migration does must not change when the program does."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        if "/migrations/" in name
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bihuan"))
        or (isinstance(node, ast.Import) and any(each.name.startswith("bihuan") for each in node.names))
    ]
    assert found == []


def test_no_list_of_choices_is_baked_into_a_table() -> None:
    """A new kind of anything needs no migration."""
    baked = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("bihuan")
        for field in model._meta.get_fields()
        if getattr(field, "choices", None)
    ]
    assert baked == []


TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_templates_show_and_never_decide(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=["']|javascript:""", text) == []
    assert re.findall(r"\{%[^%]*\b(?:role|is_staff|is_superuser)\s*(?:==|!=|in)[^%]*%\}", text) == []
    assert re.findall(r"https?://(?!www\.w3\.org)[^\s\"'<]+", without_fields(text)) == []


def without_fields(text: str) -> str:
    """The template without what it fills in."""
    return re.sub(r"\{[{%#].*?[}%#]\}", "", text)


def test_every_package_can_be_imported_alone() -> None:
    """No module depends on another having been imported before it."""
    for info in pkgutil.walk_packages(bihuan.__path__, "bihuan."):
        if "migrations" not in info.name and not info.name.endswith("__main__"):
            importlib.import_module(info.name)


def test_rows_are_locked_without_their_keys() -> None:
    """On PostgreSQL a plain FOR UPDATE makes everybody wait who inserts a row that points there; with the
    ledger's own queue that becomes two waiting for each other."""
    plain = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and "no_key" not in {word.arg for word in node.keywords}
    ]
    assert plain == []
