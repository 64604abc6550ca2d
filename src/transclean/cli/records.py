"""Files of records in a run: read, checked and repaired record by record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from transclean.cli.report import complain
from transclean.formats import COLUMNAR
from transclean.model import Document, Failure, PassedOverError, TranscleanError

if TYPE_CHECKING:
    from io import BufferedReader

    from transclean.cli.discovery import Target
    from transclean.cli.report import Report
    from transclean.engine import Engine
    from transclean.fixer import FixResult
    from transclean.formats.records import Columnar, Record, RecordFormat
    from transclean.output import FileFindings

_TOLD = 20  # lines of a file that can't be read and are told one by one
NO_TEXT = "has no text in a field {fields}; name its own with --field"


class _UnchangedError(Exception):
    """Nothing was repaired, so that there is no new file."""


class _Input:
    """Standard input that remembers what was read of it and not yet written again."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.kept = cast("BufferedReader", file), bytearray()

    def peek(self, size: int) -> bytes:
        """Return what comes next, without reading it."""
        return self.file.peek(size)

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes, or all."""
        return self._keep(self.file.read(size))

    def readline(self) -> bytes:
        """Read a line."""
        return self._keep(self.file.readline())

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _keep(self, data: bytes) -> bytes:
        self.kept += data
        return data

    def written(self, size: int) -> None:
        """Forget the first bytes of what is remembered."""
        del self.kept[:size]

    def rest(self) -> Iterator[bytes]:
        """Yield what was not written, and what was not read."""
        yield bytes(self.kept)
        while data := self.file.read(1 << 20):
            yield data


class RecordFile:
    """A file of records, or standard input as one, that is read as a stream."""

    def __init__(
        self,
        target: Target,
        stdin_name: str,
        engine: Engine,
        guarded: Callable[[str], AbstractContextManager[None]],
    ) -> None:
        self.stdin = target.is_stdin
        self.path = stdin_name if target.is_stdin else target.path
        self.real = target.path
        self.result = self.path  # the file that repairs are in
        self.faults = 0  # lines that can't be read
        self.engine, self.guarded = engine, guarded
        self.format, self.named = target.format, target.named
        settings = target.config.settings
        self.reading, self.encoding = settings.reading, settings.encoding

    def check(self, report: Report) -> Iterator[FileFindings]:
        """Yield the findings of each field of each record."""
        fields = 0
        records = self._records()
        while True:
            record, ended = None, False
            with self.guarded(self.path), self._without_fields():
                record = next(records, None)
                ended = record is None
            if ended:
                self._end(fields, report)
            if record is None:
                return
            self._tell(record, report)
            fields += len(record.values)
            if record.values:
                found: list[FileFindings] = []
                with self.guarded(f"{self.path}: record {record.number}"):
                    found = self._found(record, report)
                yield from found

    def _found(self, record: Record, report: Report) -> list[FileFindings]:
        from transclean.fixer import examined
        from transclean.formats.records import by_field
        from transclean.output import FileFindings

        document = self._document(record)
        outcome = examined(document, self.engine)
        for failure in outcome.failures:
            report.fail(self._at(failure, record))
        return [
            FileFindings(self.path, text, findings)
            for text, findings in by_field(document, outcome.findings)
        ]

    def fix(
        self,
        report: Report,
        count: Callable[[FixResult, bool], None],
        suggested: bool,
        as_diff: bool,
    ) -> bool | None:
        """Repair the file; return whether it changed, or None where it could not be done."""
        from transclean.fixer.diff import streamed_diff
        from transclean.fixer.files import rewrite_file

        with self.guarded(self.path), self._without_fields():
            if self.format in COLUMNAR:
                return self._anew(report, count, suggested, as_diff)
            pieces = self._repaired(report, count, suggested)
            if as_diff:
                changed = False
                for hunk in streamed_diff(self.path, pieces):
                    changed = True
                    self._write(hunk)
                return changed
            if self.stdin:
                return self._through(pieces)
            return rewrite_file(self.real, pieces)
        return None

    def _through(self, pieces: Iterator[tuple[bytes, bytes]]) -> bool:
        """Write standard input repaired; what can't be read of it as it is: nothing is lost."""
        changed = False
        try:
            for raw, new in pieces:
                changed = changed or raw != new
                self._write(new)
                self.input.written(len(raw))
        except OSError:
            raise  # of the output
        except Exception:
            for rest in self.input.rest():
                self._write(rest)
            raise
        return changed

    def _anew(
        self,
        report: Report,
        count: Callable[[FixResult, bool], None],
        suggested: bool,
        as_diff: bool,
    ) -> bool:
        """Write the repaired rows to a new file beside this one, if there are any."""
        from transclean.fixer.files import new_file, open_file
        from transclean.formats import get_format

        if as_diff:
            raise PassedOverError("is no text, so there can't be a diff of it")
        self._refuse_stdin()
        parquet = cast("Columnar", get_format(self.format))
        try:
            with open_file(self.real) as file, new_file(parquet.beside(self.real)) as new:
                if not parquet.rewrite(
                    file, new, self.reading, lambda r: self._repair(r, report, count, suggested)
                ):
                    raise _UnchangedError
        except _UnchangedError:
            return False
        except OSError as error:
            raise TranscleanError(f"cannot be written: {error.strerror or error}") from None
        self.result = parquet.beside(self.path)
        return True

    def _refuse_stdin(self) -> None:
        if self.stdin and self.format in COLUMNAR:
            raise TranscleanError(f"{self.format} is read from files, not from standard input")

    def _repaired(
        self, report: Report, count: Callable[[FixResult, bool], None], suggested: bool
    ) -> Iterator[tuple[bytes, bytes]]:
        """Yield the bytes of each stretch of the file as they are and as they are to be."""
        fields = 0
        for record in self._records():
            self._tell(record, report)
            fields += len(record.values)
            new = record.raw
            if record.values:
                new = self._repair(record, report, count, suggested)
            yield record.raw, new
        self._end(fields, report)

    def _repair(
        self,
        record: Record,
        report: Report,
        count: Callable[[FixResult, bool], None],
        suggested: bool,
    ) -> bytes:
        from transclean.fixer import fix_document
        from transclean.formats.records import changes_of

        try:
            document = self._document(record)
            result = fix_document(document, self.engine, suggested=suggested)
            new = record.raw
            if result.rounds:
                changes = changes_of(document, result.rounds)
                new = self._format.written(record, changes, self.encoding)
        except TranscleanError as error:
            report.fail(Failure(path=self.path, reason=f"record {record.number}: {error}"))
            return record.raw
        for failure in result.failures:
            report.fail(self._at(failure, record))
        count(result, new != record.raw)
        return new

    @property
    def _format(self) -> RecordFormat:
        from transclean.formats import get_format

        return cast("RecordFormat", get_format(self.format))

    def _records(self) -> Iterator[Record]:
        from transclean.fixer.files import open_file

        self._refuse_stdin()
        if self.stdin:
            yield from self._read(cast("BinaryIO", self.input))
            return
        with open_file(self.real) as file:
            yield from self._read(file)

    @cached_property
    def input(self) -> _Input:
        """Standard input."""
        if sys.stdin is None or sys.stdin.closed:
            raise TranscleanError("standard input is closed")
        return _Input(sys.stdin.buffer)

    def _read(self, file: BinaryIO) -> Iterator[Record]:
        from transclean.formats.records import check_encoding

        if self.format not in COLUMNAR:
            encoding = self.encoding if self.format == "csv" else None  # JSON is always UTF-8
            check_encoding(cast("BufferedReader", file).peek(4)[:4], encoding)
        return self._format.records(file, self.path, self.reading, self.encoding)

    def _document(self, record: Record) -> Document:
        from transclean.formats.records import document_of

        return document_of(self.path, record, self.reading)

    def _tell(self, record: Record, report: Report) -> None:
        if record.fault is not None:
            self.faults += 1
            if self.faults <= _TOLD:
                reason = f"line {record.line}: {record.fault}"
                report.fail(Failure(path=self.path, reason=reason))

    def _end(self, fields: int, report: Report) -> None:
        """Tell at the end of the file what was not told of it yet."""
        more = self.faults - _TOLD
        if more > 0:
            reason = f"{more:,} more line{'s' if more > 1 else ''} can't be read"
            report.fail(Failure(path=self.path, reason=reason))
        if not fields and not self.faults:
            self._warn(NO_TEXT)

    @contextmanager
    def _without_fields(self) -> Iterator[None]:
        """Pass over a file that has none of the fields."""
        from transclean.formats.records import NoFieldsError

        try:
            yield
        except NoFieldsError as error:
            self._warn(str(error))

    def _warn(self, reason: str) -> None:
        """Say why nothing was read, unless the file merely lies in a folder."""
        if self.named:
            fields = ", ".join(self.reading.fields)
            complain(f"{self.path}: {reason.format(fields=fields)}", kind="warning")

    def _at(self, failure: Failure, record: Record) -> Failure:
        reason = f"record {record.number}: {failure.reason}"
        return msgspec.structs.replace(failure, reason=reason)

    def _write(self, data: bytes) -> None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
