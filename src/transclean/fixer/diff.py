"""Unified diffs that `git apply` and `patch -p1` accept in the working directory.

Lines end with LF alone, as for git and patch: CR, form feeds and Unicode's line
separators are characters of their line.

The headers name the file as it really lies, seen from the working directory: relative,
with forward slashes, links resolved, because both tools refuse paths that lead upward or
through links. A file outside the working directory is named from the root, and its
diff applies there. There is no `diff --git` line: git would read the paths below it from
the top of the repository. (Within a folder of a repository that holds a folder of its own
name, git takes the one for the other unless told `-p1`.)
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import AnyStr, NamedTuple

_NO_NEWLINE = "\\ No newline at end of file\n"
_ESCAPES = {ord(c): f"\\{e}" for c, e in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)}
# difflib may take the cube of this many lines, so it sees only small stretches.
_SMALL = 64


class _Change(NamedTuple):
    """Lines old[old_start:old_end] became new[new_start:new_end]."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified_diff(path: str, before: AnyStr, after: AnyStr, *, context: int = 3) -> Iterator[AnyStr]:
    """Yield the lines of the diff, each with its line end; none if nothing changed.

    Give the file's bytes for a diff that is to be applied: only so do byte order marks
    and encodings other than UTF-8 match the file. Text is for showing. `context` counts
    the unchanged lines around a change; without any, git wants `--unidiff-zero`.
    """
    if before == after:
        return
    if isinstance(before, bytes) and isinstance(after, bytes):
        # One character a byte, both ways.
        for line in _diff(path, before.decode("latin-1"), after.decode("latin-1"), context):
            yield line.encode("latin-1")
    elif isinstance(before, str) and isinstance(after, str):
        yield from _diff(path, before, after, context)


def streamed_diff(
    path: str, pieces: Iterable[tuple[bytes, bytes]], *, context: int = 3
) -> Iterator[bytes]:
    """Yield the hunks of the diff of a file that is given in pieces, as it was and as it is.

    No more is held than a hunk and the lines around it, and a line with all of its pieces.
    """
    window = _Window(context)
    headed = False
    for old, new in _whole_lines(pieces):
        for hunk in window.add(old, new):
            if not headed:
                headed = True
                yield "".join(_headers(path)).encode("latin-1")
            yield hunk.encode("latin-1")


