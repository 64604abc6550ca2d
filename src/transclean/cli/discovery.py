"""Which files are checked: those that were named, and those found in folders.

A file that is named is taken, whatever its ending. A folder that is named is walked, also
where it is itself hidden, ignored or excluded; from what lies in it are taken the files
whose format is known by their name, but not

- what git ignores there: by the .gitignore files from the repository's root down and by
  its info/exclude. A user's own ignore file does not count, so that every machine checks
  the same files. Outside a repository the .gitignore files of the walked folders count.
- what the configuration excludes, in gitignore syntax; folders that are hidden or hold
  installed packages (DEFAULT_EXCLUDE) are excluded unless it says otherwise (“!.github/”).
- folders behind symbolic links, links that lead nowhere, pipes and devices.

`force_exclude` extends the configuration's excludes, not git's, to what is named.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from transclean.cli.config import Config, ConfigError, ConfigFinder, separator_fault
from transclean.formats import format_of
from transclean.model import Failure
from transclean.paths import tidy

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
_PACKAGES = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
DEFAULT_EXCLUDE = (".*/", *(f"{name}/" for name in sorted(_PACKAGES)))

# Every path is matched with a last part that tells its kind, and every pattern ends in such
# a part. So a pattern meets a path itself, never through a folder above it: as git does it.
_FILE, _FOLDER, _EITHER = "/\x01f", "/\x01d", "/\x01?"
_TRAILING_SPACES = re.compile(r"(?<!\\) +$")
_UNKNOWN = "text"  # how a file is read whose format nothing tells
_JUNCTION = 0xA0000003  # the tag of a link between folders on Windows


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A file to check, or standard input, and the configuration that holds for it.

    `path` opens the file from the working directory and is shown to the user, with “/” on
    every system and without “./”; for standard input it is “-”. `format` is what its
    name, the configuration or the user says; plain text where nothing does. `named` is
    False for what a folder held.
    """

    path: str
    config: Config
    format: str
    is_stdin: bool = False
    named: bool = True


def discover(
    paths: Iterable[str],
    configs: ConfigFinder,
    *,
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    stdin_filename: str | None = None,
    empty_is_failure: bool = False,
    as_format: str | None = None,
) -> Iterator[Target | Failure]:
    """Yield what is to be checked for `paths`, each file once, in a fixed order.

    The order is that of `paths`, in folders that of the names. What cannot be reached is
    yielded as a Failure in its place, a broken configuration once for all of its files.

    “-” is standard input; its configuration is that of a file called `stdin_filename`. It
    is never excluded: who pipes a text in waits for it to come out.

    `exclude` are patterns beside the configured ones that count from the working
    directory; raises ConfigError if one of them is wrong. With `empty_is_failure` a folder
    without anything to check is a Failure. `as_format` is the format of all files.
    """
    walker = _Walker(configs, exclude, force_exclude, empty_is_failure, as_format)
    told = set()
    for path in dict.fromkeys(paths):
        stdin = path == STDIN
        for item in walker.stdin(stdin_filename) if stdin else walker.named(path):
            if isinstance(item, Failure):
                if item in told:
                    continue
                told.add(item)
            yield item


class _Ignore(NamedTuple):
    """The patterns of one ignore file and the real path of the folder they hold in."""

    folder: str
    spec: GitIgnoreSpec


class _Folder(NamedTuple):
    """A folder to walk: as shown, absolute, and as it really lies; all with “/”."""

    path: str
    absolute: str
    real: str
    ignores: tuple[_Ignore, ...]


