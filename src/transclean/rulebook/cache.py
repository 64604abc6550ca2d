"""The compiled rulebook on disk, so that a start parses no YAML.

The cache is only a shortcut: what can't be read, is of other rules or of another version
is built anew, and a folder that can't be written is no fault.
"""

from __future__ import annotations

import os
import sys
from binascii import crc32
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec
import regex

from transclean._version import __version__
from transclean.rulebook.book import BookData
from transclean.rulebook.packs import SourceFile

FORMAT = 6  # of the cached data; raise it whenever BookData or the meaning of a rule changes
_SUM = 4  # bytes of the checksum before the data
KEPT = 8  # rulebooks of other packs and versions that stay


def cache_folder() -> Path:
    """Return the folder of cached rulebooks: $TRANSCLEAN_CACHE_DIR, or the user's cache."""
    given = os.environ.get("TRANSCLEAN_CACHE_DIR")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base, "transclean")


def book_key(files: Iterable[SourceFile]) -> str:
    """Return a key of the rules' content and the versions that read it."""
    digest = blake2b(digest_size=16)
    versions = (FORMAT, __version__, regex.__version__, msgspec.__version__, sys.version_info[:2])
    digest.update(sys.byteorder.encode())
    digest.update(repr(versions).encode())
    for file in files:
        for part in file:
            digest.update(b"\0" if part is None else part.encode() + b"\1")
    return digest.hexdigest()


def load_book(key: str) -> BookData | None:
    """Return the cached rulebook of this key, if there is a whole one."""
    try:
        stored = _path(key).read_bytes()
        if stored[:_SUM] != _checksum(stored[_SUM:]):  # the code of patterns is not checked again
            return None
        data = msgspec.msgpack.decode(stored[_SUM:], type=BookData)
    except (OSError, RuntimeError, msgspec.MsgspecError):
        return None
    return data if data.key == key else None


def store_book(data: BookData) -> None:
    """Keep a rulebook for later starts, where its folder can be written."""
    from tempfile import NamedTemporaryFile  # only where a rulebook was built

    with suppress(OSError, RuntimeError):  # no home folder, a full or read-only disk
        path = _path(data.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".rulebook-", delete=False) as file:
            try:
                body = msgspec.msgpack.encode(data)
                file.write(_checksum(body) + body)
                file.close()
                os.replace(file.name, path)
            except BaseException:
                file.close()
                os.unlink(file.name)
                raise
        _drop_old(path.parent)


def _checksum(body: bytes) -> bytes:
    return crc32(body).to_bytes(_SUM, "big")


def _path(key: str) -> Path:
    return cache_folder() / f"rulebook-{key}.msgpack"


def _drop_old(folder: Path) -> None:
    books = sorted(folder.glob("rulebook-*.msgpack"), key=lambda path: -path.stat().st_mtime)
    for path in books[KEPT:]:
        path.unlink(missing_ok=True)
