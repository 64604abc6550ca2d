"""Arrow (IPC files and streams, Feather): each row is a record, as of Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from transclean.formats import Options
from transclean.formats.columns import beside, columns_of, reasons, repaired, rows, written
from transclean.formats.records import Record
from transclean.model import TranscleanError

__all__ = ["NAME", "beside", "records", "rewrite", "written"]

NAME = "arrow"

_FILE, _FEATHER_1 = b"ARROW1", b"FEA1"  # what such files begin with; a stream has no sign


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the rows of a file as records."""
    with reasons("Arrow"):
        schema, batches, _ = _opened(file)
        columns = columns_of(schema, options)
        number = 0
        for batch in batches:
            yield from rows(batch, columns, number)
            number += batch.num_rows


def rewrite(
    file: BinaryIO, new: BinaryIO, options: Options, repair: Callable[[Record], bytes]
) -> bool:
    """Write `file` to `new` with its rows repaired; return whether any row changed."""
    changed, number = False, 0
    with reasons("Arrow"):
        schema, batches, is_file = _opened(file)
        columns = columns_of(schema, options)
        make = pa.ipc.new_file if is_file else pa.ipc.new_stream
        with make(new, schema) as out:
            for batch in batches:
                table = pa.Table.from_batches([batch])
                table, touched = repaired(table, columns, number, repair)
                number += table.num_rows
                changed = changed or touched
                out.write_table(table, max_chunksize=max(1, table.num_rows))
    return changed


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
