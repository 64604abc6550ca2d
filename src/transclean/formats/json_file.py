"""JSON: a list is read item by item, each one a record; anything else is one record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from transclean.formats import Options
from transclean.formats.json_lines import _BOM, read
from transclean.formats.json_lines import written as _written
from transclean.formats.records import Record, Rounds

NAME = "json"

_CHUNK = 1 << 20
_SIGN = re.compile(rb'"(?:[^"\\]|\\.)*("?)|[\[\]{},]', re.DOTALL)
_BLANK = b" \t\r\n"


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the items of a list with what stands between them, or the whole file as one record."""
    buffer = file.read(_CHUNK)
    start = len(_BOM) if buffer.startswith(_BOM) else 0
    while start < len(buffer) and buffer[start] in _BLANK:
        start += 1
    if buffer[start : start + 1] != b"[":
        raw = buffer + file.read()
        yield read(raw, raw.removeprefix(_BOM), 1, 0, options)
        return
    yield Record(buffer[: start + 1], 1)
    yield from _items(file, buffer[start + 1 :], buffer.count(b"\n", 0, start) + 1, options)


def _items(file: BinaryIO, buffer: bytes, line: int, options: Options) -> Iterator[Record]:
    number, depth, at = 0, 0, 0
    ended = False
    while True:
        found = _SIGN.search(buffer, at)
        if found is None or ((found[0][:1] == b'"' and not found[1]) and not ended):
            more = b"" if ended else file.read(_CHUNK)
            if more:
                at = found.start() if found else len(buffer)
                buffer += more
                continue
            if not ended:
                ended = True
                continue
            fault = "ends within the list that it began"
            blank = len(buffer) - len(buffer.lstrip(_BLANK))
            first = line + buffer.count(b"\n", 0, blank)
            yield Record(buffer, first, number, fault=fault)
            return
        sign, at = found[0][:1], found.end()
        if sign in b"{[":
            depth += 1
        elif depth and sign in b"}]":
            depth -= 1
        elif not depth and sign in b",]":
            for record in _item(buffer[: found.start()], line, number, options):
                yield record
                number += record.number is not None
            line += buffer.count(b"\n", 0, at)
            yield Record(sign, line)
            buffer, at = buffer[at:], 0
            if sign == b"]":
                rest = buffer + file.read()
                after = "goes on after the list" if rest.strip() else None
                yield Record(rest, line, fault=after)
                return
        elif not depth and sign == b"}":
            yield Record(buffer + file.read(), line, number, fault="has a “}” that closes nothing")
            return


def _item(raw: bytes, line: int, number: int, options: Options) -> Iterator[Record]:
    """Yield an item with the white space around it."""
    text = raw.strip(_BLANK)
    before = raw.index(text) if text else len(raw)
    if before:
        yield Record(raw[:before], line)
    if text:
        first = line + raw.count(b"\n", 0, before)
        yield read(text, text, first, number, options)
        if before + len(text) < len(raw):
            yield Record(raw[before + len(text) :], first)


def written(record: Record, changes: Sequence[Rounds], encoding: str | None) -> bytes:
    """Return the record's bytes with new text inside the strings of its fields."""
    return _written(record, changes, encoding)