class _Walker:
    """Turns paths into targets; knows which files were already taken."""

    def __init__(
        self,
        configs: ConfigFinder,
        exclude: Sequence[str],
        force_exclude: bool,
        empty_is_failure: bool,
        as_format: str | None,
    ) -> None:
        self.configs = configs
        self.as_format = as_format
        self.patterns: dict[Config, list[tuple[_Exclude, str]]] = {}
        self.empty_is_failure = empty_is_failure
        self.force_exclude = force_exclude
        self.extra = [_Exclude(os.getcwd(), exclude, "--exclude")] if exclude else []
        self.excludes: dict[Config, list[_Exclude]] = {}
        self.taken: set[str] = set()  # real paths
        self.met = 0  # files that are wanted, taken before or not

    def stdin(self, filename: str | None) -> Iterator[Target | Failure]:
        try:
            config = self.configs.for_file(filename or STDIN)
            absolute = _slashes(os.path.abspath(filename or STDIN))
            name = self.as_format or self.format_of(absolute, config) or _UNKNOWN
            yield Target(path=STDIN, config=config, format=name, is_stdin=True)
        except ConfigError as error:
            yield from error.failures

    def named(self, path: str) -> Iterator[Target | Failure]:
        """Yield the file that `path` names, or the files in the folder that it names."""
        shown = _shown(path)
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
            absolute = _slashes(os.path.abspath(path))
            config = self.configs.for_folder(absolute if is_folder else os.path.dirname(absolute))
            if self.force_exclude and any(
                exclude.covers_within(absolute, _FOLDER if is_folder else _FILE)
                for exclude in self.excludes_of(config)
            ):
                return
        except ConfigError as error:
            yield from error.failures
        except (OSError, ValueError) as error:
            yield Failure(path=shown, reason=_reason(error))
        else:
            real = _slashes(os.path.realpath(path))
            if is_folder:
                yield from self.folder(_Folder(shown, absolute, real, _ignores_above(real)))
            elif self.take(real):
                name = self.as_format or self.format_of(absolute, config) or _UNKNOWN
                yield Target(path=shown, config=config, format=name)

    def folder(self, start: _Folder) -> Iterator[Target | Failure]:
        """Yield the files in a folder that was named, and a failure where there are none."""
        before, failed = self.met, False
        for item in self.walk(start):
            failed = failed or isinstance(item, Failure)
            yield item
        if self.empty_is_failure and self.met == before and not failed:
            yield Failure(path=start.path, reason="there is no article to read in this folder")

    def walk(self, start: _Folder) -> Iterator[Target | Failure]:
        open_folders = [self.entries(start)]  # no recursion: folders may lie deep
        while open_folders:
            item = next(open_folders[-1], None)
            if item is None:
                open_folders.pop()
            elif isinstance(item, _Folder):
                open_folders.append(self.entries(item))
            else:
                yield item

    def entries(self, folder: _Folder) -> Iterator[Target | Failure | _Folder]:
        """Yield what is wanted of the entries of one folder, in the order of their names."""
        try:
            config = self.configs.for_folder(folder.absolute)
            excludes = self.excludes_of(config)
            with os.scandir(folder.path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            ignores = _ignores_in(folder, {entry.name for entry in entries})
            for entry in entries:
                place = _inside(folder, entry.name, ignores)
                kind = _kind(entry)
                name = self.format_of(place.absolute, config) if kind == _FILE else None
                if (
                    kind is None
                    or (kind == _FILE and name is None)
                    or any(exclude.covers(place.absolute, kind) for exclude in excludes)
                    or _is_ignored(place, kind)
                ):
                    continue
                if kind == _FOLDER:
                    yield place
                    continue
                self.met += 1
                if self.take(_real(entry, place)):
                    yield Target(
                        path=place.path,
                        config=config,
                        format=self.as_format or name or _UNKNOWN,
                        named=False,
                    )
        except ConfigError as error:
            yield from error.failures
        except OSError as error:
            yield Failure(path=folder.path, reason=_reason(error))

    def excludes_of(self, config: Config) -> list[_Exclude]:
        if config not in self.excludes:
            patterns, origin = config.settings.exclude, config.origin or ""
            own = _Exclude(config.folder, (*DEFAULT_EXCLUDE, *patterns), origin)
            self.excludes[config] = [own, *self.extra]
        return self.excludes[config]

    def format_of(self, absolute: str, config: Config) -> str | None:
        """Return the format of a file: the user's, the configuration's last word, or its name's."""
        name = format_of(absolute)
        if config.settings.formats:
            for pattern, configured in self.patterns_of(config):
                if pattern.covers(absolute, _FILE):
                    name = configured
        return name

    def patterns_of(self, config: Config) -> list[tuple[_Exclude, str]]:
        """Return the configured patterns with their formats."""
        if config not in self.patterns:
            self.patterns[config] = [
                (_Exclude(config.folder, (pattern,), config.origin or "", "formats"), name)
                for pattern, name in config.settings.formats
            ]
        return self.patterns[config]

    def take(self, real: str) -> bool:
        """Whether the file was not taken before; from now on it is."""
        before = len(self.taken)
        self.taken.add(real)
        return len(self.taken) > before


class _Exclude:
    """Patterns of what is not wanted, which count from the absolute path of a folder.

    Raises ConfigError, naming `origin`, for a pattern without a meaning.
    """

    def __init__(
        self, folder: str, patterns: Sequence[str], origin: str, setting: str = "exclude"
    ) -> None:
        self.folder = _slashes(folder).rstrip("/")
        self.spec: GitIgnoreSpec | None = None
        if tuple(patterns) == DEFAULT_EXCLUDE:
            return  # so common that `covers` spares the import of a package for patterns
        faults = [
            Failure(path=origin, reason=f"“{setting}”: “{pattern}” {fault}")
            for pattern in patterns
            if (fault := separator_fault(pattern) or _pattern_fault(pattern))
        ]
        if faults:
            raise ConfigError(faults)
        self.spec = _compile(patterns)

    def covers(self, path: str, kind: str) -> bool:
        """Whether the entry at the absolute `path` is itself excluded.

        An entry outside the folder is matched as though it lay directly in it.
        """
        name = path.rpartition("/")[2]
        if self.spec is None:
            return kind == _FOLDER and (name.startswith(".") or name in _PACKAGES)
        relative = path[len(self.folder) + 1 :] if self.surrounds(path) else name
        return bool(self.spec.check_file(relative + kind).include)

    def covers_within(self, path: str, kind: str) -> bool:
        """Whether the entry, or one of the folders between it and this one, is excluded."""
        if f"{self.folder}/".startswith(f"{path}/"):
            return False  # this folder itself, or one above it
        if not self.surrounds(path):
            return self.covers(path, kind)
        ends = [at for at, sign in enumerate(path) if sign == "/" and at > len(self.folder)]
        return self.covers(path, kind) or any(self.covers(path[:end], _FOLDER) for end in ends)

    def surrounds(self, path: str) -> bool:
        """Whether `path` lies in the folder."""
        return path.startswith(f"{self.folder}/")


def _inside(folder: _Folder, name: str, ignores: tuple[_Ignore, ...]) -> _Folder:
    """Return the place of the entry `name`, be it a folder or not."""
    path = name if folder.path == "." else f"{folder.path.rstrip('/')}/{name}"
    absolute = f"{folder.absolute.rstrip('/')}/{name}"
    return _Folder(path, absolute, f"{folder.real.rstrip('/')}/{name}", ignores)


def _kind(entry: os.DirEntry[str]) -> str | None:
    """Return what an entry of a walked folder is, or None for what is never wanted."""
    if entry.is_dir(follow_symlinks=False):
        if os.name != "nt":
            return _FOLDER
        tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
        return None if tag == _JUNCTION else _FOLDER
    # Links that lead nowhere are no files; some editors make them as locks.
    return _FILE if entry.is_file() else None


def _real(entry: os.DirEntry[str], place: _Folder) -> str:
    return _slashes(os.path.realpath(entry.path)) if entry.is_symlink() else place.real


def _is_ignored(place: _Folder, kind: str) -> bool:
    """Whether git ignores the entry itself: the last pattern of the deepest file decides."""
    for folder, spec in reversed(place.ignores):
        include = spec.check_file(place.real[len(folder) + 1 :] + kind).include
        if include is not None:
            return include
    return False


def _ignores_above(real: str) -> tuple[_Ignore, ...]:
    """Return the ignore files of the folders above `real`, from its repository's root down."""
    above = []
    while not os.path.lexists(f"{real}/.git"):
        parent = os.path.dirname(real)
        if parent == real:
            return ()  # no repository: nothing says how far up ignore files would count
        above.append(parent)
        real = parent
    ignores: tuple[_Ignore, ...] = ()
    for folder in reversed(above):
        ignores = _ignores_in(_Folder(folder, folder, folder, ignores), {".git", ".gitignore"})
    return ignores


def _ignores_in(folder: _Folder, names: set[str]) -> tuple[_Ignore, ...]:
    """Return the ignore files that hold in `folder`, which has entries called `names`."""
    ignores = folder.ignores
    if ".git" in names and os.path.lexists(f"{folder.real}/.git"):
        # A repository begins here; what the one around it ignores does not count in it.
        ignores = _read_ignores(
            folder.real, os.path.join(_git_folder(folder.real), "info", "exclude")
        )
    if ".gitignore" in names:
        ignores += _read_ignores(folder.real, os.path.join(folder.real, ".gitignore"))
    return ignores


def _git_folder(root: str) -> str:
    """Return the folder that holds info/exclude for the repository at `root`."""
    git = os.path.join(root, ".git")
    pointer = _text(git)  # a file in submodules and linked worktrees
    if pointer:
        git = os.path.join(root, pointer.removeprefix("gitdir:").strip())
    return os.path.join(git, _text(os.path.join(git, "commondir")).strip())


def _read_ignores(folder: str, path: str) -> tuple[_Ignore, ...]:
    lines = [line.removesuffix("\r") for line in _text(path).split("\n")]
    spec = _compile(lines)
    return (_Ignore(folder.rstrip("/"), spec),) if spec else ()


def _text(path: str) -> str:
    """Return the text of one of git's files, or nothing where it cannot be read, as git does."""
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            return file.read()
    except OSError:
        return ""


def _compile(lines: Iterable[str]) -> GitIgnoreSpec | None:
    """Return the patterns on `lines`, or None if there are none; wrong ones match nothing."""
    marked = [pattern for pattern in map(_marked, lines) if pattern]
    if not marked:
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(marked)
    except (ValueError, re.error):
        right = [pattern for pattern in marked if _parses(pattern)]
        return GitIgnoreSpec.from_lines(right)


def _pattern_fault(pattern: str) -> str | None:
    marked = _marked(pattern)
    return None if marked and _parses(marked) else "is no pattern, so it would exclude nothing"


def _parses(marked: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines([marked])
    except (ValueError, re.error):
        return False
    return any(pattern.include is not None for pattern in spec.patterns)


def _marked(line: str) -> str | None:
    """Return the pattern on a line, to be matched against paths that end in their kind."""
    pattern = _TRAILING_SPACES.sub("", line)
    if pattern.startswith("#"):
        return None
    negation = "!" if pattern.startswith("!") else ""
    pattern = pattern.removeprefix("!")
    kind = _FOLDER if pattern.endswith("/") else _EITHER
    pattern = pattern.removesuffix("/")
    if "/" not in pattern:
        parts = ["**", "*" if pattern == "**" else pattern]
    else:
        parts = pattern.removeprefix("/").split("/")
        if parts[-1] == "**":
            parts.append("*")  # “a/**” is all that lies in a, but not a
    return f"{negation}{'/'.join(parts)}{kind}" if parts[-1] else None


def _shown(path: str) -> str:
    shown = tidy(path) if path else "''"
    return f"./{shown}" if shown == STDIN else shown


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "cannot be read: no permission"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
