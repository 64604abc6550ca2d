"""How findings and fixes are put into words, the same in every output."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from msgspec import UNSET

from transclean.model import Applicability, Edit, Finding, Fix
from transclean.output.visible import quoted, shorten, visible

_GAP = 40  # characters shown of what stays as it is between two edits


def place(finding: Finding) -> str:
    """Return `path:line:column`, with the record and its field after the path if there are any."""
    record = "" if finding.record is UNSET else f"[{finding.record}]"
    field = "" if finding.field is UNSET else f".{finding.field}"
    return f"{visible(finding.path + record + field)}:{finding.line}:{finding.column}"


def last_line(finding: Finding) -> int:
    """Return the last line with a character of `finding`: not one that it only reaches."""
    reaches = finding.end_column == 1 and finding.end_line > finding.line
    return finding.end_line - reaches


def best_applicability(finding: Finding) -> Applicability | None:
    """Return safe if any fix is safe, suggested if there are only such, None without a fix."""
    found = {fix.applicability for fix in finding.fixes}
    return next((level for level in Applicability if level in found), None)


def advice(text: str, finding: Finding, fix: Fix, limit: int) -> str:
    """Return what `fix` asks for: “write “Ms.””, with texts of at most `limit` characters.

    `text` is what the offsets count in. Where an edit lies beside the finding or there are
    several, the words show the whole stretch that they change.
    """
    if not any(edit.replacement for edit in fix.edits):
        removed = (quoted(text[edit.start : edit.end], limit) for edit in fix.edits)
        return f"remove {' and '.join(removed)}"
    start = min(finding.start, *(edit.start for edit in fix.edits))
    end = max(finding.end, *(edit.end for edit in fix.edits))
    after = quoted(_edited(text, start, end, fix.edits), limit)
    if start == end:
        return f"insert {after}"
    if (start, end) == (finding.start, finding.end):
        return f"write {after}"
    return f"write {after} instead of {quoted(text[start:end], limit)}"


def _edited(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """Return text[start:end] with the edits made, and the stretches between them shortened."""
    pieces: list[str] = []
    done = start
    for edit in sorted(edits, key=attrgetter("start", "end")):
        pieces += shorten(text[done : edit.start], _GAP), edit.replacement
        done = edit.end
    return "".join(pieces) + shorten(text[done:end], _GAP)
