"""Parquet: each row is a record; a repaired file is written anew beside the old one.

A row has no bytes of its own in such a file: those of its record are its values as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
from pyarrow import parquet as pq

from transclean.formats import Options
from transclean.formats.records import NoFieldsError, Record, Rounds, Value, spliced
from transclean.model import TranscleanError

NAME = "parquet"

_ROWS = 1000  # that are read at a time


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the rows of a file as records."""
    with _reasons():
        source = pq.ParquetFile(file)
        columns = _columns(source.schema_arrow, options)
        number = 0
        for batch in source.iter_batches(_ROWS, columns=columns):
            yield from _rows(batch, columns, number)
            number += batch.num_rows


def written(record: Record, changes: Sequence[Rounds], encoding: str | None) -> bytes:
    """Return a record's values with new text, as JSON."""
    values = [
        "".join(spliced(list(value.text), rounds, str))
        for value, rounds in zip(record.values, changes, strict=True)
    ]
    return msgspec.json.encode(values)


def beside(path: str) -> str:
    """Return the name of the file that repairs are written to."""
    name = PurePath(path)
    return str(name.with_name(f"{name.stem}.fixed{name.suffix}"))


def rewrite(
    file: BinaryIO, new: BinaryIO, options: Options, repair: Callable[[Record], bytes]
) -> bool:
    """Write `file` to `new` with its rows repaired; return whether any row changed."""
    changed, number = False, 0
    with _reasons():
        source = pq.ParquetFile(file)
        columns = _columns(source.schema_arrow, options)
        with pq.ParquetWriter(new, source.schema_arrow, compression=_compression(source)) as out:
            for group in range(source.num_row_groups):
                table = source.read_row_group(group)
                repaired: dict[str, list[str | None]] = {
                    name: table.column(name).to_pylist() for name in columns
                }
                touched = set()
                first = number
                for batch in table.select(columns).to_batches(_ROWS):
                    for record in _rows(batch, columns, number):
                        after = repair(record)
                        if after == record.raw:
                            continue
                        texts = msgspec.json.decode(after, type=list[str])
                        for value, text in zip(record.values, texts, strict=True):
                            repaired[value.name][(record.number or 0) - first] = text
                            touched.add(value.name)
                    number += batch.num_rows
                for name in touched:
                    at = table.schema.get_field_index(name)
                    field = table.schema.field(at)
                    table = table.set_column(at, field, pa.array(repaired[name], field.type))
                changed = changed or bool(touched)
                out.write_table(table, row_group_size=max(1, table.num_rows))
    return changed


def _columns(schema: Any, options: Options) -> list[str]:
    """Return the columns that are prose: those of text among the fields, each by its one name."""
    names = [
        name
        for name in options.fields
        if schema.names.count(name) == 1
        and (pa.types.is_string(schema.field(name).type)
             or pa.types.is_large_string(schema.field(name).type))
    ]  # fmt: skip
    if not names:
        there = ", ".join(schema.names) or "none"
        raise NoFieldsError(
            f"has no column of text named {{fields}}, but {_literal(there)};"
            " name yours with --field"
        )
    return names


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _rows(batch: Any, columns: list[str], number: int) -> Iterator[Record]:
    texts = {name: batch.column(name).to_pylist() for name in columns}
    for at in range(batch.num_rows):
        values = tuple(
            Value(name, texts[name][at])
            for name in columns
            if texts[name][at] and texts[name][at].strip()
        )
        raw = msgspec.json.encode([value.text for value in values])
        yield Record(raw, number + at + 1, number + at, values)


def _compression(source: Any) -> str | dict[str, str]:
    """Return how each column is compressed."""
    meta = source.metadata
    if not meta.num_row_groups:
        return "snappy"
    first = meta.row_group(0)
    columns = [first.column(at) for at in range(first.num_columns)]
    names = {"UNCOMPRESSED": "NONE"}
    return {c.path_in_schema: names.get(c.compression, c.compression) for c in columns}


@contextmanager
def _reasons() -> Iterator[None]:
    """Turn errors of pyarrow into a reason in plain words."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = (str(error).splitlines() or ["it is damaged"])[0]
        raise TranscleanError(f"is no whole Parquet file: {said}") from None