def _whole_lines(pieces: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    """Yield pieces that end with a line on both sides; the last may not, and two are empty."""
    old: list[str] = []
    new: list[str] = []
    for before, after in pieces:
        old.append(before.decode("latin-1"))
        new.append(after.decode("latin-1"))
        if before.endswith(b"\n") and after.endswith(b"\n"):
            yield "".join(old), "".join(new)
            old, new = [], []
    if old:
        yield "".join(old), "".join(new)
    yield "", ""


class _Window:
    """The lines from the context of the last change on, and how many stand before them."""

    def __init__(self, context: int) -> None:
        self.context = context
        self.old: list[str] = []
        self.new: list[str] = []
        self.before = (0, 0)
        self.same = 0  # lines at the end that did not change
        self.changed = False

    def add(self, old: str, new: str) -> Iterator[str]:
        """Take more lines, none at the end; yield the hunks that no later line belongs to."""
        lines = _lines(old)
        self.old += lines
        self.new += lines if old == new else _lines(new)
        self.same = self.same + len(lines) if old == new else 0
        self.changed = self.changed or old != new
        if old and self.same <= 2 * self.context:
            return
        if self.changed:
            for changes in _hunks(_changes(self.old, self.new), self.context):
                yield "".join(_render(self.old, self.new, changes, self.context, self.before))
        self.changed = False
        self._forget(len(self.old) - self.context)

    def _forget(self, count: int) -> None:
        """Leave only the lines of context at the end, which are the same on both sides."""
        if count > 0:
            more = len(self.new) - len(self.old)
            self.before = self.before[0] + count, self.before[1] + count + more
            del self.old[:count], self.new[: count + more]


def _diff(path: str, before: str, after: str, context: int) -> Iterator[str]:
    old, new = _lines(before), _lines(after)
    yield from _headers(path)
    for changes in _hunks(_changes(old, new), context):
        yield from _render(old, new, changes, context)


def _headers(path: str) -> Iterator[str]:
    name = _name(path)
    yield f"--- {_header(b'a/' + name)}\n"
    yield f"+++ {_header(b'b/' + name)}\n"


def _lines(text: str) -> list[str]:
    """Return the lines of `text`, each with its LF; the last one may lack it."""
    *lines, rest = text.split("\n")
    lines = [line + "\n" for line in lines]
    return [*lines, rest] if rest else lines


def _name(path: str) -> bytes:
    """Return the name that leads to the file from the working directory, or from the root."""
    real = os.path.realpath(path)
    try:
        relative = os.path.relpath(real, os.path.realpath(os.curdir))
    except (OSError, ValueError):  # no working directory; another drive
        relative = real
    if relative.split(os.sep)[0] == os.pardir:
        relative = real
    return os.fsencode(relative.replace(os.sep, "/").lstrip("/"))


def _header(name: bytes) -> str:
    """Return `name` as git writes it: quoted as in C if needed, a tab after one with spaces."""
    tab = "\t" if b" " in name else ""
    quoted = "".join(
        _ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}")
        for byte in name
    )
    return quoted + tab if len(quoted) == len(name) else f'"{quoted}"{tab}'


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """Yield what changed, in order; between two changes lies an unchanged line at least.

    Lines that are unique on both sides and stand in the same order hold the two together,
    which takes the time of sorting them; what lies between is compared by itself.
    """
    done_old = done_new = 0
    for i, j in (*_anchors(old, new), (len(old), len(new))):
        if done_old < i or done_new < j:
            yield from _gap(old, new, _Change(done_old, i, done_new, j))
        done_old, done_new = i + 1, j + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest row of pairs of equal, unique lines that ascends on both sides."""
    places = _unique(new)
    pairs = [(i, places[line]) for line, i in _unique(old).items() if line in places]
    lows: list[int] = []  # of each length, the lowest last place in `new` of such a row
    ends: list[int] = []  # of each length, the pair that this row ends with
    previous: list[int] = []  # of each pair, the one before it in its row
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(lows, j)
        previous.append(ends[length - 1] if length else -1)
        lows[length : length + 1] = [j]
        ends[length : length + 1] = [at]
    row = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(pairs[at])
        at = previous[at]
    return row[::-1]


def _unique(lines: Sequence[str]) -> dict[str, int]:
    """Return the places of the lines that occur once, in order."""
    count = Counter(lines)
    return {line: at for at, line in enumerate(lines) if count[line] == 1}


def _gap(old: Sequence[str], new: Sequence[str], gap: _Change) -> Iterator[_Change]:
    """Yield what changed within a stretch without anchors."""
    i, old_end, j, new_end = gap
    while i < old_end and j < new_end and old[i] == new[j]:
        i, j = i + 1, j + 1
    while i < old_end and j < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    if old_end - i == new_end - j:  # changes within lines, as nearly always
        for same, run in groupby(range(old_end - i), lambda at: old[i + at] == new[j + at]):
            if not same:
                first, *others = run
                size = 1 + len(others)
                yield _Change(i + first, i + first + size, j + first, j + first + size)
    elif max(old_end - i, new_end - j) <= _SMALL:
        matcher = SequenceMatcher(None, old[i:old_end], new[j:new_end], autojunk=False)
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            if tag != "equal":
                yield _Change(i + old_from, i + old_to, j + new_from, j + new_to)
    else:
        yield _Change(i, old_end, j, new_end)


def _hunks(changes: Iterable[_Change], context: int) -> Iterator[list[_Change]]:
    """Yield the changes in groups whose contexts touch or overlap."""
    group: list[_Change] = []
    for change in changes:
        if group and change.old_start - group[-1].old_end > 2 * context:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _render(
    old: Sequence[str],
    new: Sequence[str],
    changes: Sequence[_Change],
    context: int,
    before: tuple[int, int] = (0, 0),
) -> Iterator[str]:
    """Yield one hunk; `before` counts lines that stand above these."""
    first, last = changes[0], changes[-1]
    lead = min(context, first.old_start)
    trail = min(context, len(old) - last.old_end)
    old_range = _range(before[0] + first.old_start - lead, before[0] + last.old_end + trail)
    new_range = _range(before[1] + first.new_start - lead, before[1] + last.new_end + trail)
    yield f"@@ -{old_range} +{new_range} @@\n"
    at = first.old_start - lead
    for change in changes:
        yield from _marked(" ", old[at : change.old_start])
        yield from _marked("-", old[change.old_start : change.old_end])
        yield from _marked("+", new[change.new_start : change.new_end])
        at = change.old_end
    yield from _marked(" ", old[at : at + trail])


def _range(start: int, end: int) -> str:
    """Return lines[start:end] as a hunk's header counts them."""
    if start == end:
        return f"{start},0"  # the line before
    return f"{start + 1}" if end - start == 1 else f"{start + 1},{end - start}"


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.endswith("\n"):
            yield mark + line
        else:
            yield f"{mark}{line}\n"
            yield _NO_NEWLINE
