"""For people: the line with carets, what to write instead, and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from transclean.model import Evidence, Finding
from transclean.output import FileFindings, OutputOptions
from transclean.output.excerpt import excerpt
from transclean.output.visible import quoted, visible
from transclean.output.words import advice, last_line, place

_NARROWEST = 40  # columns: below this an excerpt says nothing
_MOST_EVIDENCE = 5
_QUOTED_EVIDENCE = 40  # characters
_CODES = {
    "place": 1,
    "frame": 2,
    "error": 31,
    "safe": 32,
    "warning": 33,
    "suggested": 36,
    "info": 36,
}


def render(files: Iterable[FileFindings], options: OutputOptions, /) -> Iterator[str]:
    """Yield a block for every finding, with an empty line after each."""
    for file in files:
        page = _Page(file.text, options)
        for finding in file.findings:
            yield "".join(f"{line}\n" for line in page.block(finding)) + "\n"


class _Page:
    """A text that findings are shown in."""

    def __init__(self, text: str, options: OutputOptions) -> None:
        self._text = text
        self._color = options.color
        self._width = max(_NARROWEST, options.width)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", self._text))]

    def block(self, finding: Finding) -> Iterator[str]:
        """Yield the lines about `finding`, without their line breaks."""
        margin = " " * len(str(finding.line))
        yield self._heading(finding)
        yield from self._excerpt(finding, margin)
        for note in (*self._fixes(finding), *self._evidence(finding)):
            yield f"{margin} {self._paint('=', 'frame')} {note}"

    def _heading(self, finding: Finding) -> str:
        where = self._paint(f"{place(finding)}:", "place")
        rule = self._paint(visible(finding.rule), finding.severity.value)
        kind = f"[{finding.severity.value}/{visible(finding.category)}]"
        return f"{where} {rule} {kind} {visible(finding.message)}"

    def _excerpt(self, finding: Finding, margin: str) -> Iterator[str]:
        bar = self._paint("|", "frame")
        number = self._paint(str(finding.line), "frame")
        shown = excerpt(self._text, finding, self._width - len(margin) - 3)
        carets = self._paint(shown.carets, finding.severity.value)
        end = last_line(finding)
        more = f" and on to line {end}" if end > finding.line else ""
        yield f"{margin} {bar}"
        yield f"{number} {bar} {shown.line}"
        yield f"{margin} {bar} {carets}{more}"

    def _fixes(self, finding: Finding) -> Iterator[str]:
        for index, fix in enumerate(finding.fixes):
            level = fix.applicability.value
            label = self._paint(f"{'or' if index else 'fix'} ({level}):", level)
            yield f"{label} {advice(self._text, finding, fix, self._width)}"

    def _evidence(self, finding: Finding) -> Iterator[str]:
        for evidence in finding.evidence[:_MOST_EVIDENCE]:
            yield f"because {self._source(evidence)}: {visible(evidence.reason)}"
        left = len(finding.evidence) - _MOST_EVIDENCE
        if left > 0:
            yield f"because of {left} more"

    def _source(self, evidence: Evidence) -> str:
        line = bisect_right(self._line_starts, evidence.start)
        if evidence.start == evidence.end:
            return f"of line {line}"
        text = self._text[evidence.start : evidence.end]
        return f"{quoted(text, _QUOTED_EVIDENCE)} (line {line})"

    def _paint(self, text: str, role: str) -> str:
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self._color else text
