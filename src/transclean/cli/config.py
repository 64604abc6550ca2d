"""Settings: found by the nearest file upward from each checked file, read strictly.

A configuration file is `transclean.toml`, whose settings stand at its top level, or a
`pyproject.toml` with a table [tool.transclean]; in one folder `transclean.toml` wins. A
`pyproject.toml` without that table is passed over. Files further up are not merged in.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from transclean.formats import DEFAULTS, FIELD_FORMATS, FORMATS, Options
from transclean.model import Failure, TranscleanError
from transclean.paths import tidy
from transclean.rulebook.faults import near_miss
from transclean.rulebook.style import Style

OWN_FILE = "transclean.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "tool.transclean"

# A backslash before a letter, a digit or a dot escapes nothing: it was meant as a separator.
_WINDOWS_SEPARATOR = re.compile(r"\\(?=[\w.])")

Name = Annotated[str, Meta(min_length=1)]
Names = Annotated[tuple[Name, ...], Meta(description="a list of rules, categories or packs")]


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What a configuration file can say. The descriptions complete “must be …”.

    `rules` are paths that can be opened from the working directory; `exclude` counts from
    the folder of the configuration file. Settings can be compared and hashed.
    """

    select: Names = ()
    ignore: Names = ()
    source_language: Annotated[
        str,
        Meta(
            description="a language code such as “fr”, or “auto” or “none”",
            pattern="^(auto|none|[a-z]{2,3})$",
        ),
    ] = "auto"
    source: Annotated[
        str, Meta(description="the name of a file with “{stem}” in it, such as “{stem}.fr.md”")
    ] = ""
    rules: Annotated[tuple[Name, ...], Meta(description="a list of folders of rule files")] = ()
    exclude: Annotated[
        tuple[Name, ...], Meta(description="a list of patterns as in a .gitignore file")
    ] = ()
    encoding: Annotated[
        str | None, Meta(description="the name of a text encoding such as “cp1252”")
    ] = None
    formats: Annotated[
        tuple[tuple[Name, Name], ...],
        Meta(description="a table of patterns as in a .gitignore file and names of formats"),
    ] = ()
    front_matter: Annotated[
        tuple[Name, ...], Meta(description="a list of fields of the front matter")
    ] = DEFAULTS.front_matter
    fields: Annotated[
        tuple[Name, ...], Meta(description="a list of fields or columns of records")
    ] = DEFAULTS.fields
    field_formats: Annotated[
        tuple[tuple[Name, Name], ...],
        Meta(description="a table of fields of records and “text”, “html” or “markdown”"),
    ] = ()
    min_confidence: Annotated[float, Meta(description="a number from 0 to 1", ge=0, le=1)] = 0.0
    timeout: Annotated[
        float,
        Meta(description="a number of seconds above 0, at most 3600", gt=0, le=3600),
    ] = 2.0  # for one rule on one document
    style: Annotated[Style, Meta(description="a table of house style")] = Style()

    @property
    def reading(self) -> Options:
        """What the formats are told about reading a file."""
        return Options(
            front_matter=self.front_matter, fields=self.fields, field_formats=self.field_formats
        )


