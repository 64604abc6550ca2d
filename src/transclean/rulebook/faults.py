"""Faults of rule files, each with its place, reported together."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from transclean.model import TranscleanError


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing wrong in a rule file; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    rule: str
    reason: str

    def __str__(self) -> str:
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.path}:{self.line}:{self.column}: {rule}{self.reason}"


class RuleFileError(TranscleanError):
    """Rule files that can't be used, with all their faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[RuleFileError], tuple[tuple[Fault, ...]]]:
        return RuleFileError, (self.faults,)


def near_miss(name: str, known: Iterable[str]) -> str:
    """Return “; did you mean …?” for a name close to a known one, or nothing."""
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean “{close[0]}”?" if close else ""
