"""Apply edits that were already chosen."""

from __future__ import annotations

from collections.abc import Iterable

from transclean.model import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made and every other character kept.

    Edits may touch but not overlap: choosing between rivals comes earlier.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.start < done:
            raise ValueError(f"edits overlap at {edit.start}")
        pieces += text[done : edit.start], edit.replacement
        done = edit.end
    return "".join(pieces) + text[done:]
