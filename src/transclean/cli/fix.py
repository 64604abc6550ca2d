"""`transclean fix`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click

from transclean.cli import options
from transclean.cli.records import RecordFile
from transclean.cli.report import note
from transclean.cli.session import Article, Session
from transclean.fixer import FixResult, fix_document, offered
from transclean.fixer.diff import unified_diff
from transclean.fixer.files import write_file
from transclean.model import PassedOverError
from transclean.output.visible import visible
from transclean.source import encode

_ONLY_CHECKED = (
    "left alone, as no repair of this format can promise to keep all else in it;"
    " “transclean check” reads it"
)


@click.command()
@options.files
@click.option(
    "--suggested", is_flag=True, help="Apply the suggested fixes too, not only safe ones."
)
@click.option("--diff", "as_diff", is_flag=True, help="Write nothing; print the changes as a diff.")
def fix(suggested: bool, as_diff: bool, **given: Any) -> int:
    """Apply the safe fixes to files and folders ("-": from standard input to standard output).

    Exit status 1 with --diff: there would be changes.
    """
    session = Session(**given)
    if session.only_list:
        return session.list_files()
    totals = _Totals(suggested)
    for article in session.articles():
        if isinstance(article, RecordFile):
            record_totals = totals.of_file()
            outcome = article.fix(session.report, record_totals.add, suggested, as_diff)
            if outcome is not None:
                totals.join(record_totals, outcome)
                if outcome and not (as_diff or article.stdin or given["quiet"]):
                    click.echo(_named(article.result, record_totals.rules))
            continue
        changed = None
        with session.guarded(article.path, named=article.named):
            if article.only_checked:
                raise PassedOverError(_ONLY_CHECKED)
            result = fix_document(article.document(), article.engine, suggested=suggested)
            changed = _put(article, result, as_diff)
        if changed is None:
            session.refused += article.data if article.stdin else b""
            continue
        for failure in result.failures:
            session.report.fail(failure)
        totals.add(result, changed)
        if changed and not (as_diff or article.stdin or given["quiet"]):
            click.echo(_account(article.path, result))
    if session.refused and not as_diff:
        _write(session.refused)  # a filter loses nothing
    if not given["quiet"]:
        note(totals.summary(as_diff))
    session.report.found = totals.undone > 0 or (as_diff and totals.files > 0)
    return session.status()


def _put(article: Article, result: FixResult, as_diff: bool) -> bool:
    """Bring a result to where it belongs; return whether it differs from what was there."""
    data = encode(result.text, article.source)
    changed = data != article.data
    if as_diff:
        _write(b"".join(unified_diff(article.path, article.data, data)) if changed else b"")
    elif article.stdin:
        _write(data)
    elif changed:
        write_file(article.path, data, before=article.data)
    return changed


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _account(path: str, result: FixResult) -> str:
    """Return `path: 3 fixes (fr-mme 2, fr-bracket)`."""
    return _named(path, Counter(finding.rule for finding in result.applied))


def _named(path: str, rules: Counter[str]) -> str:
    named = ", ".join(f"{rule} {n}" if n > 1 else rule for rule, n in sorted(rules.items()))
    return f"{visible(path)}: {_number(sum(rules.values()), 'fix', 'fixes')} ({named})"


class _Totals:
    """What a run repaired and left."""

    def __init__(self, suggested: bool) -> None:
        self.suggested = suggested
        self.files = self.fixes = self.left = self.open = self.undone = 0
        self.rules: Counter[str] = Counter()

    def of_file(self) -> _Totals:
        """Return totals of the records of one file."""
        return _Totals(self.suggested)

    def join(self, records: _Totals, changed: bool) -> None:
        """Count a file of records as one file."""
        self.files += changed
        self.fixes += records.fixes
        self.left += records.left
        self.open += records.open
        self.undone += records.undone

    def add(self, result: FixResult, changed: bool) -> None:
        """Count the result of one file."""
        self.files += changed
        self.fixes += len(result.applied) if changed else 0
        if changed:
            self.rules.update(finding.rule for finding in result.applied)
        self.left += len(result.remaining)
        self.open += sum(bool(offered(f, suggested=True)) for f in result.remaining)
        self.undone += sum(bool(offered(f, suggested=self.suggested)) for f in result.remaining)

    def summary(self, as_diff: bool) -> str:
        """Return `5 fixes in 2 files; 7 findings left, 4 with a suggested fix (--suggested)`."""
        files = _number(self.files, "file", "files")
        verb = " to make" if as_diff else ""
        text = f"{_number(self.fixes, 'fix', 'fixes')}{verb} in {files}"
        if not self.fixes:
            text = "Nothing to fix"
        if self.left:
            text += f"; {_number(self.left, 'finding', 'findings')} left"
        if self.open and not self.suggested:
            text += f", {self.open:,} with a suggested fix (--suggested)"
        return text


def _number(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
