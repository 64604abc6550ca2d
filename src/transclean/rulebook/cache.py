"""The compiled rulebook on disk, so that a start parses no YAML.

The cache is only a shortcut: what can't be read, is of other rules or of another version
is built anew, and a folder that can't be written is no fault. A rulebook is kept under its
rules' content. Reading 300 files for that takes as long as loading the rulebook, so the cache
also remembers which files had this content: as long as none has another size, time or inode,
they need not be read. Half of a rulebook are compiled patterns, of which an article needs a
tenth: they are read one by one.
"""

from __future__ import annotations

import os
import sys
import time
from array import array
from binascii import crc32
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from transclean._version import __version__
from transclean.rulebook.book import BookData
from transclean.rulebook.packs import PackFile, SourceFile
from transclean.rulebook.patterns import codes_version

FORMAT = 26  # of the cached data; raise it whenever BookData or the meaning of a rule changes
_SUM = 4  # bytes of a checksum
_HEAD = 12  # bytes before the data: its checksum, its length
_NO_CODES = b"\x80"  # no patterns
KEPT = 8  # rulebooks of other packs and versions that stay
_SETTLED = 3.0  # seconds; a younger file may change again without another time (FAT: 2)


class Stamp(NamedTuple):
    """What tells files from others without reading them."""

    files: bytes
    is_settled: bool  # none of them is so young that it may change without a trace


def cache_folder() -> str:
    """Return the folder of cached rulebooks: $TRANSCLEAN_CACHE_DIR, or the user's cache.

    Raises OSError where there is none.
    """
    given = os.environ.get("TRANSCLEAN_CACHE_DIR")
    if given:
        return given
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    if not os.path.isabs(base):
        raise FileNotFoundError("there is no home folder")
    return os.path.join(base, "transclean")


def book_key(files: Iterable[SourceFile]) -> str:
    """Return a key of the rules' content and the versions that read it."""
    from hashlib import blake2b  # takes as long to import as an article to check

    digest = blake2b(digest_size=16)
    digest.update(_versions())
    for file in files:
        for part in file:
            digest.update(b"\0" if part is None else part.encode() + b"\1")
    return digest.hexdigest()


def _versions() -> bytes:
    versions = (FORMAT, __version__, codes_version(), msgspec.__version__, sys.version_info[:2])
    return repr((*versions, sys.byteorder)).encode()


