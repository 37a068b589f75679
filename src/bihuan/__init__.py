"""Bihuan 闭环: see docs/architecture.md."""

__version__ = "0.1.0"
