"""The engine: a document and a rulebook in, findings out."""

from __future__ import annotations

from transclean.engine.run import Engine, Outcome
from transclean.engine.selection import SelectionError, select_rules

__all__ = ["Engine", "Outcome", "SelectionError", "select_rules"]