def stamp_of(files: Iterable[PackFile]) -> Stamp | None:
    """Return the stamp of files as they lie there now; None where one of them can't be found."""
    stamps, latest = [], 0
    for file in files:
        try:
            status = os.stat(file.real)
        except OSError:
            return None  # reading it tells the reason
        latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
        stamps.append((file, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    settled = latest < time.time_ns() - int(_SETTLED * 1e9)
    return Stamp(_versions() + repr(stamps).encode("utf-8", "surrogatepass"), settled)


def recall_book(stamp: Stamp | None) -> BookData | None:
    """Return the cached rulebook of these very files, if one is remembered."""
    if stamp is None:
        return None
    with suppress(OSError, ValueError):
        files, _, key = _read(_stamp_name(stamp)).rpartition(b"\n")
        if files == stamp.files:
            return load_book(key.decode("ascii"))
    return None


def remember_book(stamp: Stamp | None, key: str) -> None:
    """Keep which files have the content with this key, unless they are too young to tell."""
    if stamp is not None and stamp.is_settled:
        _write(_stamp_name(stamp), stamp.files + b"\n" + key.encode("ascii"))


def _stamp_name(stamp: Stamp) -> str:
    return f"files-{crc32(stamp.files):08x}.stamp"


class _Stored(msgspec.Struct, frozen=True):
    """A rulebook as it lies in the file; its codes come behind it."""

    book: BookData
    ends: bytes  # of the codes, 32 bits each, from the first one's begin
    sums: bytes  # their checksums


class StoredCodes(Sequence[bytes]):
    """The compiled patterns of each rule, read from the cache when the rule is used.

    The code of a pattern is not checked again when it is loaded; so those that are damaged or
    can't be read are none, and the patterns are compiled anew.
    """

    def __init__(self, path: str, begin: int, stored: _Stored) -> None:
        self._path, self._begin = path, begin
        self._ends, self._sums = (
            memoryview(stored.ends).cast("I"),
            memoryview(stored.sums).cast("I"),
        )
        self._file: memoryview | None = None

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def end(self) -> int:
        """Where the file must end."""
        return self._begin + (self._ends[-1] if len(self) else 0)

    def __getitem__(self, number: Any) -> Any:
        start = self._begin + (self._ends[number - 1] if number else 0)
        code = bytes(self._content()[start : self._begin + self._ends[number]])
        return code if crc32(code) == self._sums[number] else _NO_CODES

    def _content(self) -> memoryview:
        if self._file is None:
            from mmap import ACCESS_READ, mmap

            self._file = memoryview(b"")
            with suppress(OSError, ValueError), open(self._path, "rb", buffering=0) as file:
                self._file = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        return self._file

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __reduce__(self) -> tuple[type[list[bytes]], tuple[list[bytes]]]:
        return list, (list(self),)


def load_book(key: str) -> BookData | None:
    """Return the cached rulebook of this key, if there is a whole one."""
    try:
        path = os.path.join(cache_folder(), _book_name(key))
        with open(path, "rb", buffering=0) as file:
            head = file.read(_HEAD)
            body = file.read(int.from_bytes(head[_SUM:], "big"))
            size = os.fstat(file.fileno()).st_size
        if head[:_SUM] != _checksum(body):
            return None
        stored = msgspec.msgpack.decode(body, type=_Stored)
    except (OSError, ValueError, OverflowError, msgspec.MsgspecError):
        return None
    codes = StoredCodes(path, _HEAD + len(body), stored)
    if stored.book.key != key or size != codes.end:
        return None
    return msgspec.structs.replace(stored.book, codes=codes)


def store_book(data: BookData) -> None:
    """Keep a rulebook for later starts, where its folder can be written."""
    ends = array("I", accumulate(map(len, data.codes)))
    sums = array("I", map(crc32, data.codes))
    book = msgspec.structs.replace(data, codes=[])
    body = msgspec.msgpack.encode(_Stored(book, ends.tobytes(), sums.tobytes()))
    head = _checksum(body) + len(body).to_bytes(_HEAD - _SUM, "big")
    _write(_book_name(data.key), b"".join([head, body, *data.codes]))


def _read(name: str) -> bytes:
    with open(os.path.join(cache_folder(), name), "rb", buffering=0) as file:
        return file.read()


def _write(name: str, content: bytes) -> None:
    """Write a file of the cache, whole or not at all, and drop the oldest of its kind."""
    from tempfile import NamedTemporaryFile  # only where a rulebook was built

    with suppress(OSError):  # no home folder, a full or read-only disk
        folder = cache_folder()
        os.makedirs(folder, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as file:
            try:
                file.write(content)
                file.close()
                os.replace(file.name, os.path.join(folder, name))
            except BaseException:
                file.close()
                os.unlink(file.name)
                raise
        _drop_old(folder, os.path.splitext(name)[1])


def _checksum(body: bytes | memoryview) -> bytes:
    return crc32(body).to_bytes(_SUM, "big")


def _book_name(key: str) -> str:
    return f"rulebook-{key}.msgpack"


def _drop_old(folder: str, ending: str) -> None:
    files = [entry for entry in os.scandir(folder) if entry.name.endswith(ending)]
    files.sort(key=lambda entry: -entry.stat().st_mtime)
    for entry in files[KEPT:]:
        with suppress(OSError):  # another process was faster, or reads it (Windows)
            os.unlink(entry)