class Overrides(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says about settings; None and () where it is silent."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    source_language: str | None = None
    encoding: str | None = None
    fields: tuple[str, ...] = ()
    timeout: float | None = None
    min_confidence: float | None = None


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Settings and where they come from.

    `origin` is the configuration file, as shown to the user, or None for the defaults;
    `folder` is the absolute path of the folder that `exclude` counts from.
    """

    settings: Settings
    folder: str
    origin: str | None = None


class ConfigError(TranscleanError):
    """A configuration that cannot be used, with all its faults, a line for each."""

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__("\n".join(map(str, self.failures)))

    def __reduce__(self) -> tuple[type[ConfigError], tuple[tuple[Failure, ...]]]:
        return ConfigError, (self.failures,)


class ConfigFinder:
    """Finds the configuration of any number of files, and reads each file once.

    `file` names the one configuration of all of them, and no other is looked for; with
    `isolated` none is looked for at all. `overrides` are merged into every result.
    Raises ConfigError where `file` cannot be used.
    """

    def __init__(
        self,
        file: str | os.PathLike[str] | None = None,
        *,
        isolated: bool = False,
        overrides: Overrides | None = None,
    ) -> None:
        self._overrides = overrides or Overrides()
        self._known: dict[str, Config | ConfigError] = {}
        self._default = self._merged(Config(settings=Settings(), folder=os.getcwd()))
        self._fixed = self._default if isolated else None
        if file is not None:
            self._fixed = self._merged(read_config(os.path.abspath(file)))

    def for_file(self, path: str | os.PathLike[str]) -> Config:
        """Return the configuration of a file, which need not exist; see `for_folder`."""
        return self.for_folder(os.path.dirname(os.path.abspath(path)))

    def for_folder(self, folder: str | os.PathLike[str] = ".") -> Config:
        """Return the configuration of the files that lie directly in `folder`.

        The same object is returned wherever the same configuration holds. Raises
        ConfigError, again for every file concerned, where it cannot be used.
        """
        if self._fixed:
            return self._fixed
        passed = []
        here = os.path.abspath(folder)
        while (found := self._known.get(here) or self._in(here)) is None:
            passed.append(here)
            here, below = os.path.dirname(here), here
            if here == below:  # the root of the file system
                found = self._default
                break
        self._known.update(dict.fromkeys([*passed, here], found))
        if isinstance(found, ConfigError):
            raise found.with_traceback(None)
        return found

    def _in(self, folder: str) -> Config | ConfigError | None:
        """Return what the configuration file in `folder` gives, or None if there is none."""
        try:
            config = _config_in(folder)
        except ConfigError as error:
            return error
        return config and self._merged(config)

    def _merged(self, config: Config) -> Config:
        settings = merge(config.settings, self._overrides)
        return msgspec.structs.replace(config, settings=settings)


def merge(settings: Settings, overrides: Overrides) -> Settings:
    """Return `settings` as the command line changes them.

    What it selects replaces the configured selection, and is no longer ignored where the
    configuration ignores the very same name; what it ignores and its folders of rules are
    added to the configured ones; everything else replaces the configured value.
    """
    ignored = (name for name in settings.ignore if name not in overrides.select)
    changes = {
        "source_language": overrides.source_language,
        "encoding": overrides.encoding,
        "fields": overrides.fields or None,
        "timeout": overrides.timeout,
        "min_confidence": overrides.min_confidence,
    }
    return msgspec.structs.replace(
        settings,
        select=overrides.select or settings.select,
        ignore=(*ignored, *overrides.ignore),
        rules=(*settings.rules, *overrides.rules),
        **{name: value for name, value in changes.items() if value is not None},
    )


def read_config(path: str) -> Config:
    """Return the configuration in the file at the absolute `path`.

    A file called `pyproject.toml` is read for its table [tool.transclean], any other as a
    `transclean.toml`. Raises ConfigError for a file that has no settings or wrong ones.
    """
    is_shared = os.path.basename(path) == SHARED_FILE
    table = _shared_table(path) if is_shared else _parse(path, _read(path))
    if table is None:
        raise _error(path, f"has no table [{TABLE}]")
    return _Reader(path, TABLE if is_shared else "").config(table)


def separator_fault(pattern: str) -> str | None:
    """Return what is wrong with a gitignore pattern written with backslashes, or None."""
    right = _WINDOWS_SEPARATOR.sub("/", pattern)
    return None if right == pattern else f"has “\\” between folders; write “{right}”"


def _config_in(folder: str) -> Config | None:
    """Return the configuration that the files in `folder` itself give, or None."""
    own, shared = os.path.join(folder, OWN_FILE), os.path.join(folder, SHARED_FILE)
    if os.path.isfile(own):
        return read_config(own)
    table = _shared_table(shared) if os.path.isfile(shared) else None
    return None if table is None else _Reader(shared, TABLE).config(table)


def _shared_table(path: str) -> Any:
    """Return what stands as [tool.transclean] in a pyproject.toml, or None."""
    data = _read(path)
    if b"transclean" not in data:  # spares parsing, and complaining about, files of others
        return None
    tools = _parse(path, data).get("tool")
    return tools.get("transclean") if isinstance(tools, dict) else None


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise _error(path, "does not exist") from None
    except PermissionError:
        raise _error(path, "cannot be read: no permission") from None
    except OSError as error:
        raise _error(path, f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the path
        raise _error(path, f"cannot be read: {error}") from None


def _parse(path: str, data: bytes) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        # Editors on Windows write the byte order mark.
        tables: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(path, f"is not valid UTF-8 (at line {line})") from None
    except (ValueError, RecursionError) as error:
        last = data.rstrip().count(b"\n") + 1
        reason = _one_line(str(error)).replace("end of document", f"line {last}, the last")
        raise _error(path, f"is not valid TOML: {reason}") from None
    return tables


def _error(path: str, reason: str) -> ConfigError:
    return ConfigError([Failure(path=_shown_path(path), reason=reason)])


class _Reader:
    """Reads the settings of one file and collects all faults before it complains."""

    def __init__(self, path: str, table: str) -> None:
        self.path = path
        self.table = table
        self.faults: list[str] = []

    def config(self, table: Any) -> Config:
        if not isinstance(table, dict):
            raise _error(self.path, f"[{self.table}] must be a table, not {_shown(table)}")
        values = self.values(table, Settings, self.table)
        self.check(values)
        label = _shown_path(self.path)
        if self.faults:
            raise ConfigError(Failure(path=label, reason=fault) for fault in self.faults)
        folder = os.path.dirname(self.path)
        rules = values.get("rules", ())
        values["rules"] = tuple(tidy(_shown_path(os.path.join(folder, rule))) for rule in rules)
        return Config(settings=Settings(**values), folder=folder, origin=label)

    def values(
        self, table: Mapping[str, Any], kind: type[Settings] | type[Style], name: str
    ) -> dict[str, Any]:
        """Return the values of a table, by the names of the fields of the struct `kind`."""
        fields = _fields(kind)
        place = f"[{name}] " if name else ""
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in fields:
                self.faults.append(f"{place}unknown setting “{_one_line(key)}”{_hint(key, kind)}")
            elif key == "style" and isinstance(value, dict):
                inner = self.values(value, Style, f"{name}.style".lstrip("."))
                values["style"] = Style(**inner)
            elif key in ("formats", "field-formats") and isinstance(value, dict):
                known = list(FORMATS) if key == "formats" else FIELD_FORMATS
                made = tuple(self.formats(value, f"{name}.{key}".lstrip("."), known))
                values[fields[key].name] = made
            else:
                try:
                    values[fields[key].name] = msgspec.convert(value, fields[key].type)
                except msgspec.ValidationError:
                    wanted = _wanted(fields[key], value)
                    self.faults.append(f"{place}“{key}” must be {wanted}, not {_shown(value)}")
        return values

    def formats(
        self, table: Mapping[str, Any], name: str, known: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the patterns or fields of a table with their formats."""
        for pattern, value in table.items():
            if value not in known:
                hint = near_miss(value, known) if isinstance(value, str) else ""
                names = ", ".join(known)
                self.faults.append(
                    f"[{name}] “{_one_line(pattern)}”: {_shown(value)} is no format"
                    f"{hint or f'; there are {names}'}"
                )
            elif fault := separator_fault(pattern):
                self.faults.append(f"[{name}] {_shown(pattern)} {fault}")
            else:
                yield pattern, value

    def check(self, values: Mapping[str, Any]) -> None:
        """Collect the faults that the types of the fields leave."""
        place = f"[{self.table}] " if self.table else ""
        encoding = values.get("encoding")
        if encoding is not None and not is_text_encoding(encoding):
            self.faults.append(f"{place}“encoding”: there is no text encoding {_shown(encoding)}")
        source = values.get("source", "")
        if source and not is_source_pattern(source):
            wanted = "must be the name of a file with “{stem}” in it, such as “{stem}.fr.md”"
            self.faults.append(f"{place}“source” {wanted}, not {_shown(source)}")
        for pattern in values.get("exclude", ()):
            fault = separator_fault(pattern)
            if fault:
                self.faults.append(f"{place}“exclude”: {_shown(pattern)} {fault}")


@cache
def _fields(kind: type[Settings] | type[Style]) -> dict[str, msgspec.structs.FieldInfo]:
    """Return the fields of a struct by their names in a configuration file."""
    return {field.name.replace("_", "-"): field for field in msgspec.structs.fields(kind)}


def _hint(key: str, kind: type[Settings] | type[Style]) -> str:
    """Return “; …” with what was probably meant by an unknown setting, or nothing."""
    if kind is Settings and key in _fields(Style):
        return "; it belongs in the table “style”"
    return near_miss(key, _fields(kind))


def _wanted(field: msgspec.structs.FieldInfo, value: object) -> str:
    """Return what a field's value must be, where `value` is wrong."""
    (description,) = (
        meta.description for meta in field.type.__metadata__ if isinstance(meta, Meta)
    )
    in_style = field.name in Style.__struct_fields__
    return "text" if in_style and not isinstance(value, str) else str(description)


def is_text_encoding(name: str) -> bool:
    """Whether text can be decoded by an encoding of this name."""
    try:
        "".encode(codecs.lookup(name).name)  # refused by codecs that turn bytes into bytes
    except (LookupError, ValueError):
        return False
    return True


def is_source_pattern(pattern: str) -> bool:
    """Whether it names another file for every article: {stem} in it, and no other braces."""
    rest = pattern.replace("{stem}", "").replace("{suffix}", "")
    return "{stem}" in pattern and not {"{", "}", "\0"} & set(rest)


def _shown(value: object) -> str:
    """Return a value of a configuration file as it is shown in a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{_one_line(value)}”"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return "a table" if isinstance(value, dict) else str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown_path(path: str) -> str:
    """Return an absolute path as the user knows it: from the working directory if below it."""
    here = os.getcwd().rstrip(os.sep) + os.sep
    return path.removeprefix(here).replace(os.sep, "/")
