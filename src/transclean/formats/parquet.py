"""Parquet: each row is a record; a repaired file is written anew beside the old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from pyarrow import parquet as pq

from transclean.formats import Options
from transclean.formats.columns import ROWS, beside, columns_of, reasons, rewritten, rows, written
from transclean.formats.records import Record

__all__ = ["NAME", "beside", "records", "rewrite", "written"]

NAME = "parquet"


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the rows of a file as records."""
    with reasons("Parquet"):
        source = pq.ParquetFile(file)
        columns = columns_of(source.schema_arrow, options)
        yield from rows(source.iter_batches(ROWS, columns=columns), columns)


def rewrite(
    file: BinaryIO, new: BinaryIO, options: Options, repair: Callable[[Record], bytes]
) -> bool:
    """Write `file` to `new` with its rows repaired; return whether any row changed."""
    with reasons("Parquet"):
        source = pq.ParquetFile(file)
        columns = columns_of(source.schema_arrow, options)
        tables = map(source.read_row_group, range(source.num_row_groups))
        with pq.ParquetWriter(new, source.schema_arrow, compression=_compression(source)) as out:

            def write(table: Any) -> None:
                out.write_table(table, row_group_size=max(1, table.num_rows))

            return rewritten(tables, columns, repair, write)


def _compression(source: Any) -> str | dict[str, str]:
    """Return how each column is compressed."""
    meta = source.metadata
    if not meta.num_row_groups:
        return "snappy"
    first = meta.row_group(0)
    columns = [first.column(at) for at in range(first.num_columns)]
    names = {"UNCOMPRESSED": "NONE"}
    return {c.path_in_schema: names.get(c.compression, c.compression) for c in columns}
