"""PO files of gettext: the translations, whose strings are read across their lines.

The file is read here and not by a library, because edits need the place of every character;
the tests compare what is read with what translate-toolkit reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from transclean.formats import DEFAULTS, Options
from transclean.formats.views import Builder, Piece
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
# What stands for something else in a translation: never to be touched.
PLACEHOLDER = re.compile(
    r"%(?:\(\w+\)|\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh?|ll?|[zjtL])?[a-zA-Z@%]"
    r"|\$?\{[\w.,:!+-]*\}|%\{\w+\}|</?[A-Za-z][^<>]*>|&\w+;"
)


class _Entry(NamedTuple):
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
    for number, entry in enumerate(_entries(text)):
        if entry.keyword == "msgid" and len(said) < _SAMPLE:
            said += f"{entry.text}\n"
        if entry.keyword != "msgstr":
            continue
        if number < 2 and (found := _SOURCE_LANGUAGE.search(entry.text)):
            language = found[1].lower().split("-")[0]
        if number < 2 and (found := _LANGUAGE.search(entry.text)):
            english = found[1].lower().startswith("en")
        elif english and not (number < 2 and "Content-Type:" in entry.text):
            add_string(builder, entry.pieces)
    document = builder.finish(path, NAME, options)
    return msgspec.structs.replace(
        document, source_language=language, source_text="" if language else said
    )


def add_string(builder: Builder, pieces: list[Piece]) -> None:
    """Add a translation: its lines are paragraphs, its placeholders are protected."""
    line: list[Piece] = []
    for piece in [*pieces, ("\n", -1, -1)]:
        if piece[0] != "\n":
            line.append(piece)
            continue
        builder.begin(SegmentKind.PARAGRAPH, escape)
        for shown, start, end in line:
            builder.unit(shown, start, end)
        if line:
            protect(builder, line)
        builder.begin(SegmentKind.PARAGRAPH, escape)
        line = []


def protect(builder: Builder, pieces: list[Piece]) -> None:
    """Protect the placeholders in a view made of these pieces."""
    text = "".join(piece[0] for piece in pieces)
    ends: list[tuple[int, Piece]] = []
    at = 0
    for piece in pieces:
        at += len(piece[0])
        ends.append((at, piece))
    for found in PLACEHOLDER.finditer(text):
        for end, (shown, start, stop) in ends:
            begin = end - len(shown)
            low, high = max(found.start(), begin), min(found.end(), end)
            if low < high:
                exact = len(shown) == stop - start
                builder.protected.append(
                    Span(start + low - begin, start + high - begin) if exact else Span(start, stop)
                )


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the keywords with their strings, which may go on over lines."""
    entry: _Entry | None = None
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
            entry = _Entry(keyword[1], [])
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
        if known is None:
            base = 16 if sign.startswith("x") else 8
            digits = sign.removeprefix("x")
            known = chr(int(digits, base)) if digits.isdigit() or base == 16 else sign
        yield known, found.start(), found.end()
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
