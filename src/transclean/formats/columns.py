"""Files of columns (Parquet, Arrow): each row is a record; repairs make a new file beside.

A row has no bytes of its own in such a file: those of its record are its values as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import msgspec
import pyarrow as pa

from transclean.formats import Options
from transclean.formats.records import NoFieldsError, Record, Rounds, Value, spliced
from transclean.model import TranscleanError

ROWS = 1000  # that are read at a time


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


def columns_of(schema: Any, options: Options) -> list[str]:
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


def rows(batches: Iterable[Any], columns: list[str], number: int = 0) -> Iterator[Record]:
    """Yield the rows of batches as records, the first of which is `number`."""
    for batch in batches:
        for first in range(0, batch.num_rows, ROWS):
            part = batch.slice(first, ROWS)
            texts = {name: part.column(name).to_pylist() for name in columns}
            for at in range(part.num_rows):
                values = tuple(
                    Value(name, texts[name][at])
                    for name in columns
                    if texts[name][at] and texts[name][at].strip()
                )
                raw = msgspec.json.encode([value.text for value in values])
                yield Record(raw, number + 1, number, values)
                number += 1


def rewritten(
    tables: Iterable[Any],
    columns: list[str],
    repair: Callable[[Record], bytes],
    write: Callable[[Any], object],
) -> bool:
    """Write tables, one after the other, repaired; return whether any row changed."""
    changed, number = False, 0
    for table in tables:
        new, touched = _repaired(table, columns, number, repair)
        write(new)
        number += table.num_rows
        changed = changed or touched
    return changed


def _repaired(
    table: Any, columns: list[str], number: int, repair: Callable[[Record], bytes]
) -> tuple[Any, bool]:
    """Return a table, whose first row is record `number`, repaired, and whether a row changed."""
    texts: dict[str, list[str | None]] = {n: table.column(n).to_pylist() for n in columns}
    touched = set()
    for at, record in enumerate(rows(table.select(columns).to_batches(), columns, number)):
        after = repair(record)
        if after == record.raw:
            continue
        values = msgspec.json.decode(after, type=list[str])
        for value, text in zip(record.values, values, strict=True):
            texts[value.name][at] = text
            touched.add(value.name)
    for name in touched:
        at = table.schema.get_field_index(name)
        field = table.schema.field(at)
        table = table.set_column(at, field, pa.array(texts[name], field.type))
    return table, bool(touched)


@contextmanager
def reasons(kind: str) -> Iterator[None]:
    """Turn errors of pyarrow into a reason in plain words."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = (str(error).splitlines() or ["it is damaged"])[0]
        raise TranscleanError(f"is no whole {kind} file: {said}") from None
