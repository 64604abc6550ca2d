"""In which format the text of a field is: HTML where its tags say so, otherwise plain text.

Dumps of websites hold pages as strings of JSON and cells of CSV. A value is HTML if it has an
element with both of its tags, or a paragraph or line break; entities alone do not make it HTML,
since plain text holds them, too, as leftovers that rules find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from transclean.formats import Options, get_format
from transclean.formats.plain import parse as parse_plain
from transclean.formats.plain import without_lines
from transclean.model import Document, Edit, Run, Segment

if TYPE_CHECKING:
    from transclean.formats.views import Escape, MarkupSegment

_BLOCKS = r"p|div|h[1-6]|ul|ol|li|dl|dd|dt|table|blockquote|figure|section|article|header|footer"
_ELEMENT = re.compile(
    rf"<(/?)({_BLOCKS}|a|abbr|b|cite|code|em|figcaption|font|i|mark|pre|q|s|script|small|span"
    r"|strong|style|sub|sup|td|th|time|tr|u)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"<(?:br\s*/?|p|hr\s*/?|img\s[^<>]*)>", re.IGNORECASE)
_BLOCK = re.compile(rf"<(?:{_BLOCKS}|br|hr)[\s/>]", re.IGNORECASE)
_ITEM = re.compile(r"\[\d+\]")


def format_of_field(name: str, text: str, options: Options) -> str:
    """Return the format of a value: what the options say of its field, or what it looks like."""
    plain = _ITEM.sub("", name)
    for field, kind in options.field_formats:
        if field == plain:
            return kind
    return "html" if is_html(text) else "text"


def is_html(text: str) -> bool:
    """Whether a value is HTML: it has an element, a paragraph or a line break."""
    if "<" not in text:
        return False
    opened = set()
    for found in _ELEMENT.finditer(text):
        if not found[1]:
            opened.add(found[2].lower())
        elif found[2].lower() in opened:
            return True
    return _SINGLE.search(text) is not None


def parse_field(text: str, path: str, kind: str, options: Options) -> Document:
    """Return the document of a value in its format.

    Where HTML has no blocks of its own, its lines are read as those of plain text.
    """
    if kind == "html" and not _BLOCK.search(text):
        from transclean.formats.html import NAME, Reader, template_spans
        from transclean.formats.views import Builder

        builder = Builder(text)
        for segment in parse_plain(text, path, options).segments:
            Reader(builder).feed(segment.start, segment.end)
        builder.protected += template_spans(text)
        return builder.finish(path, NAME, options)
    return get_format(kind).parse(text, path, options)


def moved(segments: tuple[Segment, ...], by: int, document: str) -> Iterator[Segment]:
    """Yield the segments of a value as those of a document in which it stands at `by`."""
    for segment in segments:
        runs = tuple(Run(r.view_start, r.view_end, r.start + by, r.end + by) for r in segment.runs)
        if type(segment) is Segment:
            yield Segment(segment.kind, segment.text, runs)
            continue
        from transclean.formats.views import Element, MarkupSegment

        assert isinstance(segment, MarkupSegment)
        elements = (
            Element(e.start + by, e.inner_start + by, e.inner_end + by, e.end + by, *e[4:])
            for e in segment.elements
        )
        yield msgspec.structs.replace(
            segment, runs=runs, document=document, elements=tuple(elements),
            escape=_moved_escape(segment, by),
        )  # fmt: skip


def _moved_escape(segment: MarkupSegment, by: int) -> Escape | None:
    """Return what writes into a segment of a value, told the places of the whole document."""
    escape, value = segment.escape, segment.document
    if escape is None:
        return None
    return lambda new, _, start, end: escape(new, value, start - by, end - by)


def removal(kind: str, value: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """Return the edits that take a segment out of a value, or None where nothing were left."""
    if kind != "text":
        return get_format(kind).removal(value, segment)
    start, end = without_lines(value.text, segment.start, segment.end, whole=True)
    return (Edit(start=start, end=end, replacement=""),) if end - start < len(value.text) else None
