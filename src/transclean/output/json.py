"""One JSON array of findings, written as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

import msgspec

from transclean.model import Finding
from transclean.output import FileFindings, OutputOptions

# JSON allows them as they are, but a terminal may obey them.
_CONTROLS = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def render(files: Iterable[FileFindings], _options: OutputOptions, /) -> Iterator[str]:
    """Yield an array with a line for every finding; `[]` without any."""
    empty = True
    for file in files:
        for finding in file.findings:
            yield ("[\n  " if empty else ",\n  ") + encode(finding)
            empty = False
    yield "[]\n" if empty else "\n]\n"


def encode(finding: Finding) -> str:
    """Return the finding as a JSON object on one line, its fields in their order."""
    try:
        return msgspec.json.encode(finding).decode().translate(_CONTROLS)
    except UnicodeEncodeError:
        # A file name that is not Unicode has lone surrogates: JSON has them only as escapes.
        return dumps(msgspec.to_builtins(finding), separators=(",", ":"))
