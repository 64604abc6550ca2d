"""A run over files: which ones, with which settings, read to documents one after the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click
import msgspec

from transclean.checks import check_types
from transclean.cli.config import Config, ConfigFinder, Overrides, Settings, is_text_encoding
from transclean.cli.discovery import Target, discover
from transclean.cli.records import RecordFile
from transclean.cli.report import Report, complain, debugging, internal_error
from transclean.engine import Engine, select_rules
from transclean.fixer.files import read_file
from transclean.formats import (
    ARCHIVES,
    BILINGUAL,
    RECORDS,
    Options,
    declared_encoding,
    format_of,
    get_format,
    read_archive,
    with_original,
)
from transclean.model import Document, Failure, PassedOverError, TranscleanError
from transclean.output.visible import visible
from transclean.rulebook import load_rulebook
from transclean.rulebook.book import Rulebook
from transclean.rulebook.faults import RuleFileError
from transclean.source import Source, decode

STDIN = "<stdin>"  # what standard input is called where no name is given
_NO_ARTICLE = "is no article that --source could be compared with"


class Article(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A file that was read: its bytes, its text, and the engine of its settings."""

    path: str
    stdin: bool
    data: bytes
    source: Source
    engine: Engine
    format: str
    reading: Options
    original: Document | None = None  # what it was translated from
    named: bool = True  # rather than found in a folder

    @property
    def only_checked(self) -> bool:
        """Whether its format promises no clean repair."""
        return self.format in ARCHIVES

    def document(self) -> Document:
        """Return the article as its format reads it, beside what it was translated from."""
        if self.only_checked:
            document = read_archive(self.format, self.data, self.path, self.reading)
        else:
            document = get_format(self.format).parse(self.source.text, self.path, self.reading)
        return document if self.original is None else with_original(document, self.original)


class Session:
    """The files and settings of a command, from its options."""

    def __init__(
        self,
        paths: tuple[str, ...],
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        rules: tuple[str, ...],
        config: str | None,
        isolated: bool,
        source_language: str | None,
        source_file: str | None,
        encoding: str | None,
        min_confidence: float | None,
        exclude: tuple[str, ...],
        force_exclude: bool,
        as_format: str | None,
        fields: tuple[str, ...],
        stdin_filename: str | None,
        list_files: bool,
        **_: Any,
    ) -> None:
        if not paths:
            raise click.UsageError("name at least one file or folder, or “-” for standard input")
        if encoding is not None and not is_text_encoding(encoding):
            reason = f"there is no text encoding “{encoding}”"
            raise click.BadParameter(reason, param_hint="--encoding")
        if source_file is not None and (len(paths) != 1 or os.path.isdir(paths[0])):
            raise click.UsageError("--source is what one article was translated from: name just it")
        self.source_file = source_file
        self.paths, self.exclude, self.force_exclude = paths, exclude, force_exclude
        self.stdin_filename, self.only_list = stdin_filename, list_files
        self.as_format = as_format
        overrides = Overrides(
            select=select,
            ignore=ignore,
            rules=rules,
            source_language=_language(source_language),
            encoding=encoding,
            fields=fields,
            min_confidence=min_confidence,
        )
        self.configs = ConfigFinder(config, isolated=isolated, overrides=overrides)
        self.report = Report()
        self.refused = b""  # standard input that is no article: a filter gives it back
        self._engines: dict[Settings, Engine | None] = {}
        self._books: dict[tuple[str, ...], Rulebook] = {}
        self._seen = 0
        # A wrong rule or selection is told before the first file is read.
        here = self.configs.for_folder().settings
        self._engines[here] = self._build(here)

    def list_files(self) -> int:
        """Print the files that would be read; return the exit status."""
        for target in self._targets():
            # For a terminal a name is made visible; a program gets it as it is.
            name = (
                visible(target.path).encode() if sys.stdout.isatty() else os.fsencode(target.path)
            )
            sys.stdout.buffer.write(name + b"\n")
        sys.stdout.buffer.flush()
        return self.status()

    def articles(self) -> Iterator[Article | RecordFile]:
        """Yield the articles that can be read; those that can't be are told and passed over.

        A file of records is yielded unread, to be read record by record.
        """
        for target in self._targets():
            if target.format in RECORDS:
                engine = self._engine(target.config)
                if self.source_file is not None:
                    self.report.fail(Failure(path=target.path, reason=_NO_ARTICLE))
                if engine is not None:
                    guarded = partial(self.guarded, named=target.named)
                    yield RecordFile(target, (self.stdin_filename or STDIN), engine, guarded)
                continue
            name = (self.stdin_filename or STDIN) if target.is_stdin else target.path
            article, data = None, b""
            with self.guarded(name, named=target.named):
                data = _stdin() if target.is_stdin else read_file(target.path)
                article = self._article(target, name, data)
            if article:
                yield article
            elif target.is_stdin:
                self.refused = data

    @contextmanager
    def guarded(self, path: str, *, named: bool = True) -> Iterator[None]:
        """Tell of what fails with one article, a mistake of ours too; the others go on."""
        try:
            yield
        except PassedOverError as error:
            if named:
                self.report.fail(Failure(path=path, reason=str(error)))
            else:
                self.report.pass_over(path, str(error))
        except TranscleanError as error:
            self.report.fail(Failure(path=path, reason=str(error)))
        except OSError:
            raise  # of the output: there is no going on
        except Exception as error:
            if debugging():
                raise
            self.report.fail(Failure(path=path, reason=internal_error(error)))

    def status(self) -> int:
        """Return the exit status; warn where there was no file at all."""
        self.report.tell_passed()
        if self._seen == 0 and not self.report.failed:
            complain("there was no file to read: all are excluded", kind="warning")
        return self.report.status

    def _article(self, target: Target, name: str, data: bytes) -> Article | None:
        config = target.config
        engine = self._engine(config)
        if engine is None:
            return None
        if target.format in ARCHIVES:
            source = Source(text="", encoding="utf-8")
        else:
            encoding = config.settings.encoding or declared_encoding(target.format, data)
            source = decode(data, encoding=encoding)
        return Article(
            path=name,
            stdin=target.is_stdin,
            data=data,
            source=source,
            engine=engine,
            format=target.format,
            reading=config.settings.reading,
            original=self._original(target, name, source.text),
            named=target.named,
        )

    def _original(self, target: Target, name: str, text: str) -> Document | None:
        """Return what an article was translated from; None where there is none, or it is told."""
        if target.format in BILINGUAL:
            if self.source_file is not None:
                self.report.fail(Failure(path=name, reason=_NO_ARTICLE))
            return None
        path = self.source_file or _named_source(target, name, text)
        if path is None:
            return None
        with self.guarded(path.replace(os.sep, "/")):
            return self._read_original(target, name, path)
        return None

    def _read_original(self, target: Target, name: str, path: str) -> Document:
        settings = target.config.settings
        same = os.path.splitext(path)[1] == os.path.splitext(name)[1]
        kind = self.as_format or (target.format if same else format_of(path) or "text")
        if kind in RECORDS or kind in BILINGUAL:
            raise TranscleanError("is no article: nothing can be compared with it")
        if _same(path, name):
            raise TranscleanError("is the article itself, not what it was translated from")
        data = read_file(path)
        if kind in ARCHIVES:
            return read_archive(kind, data, path, settings.reading)
        encoding = settings.encoding or declared_encoding(kind, data)
        source = decode(data, encoding=encoding)
        return get_format(kind).parse(source.text, path, settings.reading)

    def _engine(self, config: Config) -> Engine | None:
        """Return the engine of a configuration; None for a broken one, which is told once."""
        settings = config.settings
        if settings not in self._engines:
            try:
                self._engines[settings] = self._build(settings)
            except TranscleanError as error:
                self._engines[settings] = None
                origin = "" if isinstance(error, RuleFileError) else f"{config.origin}: "
                self.report.broken(f"{origin}{error}")
        return self._engines[settings]

    def _build(self, settings: Settings) -> Engine:
        if settings.rules not in self._books:
            self._books[settings.rules] = load_rulebook(settings.rules, check_types())
        book = self._books[settings.rules]
        return Engine(
            book,
            select_rules(book.headings, settings.select, settings.ignore),
            style=settings.style,
            source_language=settings.source_language,
            timeout=settings.timeout,
            min_confidence=settings.min_confidence,
        )

    def _targets(self) -> Iterator[Target]:
        found = discover(
            self.paths,
            self.configs,
            exclude=self.exclude,
            force_exclude=self.force_exclude,
            stdin_filename=self.stdin_filename,
            empty_is_failure=True,
            as_format=self.as_format,
        )
        for item in found:
            if isinstance(item, Failure):
                self.report.fail(item)
            else:
                self._seen += 1
                yield item


