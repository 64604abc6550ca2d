"""`transclean check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

import click
import msgspec

from transclean.cli import options
from transclean.cli.records import RecordFile
from transclean.cli.report import CLEAN, FAILED, note
from transclean.cli.session import Session
from transclean.fixer import examined
from transclean.fixer.files import new_file
from transclean.output import OUTPUTS, FileFindings, OutputOptions, renderer
from transclean.output.summary import Counts, summary


@click.command()
@options.files
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(OUTPUTS)),
    default="full",
    help="How findings are written.",
)
@click.option("--output", metavar="FILE", type=click.Path(), help="Write findings to this file.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@options.color
def check(output_format: str, output: str | None, exit_zero: bool, color: str, **given: Any) -> int:
    """Find artifacts of machine translation in files and folders ("-": standard input)."""
    session = Session(**given)
    if session.only_list:
        return session.list_files()
    counts = _Tally()
    with _target(output) as stream:
        render = renderer(output_format)
        choices = OutputOptions(color=_use_color(color, stream), width=_width(stream))
        for piece in render(counts.through(_findings(session)), choices):
            stream.write(piece)
            if piece.endswith("\n"):
                stream.flush()
    if output_format in ("full", "concise") and not given["quiet"]:
        note(summary(counts.total))
    session.report.found = bool(counts.total.findings)
    status = session.status()
    return status if status == FAILED or not exit_zero else CLEAN


class _Tally:
    """Counts findings as they pass."""

    def __init__(self) -> None:
        self.total = Counts()
        self.last: str | None = None  # the file that had findings last

    def through(self, files: Iterator[FileFindings]) -> Iterator[FileFindings]:
        for file in files:
            counts = Counts.of(file.findings)
            if file.findings:
                if file.path == self.last:  # another record of it
                    counts = msgspec.structs.replace(counts, files=0)
                self.last = file.path
            self.total += counts
            yield file


def _findings(session: Session) -> Iterator[FileFindings]:
    for article in session.articles():
        if isinstance(article, RecordFile):
            yield from article.check(session.report)
            continue
        outcome = None
        with session.guarded(article.path):
            document = article.document()
            outcome = examined(document, article.engine)
        if outcome is None:
            continue
        for failure in outcome.failures:
            session.report.fail(failure)
        yield FileFindings(document.path, document.text, outcome.findings)


@contextmanager
def _target(output: str | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with (
        new_file(output) as file,
        TextIOWrapper(
            file, encoding="utf-8", errors="backslashreplace", write_through=True
        ) as stream,
    ):
        yield stream


def _use_color(choice: str, stream: TextIO) -> bool:
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width(stream: TextIO) -> int:
    if not stream.isatty():
        return 100
    from shutil import get_terminal_size  # takes long to import, and most output is to a file

    return get_terminal_size((100, 24)).columns
