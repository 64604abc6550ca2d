"""Reading files, and replacing them whole or not at all.

What counts as a change between reading and writing is the content: bytes are compared,
times are not, so that a file merely touched is no conflict and one rewritten within a
tick of the clock is.

A symbolic link stays and its target is replaced. Of a file with several hard links only
the name given is replaced; the other names keep the old text, as with `sed -i`. A file
that is marked read-only is never replaced, though its folder would allow it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from transclean.model import TranscleanError


class FileError(TranscleanError):
    """A file that could not be read or replaced.

    The message is a reason in plain words, to stand after the file's name.
    """


class FileChangedError(FileError):
    """A file that is not what it was when it was read."""


def read_file(path: str) -> bytes:
    """Return the content of the file that `path` names.

    Raises FileError if there is none, if it may not be read or if it is no regular file:
    a folder, or a pipe or device that might never end.
    """
    with _reasons("cannot be read"):
        _check_regular(os.stat(path))  # before opening, which waits for a pipe's other end
        with open(path, "rb") as file:
            return file.read()


def write_file(path: str, data: bytes, *, before: bytes) -> None:
    """Replace the content of the file that `path` names, which was `before`, by `data`.

    The new content is written beside the file, flushed to disk and moved into its place
    in one step; the file's mode and, where the system permits it, its owner, group and
    extended attributes are kept.

    Raises FileChangedError if the file no longer holds `before`, and FileError if it may
    not be written, is read-only or something fails. After any error, Ctrl-C included, the
    file has its old content or the new one whole, and nothing is left beside it.
    """
    with _reasons("cannot be written"):
        target = os.path.realpath(path)
        status = _check_unchanged(target, before)
        folder = os.path.dirname(target)
        # The name is known before the file exists, so that it is removed in any case.
        temporary = _beside(target)
        try:
            _write_new(temporary, data, target, status)
            _check_unchanged(target, before)
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _flush_folder(folder)


@contextmanager
def open_file(path: str) -> Iterator[BinaryIO]:
    """Open a file to be read piece by piece; raises FileError where `read_file` does."""
    with _reasons("cannot be read"):
        _check_regular(os.stat(path))
        file = open(path, "rb")  # noqa: SIM115
    with file:
        yield file


def rewrite_file(path: str, pieces: Iterable[tuple[bytes, bytes]]) -> bool:
    """Replace a file that is read while it is written; return whether anything changed.

    `pieces` are the stretches of the file as they are read, each with what is to stand there.
    As `write_file`, without ever holding the file in memory.
    """
    from hashlib import sha256

    with _reasons("cannot be written"):
        target = os.path.realpath(path)
        status = _check_writable(target)
        folder = os.path.dirname(target)
        temporary = _beside(target)
        before, changed = sha256(), False
        try:
            descriptor = _create(temporary)
            with open(descriptor, "wb") as file:
                for old, new in pieces:
                    before.update(old)
                    changed = changed or old != new
                    file.write(new)
                file.flush()
                _keep_attributes(descriptor, target, status)
                if changed:
                    os.fsync(descriptor)
            if changed:
                now = sha256()
                with open(target, "rb") as file:
                    while chunk := file.read(1 << 20):
                        now.update(chunk)
                if now.digest() != before.digest():
                    raise FileChangedError("changed since it was read; left alone")
                os.replace(temporary, target)
            else:
                os.unlink(temporary)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _flush_folder(folder)
    return changed


@contextmanager
def new_file(path: str) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` once all is written, and not after an error.

    Raises OSError. What is no regular file, as a pipe, is written to directly.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as file:
            yield file
        return
    temporary = _beside(target)
    try:
        with open(temporary, "xb") as file:
            yield file
        with suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError) and error.filename == temporary:
            error.filename = path  # what the user called it
        raise


def _beside(target: str) -> str:
    """Return a name for a new file in the folder of `target`."""
    return os.path.join(os.path.dirname(target), f".transclean-{os.urandom(8).hex()}.tmp")


def _check_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise FileError("is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise FileError("is not a regular file")


def _check_writable(target: str) -> os.stat_result:
    """Return the state of a file that may be written, or raise."""
    try:
        status = os.stat(target)
        _check_regular(status)
        if not status.st_mode & 0o222:
            raise FileError("is read-only; left alone")
        with open(target, "r+b"):  # opened for writing: what permissions really say
            pass
    except FileNotFoundError:
        raise FileChangedError("was removed since it was read") from None
    return status


def _check_unchanged(target: str, before: bytes) -> os.stat_result:
    """Return the state of a file that may be written and still holds `before`, or raise."""
    status = _check_writable(target)
    with open(target, "rb") as file:
        if file.read() != before:
            raise FileChangedError("changed since it was read; left alone")
    return status


def _write_new(temporary: str, data: bytes, target: str, status: os.stat_result) -> None:
    """Write `data` to a new file that looks like `target` but for its content."""
    descriptor = _create(temporary)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        _keep_attributes(descriptor, target, status)
        os.fsync(descriptor)


def _create(temporary: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        return os.open(temporary, flags, 0o600)
    except PermissionError:
        raise FileError("cannot be replaced: no permission to write in its folder") from None


def _keep_attributes(descriptor: int, target: str, status: os.stat_result) -> None:
    """Give a new file the owner, group, extended attributes and mode of `target`."""
    if sys.platform == "win32":
        return  # rights come from the folder, and read-only files do not get here
    for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
        with suppress(OSError):  # only root may give files away
            os.fchown(descriptor, owner, group)
    if sys.platform == "linux":  # access control lists are among them
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(target, name))
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))  # last: fchown clears bits


def _flush_folder(folder: str) -> None:
    """Make the move last through a power failure, where the system can do that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _reasons(what: str) -> Iterator[None]:
    """Turn errors of the system into FileError with a reason in plain words."""
    try:
        yield
    except FileNotFoundError:
        raise FileError("does not exist") from None
    except PermissionError:
        raise FileError(f"{what}: no permission") from None
    except OSError as error:
        raise FileError(f"{what}: {error.strerror or error}") from None
    except MemoryError:
        raise FileError(f"{what}: too large for the memory") from None
    except ValueError as error:  # a NUL in the path
        raise FileError(f"{what}: {error}") from None
