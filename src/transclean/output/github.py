"""Workflow commands that GitHub turns into annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from transclean.model import Finding, Severity
from transclean.output import FileFindings, OutputOptions
from transclean.output.visible import visible
from transclean.output.words import advice, last_line, place

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_QUOTED = 200  # characters
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(files: Iterable[FileFindings], _options: OutputOptions, /) -> Iterator[str]:
    """Yield a command for every finding, with the preferred fix in its message."""
    for file in files:
        for finding in file.findings:
            properties = ",".join(
                f"{name}={_escaped(str(value), _PROPERTY)}"
                for name, value in _properties(finding).items()
            )
            message = _escaped(_message(file.text, finding), _DATA)
            yield f"::{_COMMANDS[finding.severity]} {properties}::{message}\n"


def _properties(finding: Finding) -> dict[str, str | int]:
    """Return where the annotation goes, and its title.

    GitHub drops columns where the two lines differ. The lines of a record's field are not
    those of its file, so that such a finding is put on the file.
    """
    found: dict[str, str | int] = {"file": finding.path}
    if not _in_record(finding):
        found |= {"line": finding.line, "endLine": last_line(finding)}
        if finding.line == finding.end_line:
            found |= {"col": finding.column, "endColumn": finding.end_column}
    return found | {"title": f"transclean {finding.rule}"}


def _in_record(finding: Finding) -> bool:
    return finding.record is not UNSET or finding.field is not UNSET


def _message(text: str, finding: Finding) -> str:
    where = f"{place(finding)}: " if _in_record(finding) else ""
    fix = finding.fixes[0] if finding.fixes else None
    what = f": {advice(text, finding, fix, _QUOTED)} ({fix.applicability.value} fix)" if fix else ""
    return f"{where}{finding.message}{what}"


def _escaped(text: str, table: dict[int, str]) -> str:
    """Return `text` as GitHub asks for it; other control characters would reach the log."""
    return visible(text.translate(table))
