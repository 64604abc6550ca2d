"""The compiled rulebook on disk, so that a start parses no YAML.

The cache is only a shortcut: what can't be read, is of other rules or of another version
is built anew, and a folder that can't be written is no fault. A rulebook is kept under its
rules' content. Reading 300 files for that takes as long as loading the rulebook, so the cache
also remembers which files had this content: as long as none has another size, time or inode,
they need not be read. Most of a rulebook are compiled patterns, literals and lexicons, of which
an article needs a tenth: they are read one by one, each with its checksum.
"""

from __future__ import annotations

import os
import sys
import time
from array import array
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from transclean._version import __version__
from transclean.model import TranscleanError
from transclean.rulebook.book import BookData
from transclean.rulebook.packs import PackFile, SourceFile
from transclean.rulebook.patterns import codes_version

FORMAT = 32  # of the cached data; raise it whenever BookData or the meaning of a rule changes
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


def recall_book(
    stamp: Stamp | None, rebuild: Callable[[], BookData] | None = None
) -> BookData | None:
    """Return the cached rulebook of these very files, if one is remembered; as `load_book`."""
    if stamp is None:
        return None
    with suppress(OSError, ValueError):
        files, _, key = _read(_stamp_name(stamp)).rpartition(b"\n")
        if files == stamp.files:
            return load_book(key.decode("ascii"), rebuild)
    return None


def remember_book(stamp: Stamp | None, key: str) -> None:
    """Keep which files have the content with this key, unless they are too young to tell."""
    if stamp is not None and stamp.is_settled:
        _write(_stamp_name(stamp), stamp.files + b"\n" + key.encode("ascii"))


def _stamp_name(stamp: Stamp) -> str:
    return f"files-{crc32(stamp.files):08x}.stamp"


class _Stored(msgspec.Struct, frozen=True):
    """A rulebook as it lies in the file; its pieces come behind it."""

    book: BookData
    literals: int  # how many pieces they are
    lexicons: list[str]  # their names
    ends: bytes  # of the pieces, 32 bits each, from the first one's begin
    sums: bytes  # their checksums


class _Pieces:
    """The pieces of a rulebook in its file: patterns, then literals, then lexicons."""

    def __init__(self, path: str, begin: int, stored: _Stored) -> None:
        self._path, self._begin = path, begin
        self._ends = memoryview(stored.ends).cast("I")
        self._sums = memoryview(stored.sums).cast("I")
        self._file: memoryview | None = None

    @property
    def end(self) -> int:
        """Where the file must end."""
        return self._begin + (self._ends[-1] if len(self._ends) else 0)

    def piece(self, number: int) -> bytes | None:
        """Return a piece, or None where it is damaged or can't be read."""
        start = self._begin + (self._ends[number - 1] if number else 0)
        piece = bytes(self._content()[start : self._begin + self._ends[number]])
        return piece if crc32(piece) == self._sums[number] else None

    def _content(self) -> memoryview:
        if self._file is None:
            from mmap import ACCESS_READ, mmap

            self._file = memoryview(b"")
            with suppress(OSError, ValueError), open(self._path, "rb", buffering=0) as file:
                self._file = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        return self._file


class StoredSequence(Sequence[bytes]):
    """Pieces one after the other, read from the cache when asked for."""

    def __init__(
        self, pieces: _Pieces, first: int, count: int, instead: Callable[[int], bytes]
    ) -> None:
        """`instead` gives what is damaged or can't be read."""
        self._pieces, self._first, self._count, self._instead = pieces, first, count, instead

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        if not 0 <= number < self._count:
            raise IndexError(number)
        piece = self._pieces.piece(self._first + number)
        return self._instead(number) if piece is None else piece

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __reduce__(self) -> tuple[type[list[bytes]], tuple[list[bytes]]]:
        return list, (list(self),)


class StoredMapping(Mapping[str, bytes]):
    """Pieces by their names, read from the cache when asked for."""

    def __init__(self, names: Iterable[str], pieces: Sequence[bytes]) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._pieces = pieces

    def __getitem__(self, name: str) -> bytes:
        return self._pieces[self._numbers[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __reduce__(self) -> tuple[type[dict[str, bytes]], tuple[dict[str, bytes]]]:
        return dict, (dict(self),)


def load_book(key: str, rebuild: Callable[[], BookData] | None = None) -> BookData | None:
    """Return the cached rulebook of this key, if there is a whole one.

    Where a piece turns out to be damaged later, `rebuild` makes it anew, and a pattern is
    compiled anew. Without `rebuild` that raises TranscleanError.
    """
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
    book, pieces = stored.book, _Pieces(path, _HEAD + len(body), stored)
    if book.key != key or size != pieces.end:
        return None

    @cache
    def anew() -> BookData:
        if rebuild is None:
            raise TranscleanError(f"{path} is damaged: delete it")
        return rebuild()

    names, patterns, literals = stored.lexicons, len(book.rules), stored.literals
    lexicons = StoredSequence(
        pieces, patterns + literals, len(names), lambda number: anew().lexicons[names[number]]
    )
    return msgspec.structs.replace(
        book,
        codes=StoredSequence(pieces, 0, patterns, lambda _: _NO_CODES),
        literals=StoredSequence(pieces, patterns, literals, lambda number: anew().literals[number]),
        lexicons=StoredMapping(names, lexicons),
    )


def store_book(data: BookData) -> None:
    """Keep a rulebook for later starts, where its folder can be written."""
    pieces = [*data.codes, *data.literals, *data.lexicons.values()]
    ends, sums = array("I", accumulate(map(len, pieces))), array("I", map(crc32, pieces))
    book = msgspec.structs.replace(data, codes=[], literals=[], lexicons={})
    names = list(data.lexicons)
    stored = _Stored(book, len(data.literals), names, ends.tobytes(), sums.tobytes())
    body = msgspec.msgpack.encode(stored)
    head = _checksum(body) + len(body).to_bytes(_HEAD - _SUM, "big")
    _write(_book_name(data.key), b"".join([head, body, *pieces]))


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
