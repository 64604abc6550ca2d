"""Where rule files and lexicons lie, and what they hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from transclean.model import TranscleanError

LEXICONS = "lexicons"


class SourceFile(NamedTuple):
    """A rule file, or a lexicon with its name. `path` is the label in messages.

    `pack` is the pack's folder; None for a file that lies in no pack, whose ids are free.
    """

    path: str
    text: str
    pack: str | None
    lexicon: str | None


def shipped_rules() -> Path:
    """Return the folder of the packs that ship with transclean.

    In a wheel they lie inside the package; in a checkout, beside `src`.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parents[1] / "rules"


def read_packs(folders: Iterable[str | os.PathLike[str]]) -> list[SourceFile]:
    """Return all files of the packs in `folders`, in a fixed order.

    A single rule file may stand for a folder. Raises TranscleanError for what can't be read.
    """
    files = (file for folder in folders for file in _read_folder(Path(folder)))
    # A folder may be configured and named as well.
    return list({os.path.realpath(file.path): file for file in files}.values())


def _read_folder(root: Path) -> Iterator[SourceFile]:
    if root.is_file():
        yield SourceFile(path=root.as_posix(), text=_text(root), pack=None, lexicon=None)
        return
    if not root.is_dir():
        raise TranscleanError(f"{root}: there is no folder of rules and no rule file here")
    shipped = root == shipped_rules()
    for path in sorted(_files(root)):
        parts = path.relative_to(root).parts
        label = "/".join(("rules", *parts)) if shipped else path.as_posix()
        is_lexicon = parts[0] == LEXICONS
        yield SourceFile(
            path=label,
            text=_text(path),
            pack=parts[0] if len(parts) > 1 and not is_lexicon else None,
            lexicon=path.stem if is_lexicon else None,
        )


def _files(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".")]
        lexicons = Path(folder).relative_to(root).parts[:1] == (LEXICONS,)
        endings = (".txt",) if lexicons else (".yaml", ".yml")
        yield from (Path(folder, name) for name in files if name.endswith(endings))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TranscleanError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise TranscleanError(f"{path}: is not UTF-8 (byte {error.start})") from None
