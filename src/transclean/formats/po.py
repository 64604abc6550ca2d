"""PO files of gettext: the translations, whose strings are read across their lines.

The file is read here and not by a library, because edits need the place of every character;
the tests compare what is read with what translate-toolkit reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

import msgspec

from transclean.formats import DEFAULTS, Options
from transclean.formats.bilingual import Entry, with_sources
from transclean.formats.views import FIRM, LOOSE, Builder, Piece
from transclean.model import Document, Edit, Segment, SegmentKind, Span, TranscleanError

NAME = "po"

_KEYWORD = re.compile(r'[ \t]*(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?[ \t]*(?=")')
_STRING = re.compile(r'[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*\r?\Z')
_ESCAPED = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{2}|.)")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_SOURCE_LANGUAGE = re.compile(r"^X-Source-Language:\s*([\w-]+)", re.MULTILINE)
_SAMPLE = 2000  # characters
_LANGUAGE = re.compile(r"^Language:\s*([\w@-]+)", re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*?)?(/?)>")
# What stands for something else in a translation: never to be touched.
PLACEHOLDER = re.compile(
    r"%(?:\(\w+\)|\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh?|ll?|[zjtL])?[a-zA-Z@%]"
    r"|\$?\{[\w.,:!+-]*\}|%\{\w+\}|</?[A-Za-z][^<>]*>|&\w+;"
)


class _Part(NamedTuple):
    """A keyword of an entry with its text: the pieces, each with its place."""

    keyword: str
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """What the string says."""
        return "".join(piece[0] for piece in self.pieces)


def declared_encoding(data: bytes) -> str | None:
    """Return the charset that the header names."""
    found = _CHARSET.search(data, 0, 10_000)
    name = found[1].decode("ascii").lower() if found else None
    return None if name in (None, "charset", "utf-8") else name


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a PO file: its translations, if they are English or say nothing."""
    builder = Builder(text)
    english, language, said = True, None, ""
    sources: list[list[Piece]] = []
    made: list[Entry] = []
    for number, entry in enumerate(_entries(text)):
        if entry.keyword == "msgid" and len(said) < _SAMPLE:
            said += f"{entry.text}\n"
        if entry.keyword == "msgid":
            sources = []
        if entry.keyword.startswith("msgid"):
            sources.append(entry.pieces)
        if entry.keyword != "msgstr":
            continue
        if number < 2 and (found := _SOURCE_LANGUAGE.search(entry.text)):
            language = found[1].lower().split("-")[0]
        if number < 2 and (found := _LANGUAGE.search(entry.text)):
            english = found[1].lower().startswith("en")
        elif english and not (number < 2 and "Content-Type:" in entry.text):
            first = len(builder.segments)
            add_string(builder, entry.pieces)
            made.append(Entry(_read(text, sources), range(first, len(builder.segments))))
    document = with_sources(builder.finish(path, NAME, options), made)
    return msgspec.structs.replace(
        document, source_language=language, source_text="" if language else said
    )


def _read(text: str, sources: list[list[Piece]]) -> tuple[Segment, ...]:
    """Return what sources say, that of a plural with its singular."""
    builder = Builder(text)
    for pieces in sources:
        add_string(builder, pieces)
    return tuple(builder.segments)


def add_string(builder: Builder, pieces: list[Piece]) -> None:
    """Add a translation: its lines are paragraphs, its placeholders are protected."""
    line: list[Piece] = []
    for piece in [*pieces, ("\n", -1, -1)]:
        if piece[0] != "\n":
            line.append(piece)
            continue
        builder.begin(SegmentKind.PARAGRAPH, escape)
        if line:
            add_tagged(builder, line, builder.unit)
            protect(builder, line)
        builder.begin(SegmentKind.PARAGRAPH, escape)
        line = []


def add_tagged(builder: Builder, pieces: list[Piece], add: Callable[[str, int, int], None]) -> None:
    """Add the text of pieces by `add`; tags of HTML that they spell out are elements."""
    text = "".join(piece[0] for piece in pieces)
    ends = list(accumulate(len(piece[0]) for piece in pieces))
    done = 0
    for found in _TAG.finditer(text) if "<" in text else ():
        if not _is_element(found):
            continue
        name = found[2].lower()
        for piece in _cut(pieces, ends, done, found.start()):
            add(*piece)
        done = found.end()
        parts = list(_cut(pieces, ends, *found.span()))
        start, end = parts[0][1], parts[-1][2]
        if name == "br":
            builder.line_break(start, end)
        elif found[1]:
            builder.close(start, end, f"<{name}>")
        elif found[3]:
            builder.atom(start, end, f"<{name}>")
        else:
            builder.open(start, end, f"<{name}>", loose=name in LOOSE)
    for piece in _cut(pieces, ends, done, len(text)):
        add(*piece)


def _is_element(tag: re.Match[str] | None) -> bool:
    """Whether what looks like a tag is one of an inline element of HTML."""
    name = tag[2].lower() if tag else ""
    return name == "br" or name in LOOSE or name in FIRM


def _cut(pieces: list[Piece], ends: list[int], begin: int, finish: int) -> Iterator[Piece]:
    """Yield what the pieces, which end at `ends`, show from `begin` to `finish`."""
    number = bisect_right(ends, begin)
    while number < len(pieces) and begin < finish:
        shown, start, end = pieces[number]
        at = ends[number] - len(shown)
        a, b = begin - at, min(finish - at, len(shown))
        exact = len(shown) == end - start
        yield (shown[a:b], start + a, start + b) if exact else (shown, start, end)
        begin = ends[number]
        number += 1


def protect(builder: Builder, pieces: list[Piece]) -> None:
    """Protect the placeholders in a view made of these pieces."""
    text = "".join(piece[0] for piece in pieces)
    ends = list(accumulate(len(piece[0]) for piece in pieces))
    for found in PLACEHOLDER.finditer(text):
        if not _is_element(_TAG.fullmatch(found[0])):
            parts = _cut(pieces, ends, *found.span())
            builder.protected += (Span(start, end) for _, start, end in parts)


def _entries(text: str) -> Iterator[_Part]:
    """Yield the keywords with their strings, which may go on over lines."""
    entry: _Part | None = None
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        start, offset = offset, offset + len(line) + 1
        bare = line.strip()
        if not bare or bare.startswith("#"):
            if entry:
                yield entry
                entry = None
            continue
        keyword = _KEYWORD.match(line)
        if keyword:
            if entry:
                yield entry
            entry = _Part(keyword[1], [])
        at = keyword.end() if keyword else 0
        string = _STRING.match(line, at)
        if string is None or entry is None:
            raise TranscleanError(f"line {number}: is no keyword with a string in quotes")
        entry.pieces.extend(_pieces(text, start + string.start(1), start + string.end(1)))
    if entry:
        yield entry


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    done = start
    for found in _ESCAPED.finditer(text, start, end):
        if done < found.start():
            yield text[done : found.start()], done, found.start()
        sign = found[0][1:]
        known = _SIMPLE.get(sign)
        if sign[0] in "01234567":
            known = chr(int(sign, 8))
        elif len(sign) > 1:
            known = chr(int(sign[1:], 16))
        yield known or sign, found.start(), found.end()
        done = found.end()
    if done < end:
        yield text[done:end], done, end


def escape(new: str, document: str, start: int, end: int) -> str | None:
    """Return a replacement as it is written in a string; None for one of several lines."""
    if "\n" in new or "\r" in new:
        return None
    return new.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """A line of a translation is not taken out: its number of lines may matter."""
    return None
