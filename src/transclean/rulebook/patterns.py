"""Patterns in the syntax of the regex package, with lexicons by `\\L<name>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import regex

from transclean.rulebook.lexicons import Lexicons

_LEXICON = re.compile(r"\\L<([^<>]*)>")
_REFERENCE = re.compile(r"\\g<([^<>]*)>")

Pattern = Any  # regex.Pattern has no stubs that know timeouts


def lexicons_of(pattern: str) -> list[str]:
    """Return the names of the lexicons that a pattern takes."""
    return _LEXICON.findall(pattern)


def references_of(pattern: str) -> list[str]:
    """Return the names of the match's groups that a context refers to by `\\g<name>`."""
    return _REFERENCE.findall(pattern)


def compile_pattern(pattern: str, lexicons: Lexicons) -> Pattern:
    """Return the compiled pattern; raise regex.error where it is none."""
    # Named lists must be identifiers in the regex package; lexicons have kebab-case names.
    lists = {_identifier(name): list(lexicons[name].words) for name in lexicons_of(pattern)}
    source = _LEXICON.sub(lambda m: f"\\L<{_identifier(m[1])}>", pattern)
    return regex.compile(source, cache_pattern=False, **lists)


def fill_references(pattern: str, groups: Mapping[str, str | None]) -> str:
    """Return a context's pattern with `\\g<name>` as the text that the group matched."""
    return _REFERENCE.sub(
        lambda m: f"(?:{regex.escape(groups.get(m[1]) or '', special_only=True)})", pattern
    )


def _identifier(name: str) -> str:
    return "lexicon_" + name.replace("-", "_")
