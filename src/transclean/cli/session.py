"""A run over files: which ones, with which settings, read to documents one after the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import click
import msgspec

from transclean.checks import check_types
from transclean.cli.config import Config, ConfigFinder, Overrides, Settings
from transclean.cli.discovery import Target, discover
from transclean.cli.report import Report, complain
from transclean.engine import Engine, select_rules
from transclean.fixer.files import read_file
from transclean.formats import format_of, get_format
from transclean.model import Document, Failure, TranscleanError
from transclean.rulebook import load_rulebook
from transclean.rulebook.book import Rulebook
from transclean.source import Source, decode

STDIN = "<stdin>"  # what standard input is called where no name is given


class Article(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A file that was read: its bytes, its text, and the engine of its settings."""

    path: str
    stdin: bool
    data: bytes
    source: Source
    engine: Engine

    def document(self) -> Document:
        """Return the article as its format reads it."""
        return get_format(format_of(self.path) or "text").parse(self.source.text, self.path)


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
        encoding: str | None,
        min_confidence: float | None,
        exclude: tuple[str, ...],
        force_exclude: bool,
        stdin_filename: str | None,
        list_files: bool,
        **_: Any,
    ) -> None:
        if not paths:
            raise click.UsageError("name at least one file or folder, or “-” for standard input")
        self.paths, self.exclude, self.force_exclude = paths, exclude, force_exclude
        self.stdin_filename, self.only_list = stdin_filename, list_files
        overrides = Overrides(
            select=select,
            ignore=ignore,
            rules=rules,
            source_language=_language(source_language),
            encoding=encoding,
            min_confidence=min_confidence,
        )
        self.configs = ConfigFinder(config, isolated=isolated, overrides=overrides)
        self.report = Report()
        self._engines: dict[Settings, Engine] = {}
        self._books: dict[tuple[str, ...], Rulebook] = {}
        self._seen = 0
        # A wrong rule or selection is told before the first file is read.
        self.engine(self.configs.for_folder().settings)

    def list_files(self) -> int:
        """Print the files that would be read; return the exit status."""
        for target in self._targets():
            click.echo(target.path)
        return self.status()

    def articles(self) -> Iterator[Article]:
        """Yield the articles that can be read; those that can't be are told and passed over."""
        for target in self._targets():
            name = (self.stdin_filename or STDIN) if target.is_stdin else target.path
            try:
                yield self._article(target, name)
            except TranscleanError as error:
                self.report.fail(Failure(path=name, reason=str(error)))

    def status(self) -> int:
        """Return the exit status; warn where there was no file at all."""
        if self._seen == 0 and not self.report.failed:
            folders = [path for path in self.paths if os.path.isdir(path)]
            if folders:
                reason = "there is no article to read in this folder"
                self.report.fail(Failure(path=folders[0], reason=reason))
            else:
                complain("there was no file to read: all are excluded", kind="warning")
        return self.report.status

    def engine(self, settings: Settings) -> Engine:
        """Return the engine of some settings, built once."""
        if settings not in self._engines:
            if settings.rules not in self._books:
                self._books[settings.rules] = load_rulebook(settings.rules, check_types())
            book = self._books[settings.rules]
            self._engines[settings] = Engine(
                book,
                select_rules(book.headings, settings.select, settings.ignore),
                style=settings.style,
                source_language=settings.source_language,
                timeout=settings.timeout,
                min_confidence=settings.min_confidence,
            )
        return self._engines[settings]

    def _targets(self) -> Iterator[Target]:
        found = discover(
            self.paths,
            self.configs,
            force_exclude=self.force_exclude,
            stdin_filename=self.stdin_filename,
        )
        for item in found:
            if isinstance(item, Failure):
                self.report.fail(item)
            elif not self._is_excluded(item):
                self._seen += 1
                yield item

    def _article(self, target: Target, name: str) -> Article:
        settings = target.config.settings
        data = _stdin() if target.is_stdin else read_file(target.path)
        return Article(
            path=name,
            stdin=target.is_stdin,
            data=data,
            source=decode(data, encoding=settings.encoding),
            engine=self.engine(settings),
        )

    @cached_property
    def _excluded(self) -> Any:
        from pathspec import GitIgnoreSpec  # only where something is excluded

        return GitIgnoreSpec.from_lines(self.exclude)

    def _is_excluded(self, target: Target) -> bool:
        """Whether --exclude, which counts from the working directory, leaves a file out."""
        if not self.exclude or target.is_stdin:
            return False
        if target.path in self.paths and not self.force_exclude:
            return False
        path = os.path.relpath(target.path).replace(os.sep, "/")
        return bool(self._excluded.match_file(path))


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
