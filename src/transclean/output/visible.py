"""Text made fit for a terminal: what it would obey is escaped, what it shows is measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple
from unicodedata import category, east_asian_width

ELLIPSIS = "…"
_TAB = "    "
_NON_JOINER, _JOINER, _EMOJI_STYLE = "\u200c", "\u200d", "\ufe0f"
# Control, format, lone surrogate, line and paragraph separator: they move the cursor, turn the
# direction of text or cannot be seen.
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Cell(NamedTuple):
    """A character as it is shown, and the columns that this takes."""

    shown: str
    width: int


def visible(text: str) -> str:
    r"""Return `text` with every character that a terminal would obey or hide as an escape.

    A line break becomes \n, an escape \x1b, a zero-width space \u200b. The two joiners
    stay, since emoji and several scripts are made with them.
    """
    if text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    if category(char) not in _ESCAPED or char in (_JOINER, _NON_JOINER):
        return char
    return char.encode("unicode_escape").decode("ascii")


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its beginning and end where it has more than `limit` characters."""
    if len(text) <= limit:
        return text
    head = limit // 2
    return text[:head] + ELLIPSIS + text[len(text) - (limit - head - 1) :]


def quoted(text: str, limit: int) -> str:
    """Return `text` for use in a sentence: shortened to `limit`, escaped, in quotation marks."""
    return f"“{visible(shorten(text, limit))}”"


def cells(text: str) -> list[Cell]:
    """Return the cell of every character of `text`, a line without its break."""
    row: list[Cell] = []
    previous = Cell("", 0)
    for char in text:
        previous = _cell(char, previous)
        row.append(previous)
    return row


def _cell(char: str, previous: Cell) -> Cell:
    if " " <= char <= "~":
        return Cell(char, 1)
    if char == "\t":
        return Cell(_TAB, len(_TAB))
    shown = _escaped(char)
    return Cell(shown, _columns(char, previous) if shown == char else len(shown))


def _columns(char: str, previous: Cell) -> int:
    """Return how many columns `char` adds after `previous`, as terminals of today count."""
    if char == _EMOJI_STYLE:
        return int(previous.width == 1)  # the sign before it is drawn as an emoji, which is wide
    if _joins(char, previous):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _joins(char: str, previous: Cell) -> bool:
    """Whether `char` is drawn into the character before it."""
    if category(char) in ("Mn", "Me") or char in (_JOINER, _NON_JOINER):
        return True
    if previous.shown == _JOINER:
        return category(char) == "So"  # an emoji made of several
    skin_tone = "\U0001f3fb" <= char <= "\U0001f3ff" and previous.width == 2
    return skin_tone or "\u1160" <= char <= "\u11ff"  # the latter end a Hangul syllable


def columns(row: Iterable[Cell]) -> int:
    """Return how many columns `row` takes."""
    return sum(cell.width for cell in row)


def crop(row: Sequence[Cell], room: int, *, cut: bool = False) -> list[Cell]:
    """Return the beginning of `row` that fits into `room` columns, with an ellipsis if cropped.

    `cut` says that `row` is itself only the beginning of something longer.
    """
    if not cut and columns(row) <= room:
        return list(row)
    kept, used = 0, 0
    while kept < len(row) and used + row[kept].width < room:
        used += row[kept].width
        kept += 1
    return [*islice(row, kept), Cell(ELLIPSIS, 1)] if room > 0 else []
