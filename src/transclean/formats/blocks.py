"""Prose of markup that no parser gives places for: paragraphs by blank lines, inline by patterns.

Careful rather than complete: a block that is not plainly prose is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transclean.formats.views import Builder, Escape
from transclean.model import SegmentKind, Span

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
) -> None:
    """Add a stretch of prose whose inline markup `inline` finds.

    Its groups say what a match is: `open`, `body` and `close` of an emphasis; the same as
    `keep_open`, `keep` and `keep_close` of a link; `code` is shown and protected; anything
    else is markup that shows nothing. What `signs` finds in the text is protected.
    """
    builder.begin(kind, escape)
    done = span.start
    for found in inline.finditer(builder.document, *span):
        _text(builder, done, found.start(), signs)
        done = found.end()
        groups = found.groupdict()
        # Markup is none that touches a word: an edit must not bring that about.
        around = (
            builder.document[found.start() - 1 : found.start()],
            builder.document[done : done + 1],
        )
        touches = "?" if any(sign.isalnum() or sign in _QUOTES for sign in around) else ""
        if groups.get("body"):
            name = f"emphasis {found['open']}{touches}"
            builder.open(found.start(), found.start("body"), name, loose=True)
            _text(builder, *found.span("body"), signs)
            builder.close(found.end("body"), found.end(), name)
        elif groups.get("keep"):
            builder.open(found.start(), found.start("keep"), f"link{touches}", loose=False)
            _text(builder, *found.span("keep"), signs)
            builder.close(found.end("keep"), found.end(), f"link{touches}")
        elif groups.get("code"):
            builder.atom(*found.span(), f"code{touches}")
            builder.protecting = 1
            _text(builder, *found.span("code"))
            builder.protecting = 0
        else:
            builder.thing(*found.span(), f"markup{touches}")
    _text(builder, done, span.end, signs)
    builder.begin(kind, escape)


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
