"""Files of records (JSON, CSV): each record is a document of its text fields.

A reader yields the records of a file one after the other, each with its bytes as they stand in
the file and the values that are prose; what is written back differs only where a value was
repaired. The values of one record are one document, so that a title and a body speak for each
other; findings are told in the offsets of their own field.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple, Protocol

import msgspec

from transclean.formats import Options
from transclean.formats.fields import format_of_field, moved, parse_field
from transclean.formats.fields import removal as removal_of_field
from transclean.model import (
    Document,
    Edit,
    Evidence,
    Finding,
    Fix,
    Mark,
    Segment,
    SegmentKind,
    Span,
    TranscleanError,
)

NAME = "record"
_BETWEEN = "\n\n"

Rounds = Sequence[Sequence[Edit]]


class NoFieldsError(TranscleanError):
    """A file of records that has none of the fields that are prose."""


class Value(NamedTuple):
    """A text field of a record: its name, and its text."""

    name: str
    text: str


class Record(NamedTuple):
    """A stretch of a file: one record, or what stands between records.

    `number` counts records from 0 and is None where there is none; `fault` says what is wrong
    with a stretch that can't be read, `line` where it begins.
    """

    raw: bytes
    line: int
    number: int | None = None
    values: tuple[Value, ...] = ()
    fault: str | None = None
    places: Any = None  # where the values stand, for the module that read them


class RecordFormat(Protocol):
    """What the module of a format of records offers."""

    NAME: str

    def records(
        self, file: BinaryIO, path: str, options: Options, encoding: str | None
    ) -> Iterator[Record]:
        """Yield a file in pieces: put together, their bytes are the file."""

    def written(self, record: Record, changes: Sequence[Rounds], encoding: str | None) -> bytes:
        """Return a record with the edits of each of its values made."""


class Columnar(Protocol):
    """What the module of a format in `COLUMNAR` offers beside."""

    def beside(self, path: str) -> str:
        """Return the name of the file that repairs are written to."""

    def rewrite(
        self, file: BinaryIO, new: BinaryIO, options: Options, repair: Callable[[Record], bytes]
    ) -> bool:
        """Write `file` to `new` with its rows repaired; return whether any row changed."""


class Field(NamedTuple):
    """Where the value of a field stands in the document of its record, and its format."""

    name: str
    start: int
    end: int
    format: str = "text"


class _Reading(msgspec.Struct, frozen=True):
    """How a record was read: where its fields stand."""

    fields: tuple[Field, ...]
    reading: Options


def check_encoding(head: bytes, encoding: str | None) -> None:
    """Refuse a file in an encoding of more than a byte a sign, by how it begins.

    Records are found by bytes that must mean what they do in ASCII.
    """
    wide = next((name for mark, name in _WIDE if head.startswith(mark)), None)
    if wide is None and encoding is not None and "\n".encode(encoding) != b"\n":
        wide = encoding.upper()
    if wide is not None:
        raise TranscleanError(f"is in {wide}, and records are read in encodings like UTF-8 alone")


_WIDE = tuple(
    (mark, name)
    for name, marks in (
        ("UTF-32", (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
        ("UTF-16", (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
    )
    for mark in marks
)


def document_of(path: str, record: Record, options: Options) -> Document:
    """Return the document of a record."""
    fields, at = [], 0
    for value in record.values:
        kind = format_of_field(value.name, value.text, options)
        fields.append(Field(value.name, at, at + len(value.text), kind))
        at += len(value.text) + len(_BETWEEN)
    text = _BETWEEN.join(value.text for value in record.values)
    document = _document(path, text, tuple(fields), options)
    number = msgspec.UNSET if record.number is None else record.number
    return msgspec.structs.replace(document, record=number)


def reread(document: Document, text: str, edits: Iterable[Edit]) -> Document:
    """Return the document of a record after edits; without markup if they joined two fields."""
    made = sorted(edits)
    reading: _Reading = document.options
    moved = tuple(_moved(field, made) for field in reading.fields)
    if any(other.start - one.end != len(_BETWEEN) for one, other in pairwise(moved)):
        moved = ()
    after = _document(document.path, text, moved, reading.reading)
    return msgspec.structs.replace(after, record=document.record)


def _moved(field: Field, edits: Sequence[Edit]) -> Field:
    before = sum(len(e.replacement) - (e.end - e.start) for e in edits if e.end < field.start)
    inside = sum(len(e.replacement) - (e.end - e.start) for e in _inside(field, edits))
    return Field(field.name, field.start + before, field.end + before + inside, field.format)


def _inside(field: Field, edits: Iterable[Edit]) -> list[Edit]:
    return [e for e in edits if field.start <= e.start and e.end <= field.end]


def _document(path: str, text: str, fields: tuple[Field, ...], options: Options) -> Document:
    segments: list[Segment] = []
    protected: list[Span] = []
    marks = [Mark(f.end, f.end + len(_BETWEEN), "field") for f in fields[:-1]]
    for field in fields:
        value = text[field.start : field.end]
        read = parse_field(value, path, field.format, options)
        segments += moved(read.segments, field.start, text)
        protected += (Span(a + field.start, b + field.start) for a, b in read.protected)
        marks += (Mark(a + field.start, b + field.start, kind) for a, b, kind in read.markup)
        if format_of_field(field.name, value, options) != field.format:
            marks.append(Mark(field.start, field.start, "another format"))
    body = Segment.exact(SegmentKind.DOCUMENT, text, 0, len(text))
    if any(field.format != "text" for field in fields):
        from transclean.formats.views import body_of

        body = body_of(text, tuple(segments))
    return Document(
        path=path,
        text=text,
        format=NAME,
        segments=tuple(segments),
        body=body,
        protected=tuple(protected),
        markup=tuple(sorted(marks)),
        options=_Reading(fields, options),
    )


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """Return the edits that take a segment out of its field."""
    reading: _Reading = document.options
    for field in reading.fields:
        if field.start <= segment.start and segment.end <= field.end:
            text = document.text[field.start : field.end]
            value = msgspec.structs.replace(document, text=text, format=field.format)
            (own,) = moved((segment,), -field.start, text)
            edits = removal_of_field(field.format, value, own)
            return edits and tuple(
                Edit(start=e.start + field.start, end=e.end + field.start, replacement="")
                for e in edits
            )
    return None


def by_field(
    document: Document, findings: Iterable[Finding]
) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the text of each field that has findings, with these in its own offsets."""
    reading: _Reading = document.options
    rest = list(findings)
    for field in reading.fields:
        own = [f for f in rest if field.start <= f.start and f.end <= field.end]
        if own:
            rest = [f for f in rest if f not in own]
            text = document.text[field.start : field.end]
            yield text, [_told(finding, field, reading.fields, document) for finding in own]


