"""Articles before and after a repair, from two folders or from a file of records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from transclean.fixer.files import read_file
from transclean.formats import format_of
from transclean.model import Failure, TranscleanError
from transclean.source import decode

Fail = Callable[[Failure], None]


class Pair(NamedTuple):
    """One article, as it came and as a human left it."""

    name: str
    before: str
    after: str


class _Record(msgspec.Struct, frozen=True):
    before: str
    after: str


def read_folders(before: str, after: str, fail: Fail) -> Iterator[Pair]:
    """Yield the articles that have the same name in both folders, in the order of names.

    `fail` is told of what can't be read, and of an article that the other folder lacks.
    """
    for folder in (before, after):
        if not os.path.isdir(folder):
            raise TranscleanError(f"{folder}: there is no such folder")
    names = {folder: set(_articles(folder)) for folder in (before, after)}
    for name in sorted(names[before] | names[after]):
        for folder, other in ((before, after), (after, before)):
            if name not in names[other]:
                path = os.path.join(folder, name)
                fail(Failure(path=path, reason=f"there is no such article in {other}"))
                break
        else:
            texts = [_text(os.path.join(folder, name), fail) for folder in (before, after)]
            if texts[0] is not None and texts[1] is not None:
                yield Pair(name, texts[0], texts[1])


def read_records(path: str, fail: Fail) -> Iterator[Pair]:
    """Yield the pairs of a JSONL file, one object a line with “before” and “after”."""
    text = _text(path, fail)
    for number, line in enumerate((text or "").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line.encode(), type=_Record)
        except (msgspec.MsgspecError, UnicodeEncodeError) as error:
            reason = f"no object with the texts “before” and “after”: {error}"
            fail(Failure(path=f"{path}:{number}", reason=reason))
            continue
        yield Pair(f"{path}:{number}", record.before, record.after)


def _articles(folder: str) -> Iterator[str]:
    """Yield the files of a folder, also those deeper in it, whose format is known."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and format_of(name):
                yield Path(root, name).relative_to(folder).as_posix()


def _text(path: str, fail: Fail) -> str | None:
    try:
        return decode(read_file(path)).text
    except TranscleanError as error:
        fail(Failure(path=path, reason=str(error)))
        return None
