"""Front matter: its text fields are prose, the rest is left alone.

Only what can be written back without doubt is read: the fields at the top level whose values
are strings on one line, or blocks (`|`, `>`) of YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transclean.formats.views import Builder, Escape, Piece
from transclean.model import SegmentKind

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_FIELD = re.compile(r"([\w-]+)(\s*[:=])[ \t]*")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*(?:#.*)?')
_SINGLE = re.compile(r"'((?:[^']|'')*)'[ \t]*(?:#.*)?")
_BLOCK = re.compile(r"[|>][-+]?[ \t]*(?:#.*)?")
_ESCAPED = re.compile(r"\\(?:[\"\\/nt]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})|\\.", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
# What a plain value may not begin with, nor hold.
_NO_START = "!&*-?|>@`\"'%#{}[],:"
_NOT_PLAIN = re.compile(r": |:$|\s#")


def read_front_matter(builder: Builder, start: int, end: int, fields: tuple[str, ...]) -> None:
    """Add the text fields of the front matter document[start:end], its fences included."""
    document = builder.document
    toml = document.startswith("+++", start)
    lines = list(_lines(document, start, end))[1:-1]
    for number, (at, stop) in enumerate(lines):
        found = _FIELD.match(document, at, stop)
        if not found or found[1].lower() not in fields or ("=" in found[2]) != toml:
            continue
        kind = SegmentKind.TITLE if found[1].lower() == "title" else SegmentKind.PARAGRAPH
        for pieces, escape in _value(document, found.end(), stop, lines[number + 1 :], toml):
            builder.aside(kind, escape, pieces)
    builder.settle()


def read_field(document: str, name: str) -> str | None:
    """Return the text of a field of the front matter that `document` begins with, or None."""
    fence = document[:3]
    lines = _lines(document, 0, len(document))
    if fence not in ("---", "+++") or document[slice(*next(lines))].rstrip() != fence:
        return None
    for at, stop in lines:
        if document[at:stop].rstrip() == fence:
            break
        found = _FIELD.match(document, at, stop)
        if found and found[1].lower() == name and ("=" in found[2]) == (fence == "+++"):
            for pieces, _ in _value(document, found.end(), stop, [], fence == "+++"):
                return "".join(piece[0] for piece in pieces).strip()
    return None


def _lines(document: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        line = _LINE.match(document, start)
        assert line is not None
        yield start, start + len(line[1])
        start = line.end()


def _value(
    document: str, start: int, stop: int, following: list[tuple[int, int]], toml: bool
) -> Iterator[tuple[list[Piece], Escape]]:
    """Yield the value that begins on a line, and what writes a replacement into it."""
    double = _DOUBLE.fullmatch(document, start, stop)
    single = _SINGLE.fullmatch(document, start, stop)
    if double:
        yield list(_unescaped(document, *double.span(1))), _escape_double
    elif single:
        yield list(_undoubled(document, *single.span(1), toml)), _escape_none if toml else _single
    elif toml or start == stop:
        return
    elif _BLOCK.fullmatch(document, start, stop):
        for pieces in _block(document, following):
            yield pieces, _escape_line
    elif document[start] not in _NO_START and not _continues(document, following):
        text = document[start:stop].rstrip()
        if not _NOT_PLAIN.search(text):
            yield [(text, start, start + len(text))], _escape_plain


def _continues(document: str, following: list[tuple[int, int]]) -> bool:
    return bool(following) and document[following[0][0] : following[0][1]][:1] in (" ", "\t")


def _unescaped(document: str, start: int, end: int) -> Iterator[Piece]:
    done = start
    for found in _ESCAPED.finditer(document, start, end):
        if done < found.start():
            yield document[done : found.start()], done, found.start()
        sign = found[0][1]
        shown = _SIMPLE.get(sign) or (chr(int(found[0][2:], 16)) if len(found[0]) > 2 else sign)
        yield shown, found.start(), found.end()
        done = found.end()
    if done < end:
        yield document[done:end], done, end


def _undoubled(document: str, start: int, end: int, toml: bool) -> Iterator[Piece]:
    done = start
    for found in re.compile("''").finditer(document, start, end):
        if not toml:
            yield document[done : found.start()], done, found.start()
            yield "'", found.start(), found.end()
            done = found.end()
    if done < end:
        yield document[done:end], done, end


def _block(document: str, following: list[tuple[int, int]]) -> Iterator[list[Piece]]:
    """Yield the paragraphs of a block: lines that are indented, parted by blank ones."""
    paragraph: list[Piece] = []
    for at, stop in following:
        line = document[at:stop]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not indent:
            break
        if not line.strip():
            yield paragraph
            paragraph = []
            continue
        if paragraph:
            paragraph.append((" ", paragraph[-1][2], at + indent))
        paragraph.append((line.strip(), at + indent, at + len(line.rstrip())))
    yield paragraph


def _escape_double(new: str, document: str, start: int, end: int) -> str | None:
    return new.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _single(new: str, document: str, start: int, end: int) -> str | None:
    return None if "\n" in new else new.replace("'", "''")


def _escape_none(new: str, document: str, start: int, end: int) -> str | None:
    return None if "'" in new or "\n" in new else new


def _escape_line(new: str, document: str, start: int, end: int) -> str | None:
    return None if "\n" in new else new


def _escape_plain(new: str, document: str, start: int, end: int) -> str | None:
    begin = document.rfind("\n", 0, start) + 1
    stop = _LINE.match(document, end)
    assert stop is not None
    value = f"{document[begin:start]}{new}{stop[1]}".partition(":")[2].strip()
    bad = "\n" in new or not value or value[0] in _NO_START or _NOT_PLAIN.search(value)
    return None if bad else new
