"""One JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transclean.output import FileFindings, OutputOptions
from transclean.output.json import encode


def render(files: Iterable[FileFindings], _options: OutputOptions, /) -> Iterator[str]:
    """Yield a line for every finding."""
    for file in files:
        for finding in file.findings:
            yield encode(finding) + "\n"
