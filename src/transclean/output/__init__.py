"""The registry of outputs: findings in, text out; no printing and no exit status.

A new output is one module with a `render` function, and one line in `OUTPUTS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

import msgspec

from transclean.model import Finding, TranscleanError

# Module names, not modules: a run imports the one that it uses.
OUTPUTS: dict[str, str] = {
    "full": "transclean.output.full",
    "concise": "transclean.output.concise",
    "json": "transclean.output.json",
    "jsonl": "transclean.output.jsonl",
    "github": "transclean.output.github",
}


class FileFindings(NamedTuple):
    """What was found in one file; in a file of records, in one field of one record.

    `text` is what the offsets of `findings` count in; `findings` are sorted by start.
    """

    path: str
    text: str
    findings: Sequence[Finding]


class OutputOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What an output may know of the place that its text goes to."""

    color: bool = False
    width: int = 100  # columns to keep to where a line can be cropped


class Render(Protocol):
    """The `render` function of an output's module."""

    def __call__(self, files: Iterable[FileFindings], options: OutputOptions, /) -> Iterator[str]:
        """Yield the output piece by piece as the files come in, and keep nothing of them."""
        ...


def renderer(name: str) -> Render:
    """Return the `render` function of the output called `name`.

    Raises TranscleanError, with the names there are, for one that is not in `OUTPUTS`.
    """
    if name not in OUTPUTS:
        raise TranscleanError(f"there is no output “{name}”; there are {', '.join(OUTPUTS)}")
    render: Render = import_module(OUTPUTS[name]).render
    return render
