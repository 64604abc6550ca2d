"""The line that closes a run."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from transclean.model import Applicability, Finding
from transclean.output.words import best_applicability


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What was found; counts of several files can be added up.

    `files` are those with findings. A finding with fixes is `safe` if one of them is,
    otherwise `suggested`.
    """

    findings: int = 0
    files: int = 0
    safe: int = 0
    suggested: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Counts:
        """Return the counts of one file's findings."""
        levels = [best_applicability(finding) for finding in findings]
        return cls(
            findings=len(levels),
            files=int(bool(levels)),
            safe=levels.count(Applicability.SAFE),
            suggested=levels.count(Applicability.SUGGESTED),
        )

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            findings=self.findings + other.findings,
            files=self.files + other.files,
            safe=self.safe + other.safe,
            suggested=self.suggested + other.suggested,
        )


def summary(counts: Counts) -> str:
    """Return `12 findings in 3 files: 5 with a safe fix, 4 with a suggested one`."""
    if not counts.findings:
        return "No findings"
    total = f"{_number(counts.findings, 'finding')} in {_number(counts.files, 'file')}"
    if not counts.safe and not counts.suggested:
        return f"{total}, none with a fix"
    if not counts.safe:
        return f"{total}: {counts.suggested:,} with a suggested fix"
    more = f", {counts.suggested:,} with a suggested one" if counts.suggested else ""
    return f"{total}: {counts.safe:,} with a safe fix{more}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
