"""Prose of markup that no parser gives places for: paragraphs by blank lines, inline by patterns.

Careful rather than complete: a block that is not plainly prose is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transclean.formats.plain import without_lines
from transclean.formats.views import Builder, Escape
from transclean.model import Document, Edit, Segment, SegmentKind, Span

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_QUOTES = tuple("*`_|\\")
_JOIN = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")


class Line(NamedTuple):
    """A line without its end."""

    start: int
    end: int
    text: str

    @property
    def indent(self) -> int:
        """How many characters stand before its first word."""
        return len(self.text) - len(self.text.lstrip())


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text."""
    at = 0
    while at < len(text):
        found = _LINE.match(text, at)
        assert found is not None
        yield Line(at, at + len(found[1]), found[1])
        at = found.end()


def blocks(text: str) -> Iterator[list[Line]]:
    """Yield the runs of lines that are not blank."""
    block: list[Line] = []
    for line in lines(text):
        if line.text.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def prose(
    builder: Builder,
    span: Span,
    kind: SegmentKind,
    inline: re.Pattern[str],
    signs: re.Pattern[str],
    escape: Escape,
    *,
    nested: bool = False,
    characters: Callable[[str], str] | None = None,
) -> None:
    """Add a stretch of prose whose inline markup `inline` finds.

    Its groups, with or without a number behind their names, say what a match is: `body` of an
    emphasis; `keep` of a link; `code` is shown and protected; `char` is what `characters` makes
    of it, and protected; anything else is markup that shows nothing. Where markup may be
    `nested`, it is looked for within emphasis and links. What `signs` finds in the text is
    protected.
    """
    builder.begin(kind, escape)
    reader = _Inline(builder, inline, signs, nested, characters)
    reader.read(*span)
    builder.begin(kind, escape)


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """Return the edit that takes out a paragraph that stands by itself."""
    text = document.text
    begin = text.rfind("\n", 0, segment.start) + 1
    if begin != segment.start or segment.kind is not SegmentKind.PARAGRAPH:
        return None
    start, end = without_lines(text, begin, segment.end, whole=True)
    return (Edit(start=start, end=end, replacement=""),)


class _Inline(NamedTuple):
    """What reads inline markup."""

    builder: Builder
    inline: re.Pattern[str]
    signs: re.Pattern[str]
    nested: bool
    characters: Callable[[str], str] | None

    def read(self, start: int, end: int) -> None:
        for found in self.inline.finditer(self.builder.document, start, end):
            _text(self.builder, start, found.start(), self.signs)
            start = found.end()
            self._take(found)
        _text(self.builder, start, end, self.signs)

    def _take(self, found: re.Match[str]) -> None:
        builder, done = self.builder, found.end()
        # Markup is none that touches a word: an edit must not bring that about.
        around = (
            builder.document[found.start() - 1 : found.start()],
            builder.document[done : done + 1],
        )
        touches = "?" if any(sign.isalnum() or sign in _QUOTES for sign in around) else ""
        part, (begin, finish) = _part(found)
        if part == "body":
            name = f"emphasis {builder.document[found.start() : begin]}{touches}"
            builder.open(found.start(), begin, name, loose=True)
            self._within(begin, finish)
            builder.close(finish, done, name)
        elif part == "keep":
            builder.open(found.start(), begin, f"link{touches}", loose=False)
            self._within(begin, finish)
            builder.close(finish, done, f"link{touches}")
        elif part == "code":
            builder.atom(*found.span(), f"code{touches}")
            builder.protecting = 1
            _text(builder, begin, finish)
            builder.protecting = 0
        elif part == "char" and self.characters is not None:
            builder.mark(*found.span(), "character")
            builder.protecting = 1
            builder.unit(self.characters(found[0]), *found.span())
            builder.protecting = 0
        else:
            builder.thing(*found.span(), f"markup{touches}")

    def _within(self, start: int, end: int) -> None:
        if self.nested:
            self.read(start, end)
        else:
            _text(self.builder, start, end, self.signs)


_PARTS = ("body", "keep", "code", "char")


def _part(found: re.Match[str]) -> tuple[str, tuple[int, int]]:
    """Return what a match of inline markup is, and where its text stands."""
    for name, text in found.groupdict().items():
        if text and name.rstrip("0123456789") in _PARTS:
            return name.rstrip("0123456789"), found.span(name)
    return "", found.span()


def _text(builder: Builder, start: int, end: int, signs: re.Pattern[str] | None = None) -> None:
    if signs is not None:
        found_signs = signs.finditer(builder.document, start, end)
        builder.protected += (Span(*found.span()) for found in found_signs)
    for found in _JOIN.finditer(builder.document, start, end):
        builder.text(start, found.start())
        if not builder.empty:
            builder.unit(" ", *found.span())
        start = found.end()
    builder.text(start, end)
