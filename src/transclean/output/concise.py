"""One line a finding, for terminals and problem matchers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transclean.model import Applicability
from transclean.output import FileFindings, OutputOptions
from transclean.output.visible import visible
from transclean.output.words import best_applicability, place

_MARKS = {Applicability.SAFE: " [safe fix]", Applicability.SUGGESTED: " [suggested]", None: ""}


def render(files: Iterable[FileFindings], _options: OutputOptions, /) -> Iterator[str]:
    """Yield `path:line:column: rule message [applicability of the best fix]`."""
    for file in files:
        for finding in file.findings:
            words = visible(f"{finding.rule} {finding.message}")
            yield f"{place(finding)}: {words}{_MARKS[best_applicability(finding)]}\n"
