"""XLIFF and TMX: the texts in English, read by expat, which tells where each of them stands."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from xml.parsers import expat

import msgspec

from transclean.formats import DEFAULTS, Options
from transclean.formats.bilingual import Entry, with_sources
from transclean.formats.html import escape_text
from transclean.formats.po import add_tagged, protect
from transclean.formats.views import Builder, Offsets, Piece
from transclean.model import Document, Edit, Segment, SegmentKind, Span, TranscleanError

NAME = "exchange"

_DECLARED = re.compile(rb"<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)")
_TAG = r"<(?:!--.*?--|\?.*?\?|[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*)>"
_OPENING = re.compile(_TAG, re.DOTALL)
_PIECE = re.compile(rf"{_TAG}|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);", re.DOTALL)
_KEPT = frozenset(
    ["bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sub", "pc"]
)  # codes of the translated program
_CDATA = "<![CDATA["


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the XML declaration names."""
    found = _DECLARED.search(data, 0, 200)
    name = found[1].decode("ascii").lower() if found else None
    return None if name in (None, "utf-8") or str(name).startswith("utf-16") else name


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a file of translations."""
    builder = Builder(text)
    offsets = Offsets(text)
    reader = _read(offsets)
    made: list[Entry] = []
    for source, target in reader.pairs:
        first = len(builder.segments)
        _target(builder, *_within(text, offsets, target))
        read = Builder(text)
        if source is not None:
            _target(read, *_within(text, offsets, source))
        made.append(Entry(tuple(read.segments), range(first, len(builder.segments))))
    document = with_sources(builder.finish(path, NAME, options), made)
    return msgspec.structs.replace(document, source_language=reader.source)


_UNITS = frozenset(["trans-unit", "alt-trans", "segment", "tu"])


class _Unit(NamedTuple):
    """The texts of one unit of translation."""

    sources: list[Span]
    targets: list[Span]


class _Reader:
    """Follows the elements of a file and notes where its English texts begin and end."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.pairs: list[tuple[Span | None, Span]] = []  # sources, and texts in English
        self.units: list[_Unit] = []  # those that are open
        self.open: list[tuple[str, str | None]] = []  # name, language of the texts in it
        self.start = -1
        self.within, self.wanted = "", False
        self.source: str | None = None  # the language translated from

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note where an English text begins."""
        name = name.rpartition(":")[2]
        language = self.open[-1][1] if self.open else None
        for key in ("source-language", "srcLang", "srclang"):
            if self.source is None and attributes.get(key, "*all*") != "*all*":
                self.source = attributes[key].lower().split("-")[0]
        for key in ("target-language", "trgLang"):  # XLIFF 1 and 2
            language = attributes.get(key, language)
        if name in ("target", "tuv"):
            language = attributes.get("xml:lang", attributes.get("lang", language))
        self.open.append((name, language))
        if name in _UNITS:
            self.units.append(_Unit([], []))
        text = name == "target" or (name == "seg" and "tuv" in (n for n, _ in self.open))
        english = (language or "en").lower().startswith("en")
        source = name == "source" or (name == "seg" and not english)
        if self.start < 0 and (source or (text and english)):
            self.start, self.within = self.parser.CurrentByteIndex, name
            self.wanted = not source

    def finish(self, name: str) -> None:
        """Note where it ends."""
        name = name.rpartition(":")[2]
        self.open.pop()
        if self.start >= 0 and name == self.within:
            span = Span(self.start, self.parser.CurrentByteIndex)
            if not self.units:
                self.pairs += [(None, span)] if self.wanted else []
            elif self.wanted:
                self.units[-1].targets.append(span)
            else:
                self.units[-1].sources.append(span)
            self.start = -1
        if name in _UNITS and self.units:
            unit = self.units.pop()
            source = unit.sources[0] if unit.sources else None
            self.pairs += ((source, target) for target in unit.targets)


def _read(offsets: Offsets) -> _Reader:
    """Return what was noted of a file."""
    reader = _Reader()
    try:
        reader.parser.Parse(offsets.data, True)
    except expat.ExpatError as error:
        raise TranscleanError(
            f"line {error.lineno}: is not valid XML: {expat.ErrorString(error.code)}"
        ) from None
    reader.pairs.sort(key=lambda pair: pair[1])
    return reader


def _within(text: str, offsets: Offsets, span: Span) -> tuple[int, int]:
    """Return where a text stands, without the tags around it."""
    begin, stop = offsets(span.start), offsets(span.end)
    tag = _OPENING.match(text, begin)
    return min(tag.end() if tag else stop, stop), stop


def _target(builder: Builder, start: int, end: int) -> None:
    """Add one text; what codes and notes of the program hold is left alone."""
    text = builder.document
    builder.begin(SegmentKind.PARAGRAPH, escape_text)
    if _CDATA in text[start:end]:
        return
    depth = 0  # within codes
    pieces: list[Piece] = []  # of the text, and those since the last element
    waiting: list[Piece] = []
    for found in _PIECE.finditer(text, start, end):
        if not depth and start < found.start():
            waiting.append((text[start : found.start()], start, found.start()))
        start = found.end()
        if found[0][0] == "&":
            if not depth:
                waiting.append((unescape(found[0]), *found.span()))
            continue
        _plain(builder, waiting, pieces)
        name = re.sub(r"[^\w-].*", "", found[0][1:].lstrip("/"), flags=re.DOTALL)
        void, closing = found[0].endswith("/>"), found[0].startswith("</")
        if name in _KEPT:
            depth += 0 if void else -1 if closing else 1
        if void or name in _KEPT or depth or found[0][1] in "!?":
            builder.atom(*found.span(), name)
        elif closing:
            builder.close(*found.span(), name)
        else:
            builder.open(*found.span(), name, loose=False)
    if start < end:
        waiting.append((text[start:end], start, end))
    _plain(builder, waiting, pieces)
    protect(builder, pieces)
    builder.begin(SegmentKind.PARAGRAPH, escape_text)


def _plain(builder: Builder, waiting: list[Piece], pieces: list[Piece]) -> None:
    """Add text without elements; its white space reads as one space."""

    def add(shown: str, start: int, end: int) -> None:
        if shown == builder.document[start:end]:
            builder.flowing(start, end)
        else:
            builder.unit(shown, start, end)

    add_tagged(builder, waiting, add)
    pieces += waiting
    waiting.clear()


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """A translation is not taken out: its source would have none."""
    return None