def _told(finding: Finding, field: Field, fields: Iterable[Field], document: Document) -> Finding:
    first = document.position(field.start)[0]
    return msgspec.structs.replace(
        finding,
        field=field.name,
        start=finding.start - field.start,
        end=finding.end - field.start,
        line=finding.line - first + 1,
        end_line=finding.end_line - first + 1,
        evidence=tuple(_evidence(item, field, fields) for item in finding.evidence),
        fixes=tuple(
            Fix(applicability=fix.applicability,
                edits=tuple(_told_edit(e, field) for e in fix.edits))
            for fix in finding.fixes
            if len(_inside(field, fix.edits)) == len(fix.edits)
        ),
    )  # fmt: skip


def _told_edit(edit: Edit, field: Field) -> Edit:
    return Edit(
        start=edit.start - field.start, end=edit.end - field.start, replacement=edit.replacement
    )


def _evidence(item: Evidence, field: Field, fields: Iterable[Field]) -> Evidence:
    """Return a piece of evidence in the field's offsets; of another field, only what it says."""
    if field.start <= item.start and item.end <= field.end:
        return Evidence(
            start=item.start - field.start, end=item.end - field.start, reason=item.reason
        )
    name = next((f.name for f in fields if f.start <= item.start <= f.end), None)
    where = f" (in {name})" if name else ""
    return Evidence(start=0, end=0, reason=f"{item.reason}{where}")


def changes_of(document: Document, rounds: Rounds) -> list[Rounds]:
    """Return for each field the edits of each round in its own offsets, first to last."""
    reading: _Reading = document.options
    fields = reading.fields
    made: list[list[list[Edit]]] = [[] for _ in fields]
    for edits in rounds:
        ordered = sorted(edits)
        for number, field in enumerate(fields):
            own = [_told_edit(e, field) for e in _inside(field, ordered)]
            if own:
                made[number].append(own)
        fields = tuple(_moved(field, ordered) for field in fields)
    return [tuple(each) for each in made]


def spliced(tokens: list[str], rounds: Rounds, write: Callable[[str], str]) -> list[str]:
    """Return a value, given as what stands for each of its characters, with edits made."""
    for edits in rounds:
        for edit in sorted(edits, reverse=True):
            new = [write(char) for char in edit.replacement]
            tokens[edit.start : edit.end] = new
    return tokens
