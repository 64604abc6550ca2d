"""CSV and TSV: each row below the first is a record; edits stay inside cells.

Rows are read as the csv module reads them, with a place for every cell. The sign between cells
is the one that the first row has most of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from transclean.formats import Options
from transclean.formats.records import NoFieldsError, Record, Rounds, Value, spliced
from transclean.model import TranscleanError

NAME = "csv"

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t|"
_LONGEST = 4 << 20  # bytes of a row; a quotation mark that is never closed ends there
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_CHARACTER = re.compile(r'""|.', re.DOTALL)


class Cell(NamedTuple):
    """Where a cell stands in its row; without its quotes, if it has some. Odd ones stay as are."""

    start: int
    end: int
    quoted: bool
    odd: bool = False


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the first row, and then the others as records."""
    names: list[str] | None = None
    delimiter = ","
    number = 0
    for raw, line, closed in _rows(file, encoding or "utf-8", path):
        body = raw.removeprefix(_BOM) if line == 1 else raw
        if not body.strip(b" \r\n"):
            yield Record(raw, line)
            continue
        try:
            row = body.decode(encoding or "utf-8")
        except UnicodeDecodeError as error:
            fault = _invalid(encoding, f"0x{body[error.start]:02X}")
            if names is None:
                raise TranscleanError(f"line {line}, its columns: {fault}") from None
            yield Record(raw, line, number, fault=fault)
            number += 1
            continue
        if names is None:
            delimiter = _delimiter(row, path)
            names = [_value(row, cell) for cell in cells(row, delimiter)]
            _check_names(names, options)
            yield Record(raw, line)
            continue
        yield _record(raw, row, line, number, names, delimiter, options, closed)
        number += 1


def _invalid(encoding: str | None, wrong: str) -> str:
    hint = "" if encoding else "; name its encoding with --encoding"
    return f"is not valid {(encoding or 'utf-8').upper()} (byte {wrong}){hint}"


def _record(
    raw: bytes, row: str, line: int, number: int, names: list[str], delimiter: str,
    options: Options, closed: bool,
) -> Record:  # fmt: skip
    if not closed:
        return Record(raw, line, number, fault="has a quotation mark that is never closed")
    found = cells(row, delimiter)
    if len(found) != len(names):
        fault = f"has {len(found)} cells, the first row {len(names)}"
        return Record(raw, line, number, fault=fault)
    chosen = [
        (name, cell)
        for name, cell in zip(names, found, strict=True)
        if name in options.fields and not cell.odd and _value(row, cell).strip()
    ]
    values = tuple(Value(name, _value(row, cell)) for name, cell in chosen)
    return Record(raw, line, number, values, places=(delimiter, [cell for _, cell in chosen]))


def _check_names(names: list[str], options: Options) -> None:
    if not set(names) & set(options.fields):
        raise NoFieldsError(
            f"has none of the columns {', '.join(options.fields)}; name some of its own with"
            f" --field: {', '.join(name for name in names if name)}"
        )


def _rows(file: BinaryIO, encoding: str, path: str) -> Iterator[tuple[bytes, int, bool]]:
    """Yield rows with the number of their first line, and whether their quotes are closed."""
    delimiter: bytes | None = None
    waiting: list[bytes] = []  # lines read ahead, and given back
    line = 1
    while True:
        first = waiting.pop() if waiting else file.readline()
        if not first:
            return
        if delimiter is None:
            head = first.removeprefix(_BOM).decode(encoding, "replace")
            delimiter = _delimiter(head, path).encode()
        lines, size = [first], len(first)
        opened = _opens(first.removeprefix(_BOM) if line == 1 else first, delimiter, False)
        while opened and size <= _LONGEST:
            more = waiting.pop() if waiting else file.readline()
            if not more:
                break
            lines.append(more)
            size += len(more)
            opened = _opens(more, delimiter, True)
        if opened:  # only its first line is lost
            waiting += lines[:0:-1]
            lines = [first]
        yield b"".join(lines), line, not opened
        line += len(lines)


def _opens(line: bytes, delimiter: bytes, opened: bool) -> bool:
    """Whether a quotation is open at the end of a line."""
    if not opened and b'"' not in line:
        return False
    at, fresh = 0, not opened
    while True:
        if opened:
            at = line.find(b'"', at)
            if at < 0:
                return True
            if line.startswith(b'""', at):
                at += 2
                continue
            at, opened, fresh = at + 1, False, False
        elif fresh and line.startswith(b'"', at):
            at, opened = at + 1, True
        else:
            at = line.find(delimiter, at)
            if at < 0:
                return False
            at, fresh = at + 1, True


def _delimiter(row: str, path: str) -> str:
    """Return the sign between the cells of the first row."""
    if path.lower().endswith((".tsv", ".tab")):
        return "\t"
    bare = _QUOTED.sub("", row)
    return max(_DELIMITERS, key=bare.count) if any(d in bare for d in _DELIMITERS) else ","


def cells(row: str, delimiter: str) -> list[Cell]:
    """Return the cells of a row."""
    end = len(row.rstrip("\r\n"))
    found, at = [], 0
    while True:
        quoted = _QUOTED.match(row, at, end)
        stop = row.find(delimiter, quoted.end() if quoted else at, end)
        stop = end if stop < 0 else stop
        if quoted:
            found.append(Cell(*quoted.span(1), True, quoted.end() != stop))
        else:
            found.append(Cell(at, stop, False, row.startswith('"', at)))
        if stop == end:
            return found
        at = stop + 1


def _value(row: str, cell: Cell) -> str:
    text = row[cell.start : cell.end]
    return text.replace('""', '"') if cell.quoted else text


def written(record: Record, changes: Sequence[Rounds], encoding: str | None) -> bytes:
    """Return the row with new text in its cells; a cell gets quotes where the text needs them."""
    codec = encoding or "utf-8"
    bom = _BOM if record.line == 1 and record.raw.startswith(_BOM) else b""
    row = record.raw[len(bom) :].decode(codec)
    pieces: list[str] = []
    done = 0
    delimiter, found = record.places
    for cell, rounds in zip(found, changes, strict=True):
        if rounds:
            new = _cell(row[cell.start : cell.end], cell, delimiter, rounds)
            pieces += row[done : cell.start], new
            done = cell.end
    try:
        return bom + "".join([*pieces, row[done:]]).encode(codec)
    except UnicodeEncodeError as error:
        sign = error.object[error.start]
        raise TranscleanError(
            f"line {record.line}: cannot be written in {codec.upper()}, which has no “{sign}”"
        ) from None


def _cell(raw: str, cell: Cell, delimiter: str, rounds: Rounds) -> str:
    if cell.quoted:
        return "".join(spliced(_CHARACTER.findall(raw), rounds, _doubled))
    text = "".join(spliced(list(raw), rounds, str))
    if delimiter in text or "\n" in text or "\r" in text or text.startswith('"'):
        return f'"{text.replace(chr(34), chr(34) * 2)}"'
    return text


def _doubled(char: str) -> str:
    return '""' if char == '"' else char
