"""Where rule files and lexicons lie, and what they hold."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transclean.model import TranscleanError
from transclean.paths import tidy

LEXICONS = "lexicons"


class SourceFile(NamedTuple):
    """A rule file, or a lexicon with its name. `path` is the label in messages.

    `pack` is the pack's folder; None for a file that lies in no pack, whose ids are free.
    """

    path: str
    text: str
    pack: str | None
    lexicon: str | None


class PackFile(NamedTuple):
    """A file of a pack that is not read yet: what a SourceFile says, and where it lies."""

    real: str
    path: str
    pack: str | None = None
    lexicon: str | None = None

    def read(self) -> SourceFile:
        """Return the file with its text; raise TranscleanError where it can't be read."""
        return SourceFile(self.path, _text(self.real, self.path), self.pack, self.lexicon)


def shipped_rules() -> str:
    """Return the folder of the packs that ship with transclean.

    In a wheel they lie inside the package; in a checkout, beside `src`.
    """
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    inside = os.path.join(package, "rules")
    if os.path.isdir(inside):
        return inside
    return os.path.join(os.path.dirname(os.path.dirname(package)), "rules")


def find_packs(folders: Iterable[str | os.PathLike[str]]) -> list[PackFile]:
    """Return all files of the packs in `folders`, in a fixed order.

    A single rule file may stand for a folder. Raises TranscleanError where there is nothing.
    """
    # A folder may be configured and named as well.
    found = (file for folder in folders for file in _find_in(os.fspath(folder)))
    return list({file.real: file for file in found}.values())


def read_packs(folders: Iterable[str | os.PathLike[str]]) -> list[SourceFile]:
    """Return what `find_packs` finds, read. Raises TranscleanError for what can't be."""
    return [file.read() for file in find_packs(folders)]


def _find_in(root: str) -> Iterator[PackFile]:
    real = os.path.realpath(root)
    if os.path.isfile(root):
        yield PackFile(real, tidy(root))
        return
    if not os.path.isdir(root):
        raise TranscleanError(f"{root}: there is no folder of rules and no rule file here")
    label = "rules" if root == shipped_rules() else tidy(root)
    for parts in sorted(_files(root)):
        name = "/".join(parts)
        is_lexicon = parts[0] == LEXICONS
        yield PackFile(
            os.path.join(real, *parts),
            name if label == "." else f"{label.rstrip('/')}/{name}",
            pack=parts[0] if len(parts) > 1 and not is_lexicon else None,
            lexicon=parts[-1].removesuffix(".txt") if is_lexicon else None,
        )


def _files(root: str) -> Iterator[tuple[str, ...]]:
    """Yield the parts of the path of every rule file and lexicon, from the root."""
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".")]
        inner = folder[len(root) :].strip(os.sep)
        parts = tuple(inner.split(os.sep)) if inner else ()
        endings = (".txt",) if parts[:1] == (LEXICONS,) else (".yaml", ".yml")
        yield from ((*parts, name) for name in files if name.endswith(endings))


def _text(real: str, path: str) -> str:
    try:
        with open(real, "rb", buffering=0) as file:
            return file.read().removeprefix(BOM_UTF8).decode()
    except OSError as error:
        raise TranscleanError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise TranscleanError(f"{path}: is not UTF-8 (byte {error.start})") from None
