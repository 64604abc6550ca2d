"""Arrow (IPC files and streams, Feather): each row is a record, as of Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from transclean.formats import Options
from transclean.formats.columns import beside, columns_of, reasons, rewritten, rows, written
from transclean.formats.records import Record
from transclean.model import TranscleanError

__all__ = ["NAME", "beside", "records", "rewrite", "written"]

NAME = "arrow"

_FILE, _FEATHER_1 = b"ARROW1", b"FEA1"  # what such files begin with; a stream has no sign


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the rows of a file as records."""
    with reasons("Arrow"):
        schema, batches, _ = _opened(file)
        yield from rows(batches, columns_of(schema, options))


def rewrite(
    file: BinaryIO, new: BinaryIO, options: Options, repair: Callable[[Record], bytes]
) -> bool:
    """Write `file` to `new` with its rows repaired; return whether any row changed."""
    with reasons("Arrow"):
        schema, batches, is_file = _opened(file)
        columns = columns_of(schema, options)
        tables = (pa.Table.from_batches([batch]) for batch in batches)
        make = pa.ipc.new_file if is_file else pa.ipc.new_stream
        with make(new, schema) as out:

            def write(table: Any) -> None:
                out.write_table(table, max_chunksize=max(1, table.num_rows))

            return rewritten(tables, columns, repair, write)


def _opened(file: BinaryIO) -> tuple[Any, Iterator[Any], bool]:
    """Return a file's schema, its batches, and whether it is a file rather than a stream."""
    head = file.read(len(_FILE))
    file.seek(0)
    if head.startswith(_FEATHER_1):
        raise TranscleanError("is in the first version of Feather, which is not read")
    if head == _FILE:
        source = pa.ipc.open_file(file)
        numbers = range(source.num_record_batches)
        return source.schema, (source.get_batch(number) for number in numbers), True
    stream = pa.ipc.open_stream(file)
    return stream.schema, iter(stream), False
