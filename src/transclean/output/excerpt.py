"""The line of a finding with carets underneath."""

from __future__ import annotations

import re
from typing import NamedTuple

from transclean.model import Finding
from transclean.output.visible import Cell, cells, columns, crop

_LINE_BREAK = re.compile(r"[\r\n]")


class Excerpt(NamedTuple):
    """Two lines to print below each other; `carets` begins with its indentation."""

    line: str
    carets: str


class _Window(NamedTuple):
    """The part of a line that is near a finding, and whether the line goes on beyond it."""

    before: list[Cell]
    match: list[Cell]
    after: list[Cell]
    cut_before: bool
    cut_after: bool


def excerpt(text: str, finding: Finding, width: int) -> Excerpt:
    """Return the first line of `finding` in `text`, cropped to `width` columns around it.

    Takes time by `width` alone, however long the line is.
    """
    before, match, after = _fit(_window(text, finding, width), width)
    line = "".join(cell.shown for cell in (*before, *match, *after))
    return Excerpt(line, " " * columns(before) + "^" * max(1, columns(match)))


def _window(text: str, finding: Finding, reach: int) -> _Window:
    """Return the finding's line as far as `reach` characters on either side."""
    line_start = finding.start - finding.column + 1
    low = max(line_start, finding.start - reach)
    limit = min(finding.end, finding.start + reach) + reach
    found = _LINE_BREAK.search(text, finding.start, limit)
    high = found.start() if found else min(limit, len(text))
    row = cells(text[low:high])
    start, end = finding.start - low, min(finding.end, high) - low
    cut_after = not found and high < len(text)
    return _Window(row[:start], row[start:end], row[end:], low > line_start, cut_after)


def _fit(window: _Window, width: int) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """Return the window's three parts, cropped to `width` together; the match goes first."""
    match = crop(window.match, max(1, width - 2))  # the two are for an ellipsis on either side
    whole = match == window.match
    after = window.after if whole else []
    rest = width - columns(match)
    needed_after = rest if window.cut_after and whole else columns(after)
    room_before = max(rest // 2, rest - needed_after)
    before = crop(window.before[::-1], room_before, cut=window.cut_before)[::-1]
    after = crop(after, rest - columns(before), cut=window.cut_after and whole)
    return before, match, after
