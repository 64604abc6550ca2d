"""Find and repair what machine translation leaves behind in English articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transclean._version import __version__

if TYPE_CHECKING:
    from transclean.api import Cleaner, check_text, fix_text
    from transclean.fixer import FixResult
    from transclean.model import Applicability, Edit, Evidence, Finding, Fix, TranscleanError
    from transclean.rulebook.style import Style

_HOMES = {
    "Cleaner": "transclean.api",
    "check_text": "transclean.api",
    "fix_text": "transclean.api",
    "FixResult": "transclean.fixer",
    "Applicability": "transclean.model",
    "Edit": "transclean.model",
    "Evidence": "transclean.model",
    "Finding": "transclean.model",
    "Fix": "transclean.model",
    "TranscleanError": "transclean.model",
    "Style": "transclean.rulebook.style",
}

__all__ = [
    "Applicability",
    "Cleaner",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "FixResult",
    "Style",
    "TranscleanError",
    "__version__",
    "check_text",
    "fix_text",
]


def __getattr__(name: str) -> Any:
    """Import a public name on its first use, so that the command starts without all of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
