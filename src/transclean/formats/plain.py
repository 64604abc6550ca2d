"""Plain text: paragraphs, headings and list items, parted by blank lines or line ends.

A block of lines is one paragraph where it was wrapped by a program, that is where no line
could have taken the next one's first word; otherwise every line is a segment of its own,
as in text that a scraper put out one paragraph a line.

What is too long for a paragraph is several segments, and a word without end is none: no
pattern and no check meets a text of megabytes at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from transclean.formats import DEFAULTS, Options
from transclean.formats.protected import protected_spans
from transclean.model import Document, Edit, Run, Segment, SegmentKind, Span

NAME = "text"

WRAP_WIDTHS = range(40, 121)  # columns at which programs and people wrap prose
LONGEST = 50_000  # characters of a segment; no paragraph of an article has as many
_SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ')
_SPACES = (" ", "\t", "\u00a0")
_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_LIST_ITEM = re.compile(r"(?:[-*•‣·–]|\d{1,3}[.)])[ \t]+\S")
_STOPS = ".!?…:;,"
# A line that ends before one of these is whole, such as a headline or a link to another article.
_OPENING = re.compile(
    r"(?:The|An?|This|These|He|She|It|They|We|In|On|At|For|After|Before|When|While|But|And|As|If)"
    r" [a-z]"
)
_UNFINISHED = re.compile(
    r"(?:^|\s)(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|but|as|is|are|was|were|that|than|"
    r"his|her|its|their|our|my|your|called|named|[A-Z]\w*\.?)$"
)
_FEW_LINES = 3
_CLOSERS = "”’»\"')]*"


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a plain text."""
    segments = tuple(segment for block in _blocks(text) for segment in _segments(text, block))
    return Document(
        path=path,
        text=text,
        format=NAME,
        segments=segments,
        body=Segment.exact(SegmentKind.DOCUMENT, text, 0, len(text)),
        protected=protected_spans(text),
        options=options,
    )


def removal(document: Document, segment: Segment) -> tuple[Edit, ...]:
    """Return the edits that take out a segment with the blank lines that set it apart."""
    start, end = without_lines(document.text, segment.start, segment.end, whole=True)
    return (Edit(start=start, end=end, replacement=""),)


def without_lines(text: str, start: int, end: int, *, whole: bool = False) -> Span:
    """Return what to take out of `text` with text[start:end]: its lines and the blank ones after.

    Only where nothing else stands on these lines, unless the whole lines are meant.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = _LINE.match(text, end).end()  # type: ignore[union-attr]  # always matches
    if not whole and (text[line_start:start].strip() or text[end:line_end].strip()):
        return Span(start, end)
    after = _skip_blank_lines(text, line_end)
    if after == len(text):
        before = text[:line_start].rstrip()
        kept = _LINE.match(text, len(before)).end() if before else 0  # type: ignore[union-attr]
        return Span(min(kept, line_start), len(text))
    return Span(line_start, after)


def _skip_blank_lines(text: str, offset: int) -> int:
    while offset < len(text):
        line = _LINE.match(text, offset)
        if line is None or line[1].strip():
            break
        offset = line.end()
    return offset


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines that are not blank, each line without its indent and line end."""
    block: list[Span] = []
    offset = 0
    while offset < len(text):
        line = _LINE.match(text, offset)
        assert line is not None
        stripped = line[1].strip()
        if stripped:
            start = offset + line[1].index(stripped[0])
            block.append(Span(start, start + len(stripped)))
        elif block:
            yield block
            block = []
        offset = line.end()
    if block:
        yield block


def _segments(text: str, block: list[Span]) -> Iterator[Segment]:
    if len(block) > 1 and _is_wrapped(text, block):
        for lines in _parts(text, block):
            yield _wrapped(text, lines)
        return
    for line in block:
        for start, end in _pieces(text, line):
            yield Segment.exact(_kind(text[start:end]), text, start, end)


def _parts(text: str, block: list[Span]) -> Iterator[list[Span]]:
    """Yield the lines of a wrapped paragraph, in parts where it is too long."""
    if block[-1].end - block[0].start <= LONGEST:
        yield block
        return
    part: list[Span] = []
    for line in block:
        part.append(line)
        length = line.end - part[0].start
        ends = text[line.start : line.end].rstrip(_CLOSERS).endswith((".", "!", "?"))
        if length > LONGEST or (length > LONGEST // 2 and ends):
            yield part
            part = []
    if part:
        yield part


def _pieces(text: str, line: Span) -> Iterator[Span]:
    """Yield a line, where it is too long in pieces: cut after a sentence or between words."""
    start, end = line
    while end - start > LONGEST:
        limit = start + LONGEST
        cut = _last(text, _SENTENCE_ENDS, limit - LONGEST // 2, limit)
        if cut < 0:
            cut = _last(text, _SPACES, start, limit)
        if cut >= 0:
            yield Span(start, start + len(text[start:cut].rstrip()))
        gap = _SPACE.search(text, cut if cut >= 0 else limit, end)
        if gap is None:
            return
        start = gap.end()
    if start < end:
        yield Span(start, end)


def _is_wrapped(text: str, block: list[Span]) -> bool:
    width = max(line.end - line.start for line in block)
    if width not in WRAP_WIDTHS or any(_LIST_ITEM.match(text, line.start) for line in block[1:]):
        return False
    if len(block) == 2 and _is_line_over_text(text, *block):
        return False
    if len(block) <= _FEW_LINES and _is_headline_over_text(text, *block[:2]):
        return False
    for line, following in pairwise(block):
        word = text[following.start : following.end].split(None, 1)[0]
        if line.end - line.start + 1 + len(word) <= 0.85 * width:
            return False
    return True


def _is_line_over_text(text: str, line: Span, following: Span) -> bool:
    """Whether a line without an end, such as a menu's, stands right above a longer sentence."""
    return (
        line.end - line.start < following.end - following.start
        and text[line.start : line.end].rstrip(_CLOSERS)[-1:] not in _STOPS
        and text[following.start].isupper()
    )


def _is_headline_over_text(text: str, line: Span, following: Span) -> bool:
    """Whether a line of one sentence without an end stands above the beginning of another."""
    words = text[line.start : line.end].rstrip(_CLOSERS)
    return bool(
        words[-1:] not in _STOPS
        and ". " not in words
        and _OPENING.match(text, following.start)
        and not _UNFINISHED.search(words)
    )


def _last(text: str, ends: Iterable[str], start: int, stop: int) -> int:
    """Return where the last character of the last of `ends` stands, or -1."""
    return max(
        at + len(end) - 1 if (at := text.rfind(end, start, stop)) >= 0 else -1 for end in ends
    )


def _wrapped(text: str, block: list[Span]) -> Segment:
    """Join the lines of a wrapped paragraph: each line end with its indent reads as a space."""
    runs, parts, view = [], [], 0
    for number, line in enumerate(block):
        if number:
            runs.append(Run(view, view + 1, block[number - 1].end, line.start))
            parts.append(" ")
            view += 1
        runs.append(Run(view, view + line.end - line.start, line.start, line.end))
        parts.append(text[line.start : line.end])
        view += line.end - line.start
    return Segment(SegmentKind.PARAGRAPH, "".join(parts), tuple(runs))


def _kind(line: str) -> SegmentKind:
    if _LIST_ITEM.match(line):
        return SegmentKind.LIST_ITEM
    if len(line) <= 120 and line.rstrip(_CLOSERS)[-1:] not in _STOPS:
        return SegmentKind.HEADING
    return SegmentKind.PARAGRAPH