def rule_folders(rules: Iterable[str], config: str | None, isolated: bool) -> tuple[str, ...]:
    """Return the folders of rules that hold in the working directory."""
    overrides = Overrides(rules=tuple(rules))
    found: Config = ConfigFinder(config, isolated=isolated, overrides=overrides).for_folder()
    return found.settings.rules


def ignored_rules(config: str | None, isolated: bool) -> tuple[str, ...]:
    """Return the rules, categories and packs that the working directory's settings ignore."""
    return (
        ConfigFinder(config, isolated=isolated, overrides=Overrides()).for_folder().settings.ignore
    )


def _named_source(target: Target, name: str, text: str) -> str | None:
    """Return the file that an article's front matter, or else a setting, says it is made from.

    A front matter may name a newspaper or a page as its source: a file has a known ending.
    """
    folder, file = os.path.split(name)
    if target.format == "markdown":
        from transclean.formats.frontmatter import read_field

        value = read_field(text, "source")
        if value and "://" not in value and format_of(value):
            return os.path.join(folder, value)
    pattern = target.config.settings.source
    if not pattern:
        return None
    stem, suffix = os.path.splitext(file)
    path = os.path.join(folder, pattern.replace("{stem}", stem).replace("{suffix}", suffix))
    return path if os.path.exists(path) and not _same(path, name) else None


def _same(path: str, other: str) -> bool:
    return os.path.abspath(path) == os.path.abspath(other)


def _language(code: str | None) -> str | None:
    known = code is None or code in ("auto", "none") or (code.isalpha() and 2 <= len(code) <= 3)
    if not known:
        raise click.BadParameter(
            f"“{code}” is no language code such as “fr”, and neither “none” nor “auto”",
            param_hint="--source-language",
        )
    return code and code.lower()


def _stdin() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise TranscleanError("standard input is closed")
    return sys.stdin.buffer.read()
