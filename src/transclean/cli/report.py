"""What a run has to say beside its output: failures, warnings, and the exit status."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from transclean.model import Failure
from transclean.output.visible import visible

CLEAN, FOUND, FAILED = 0, 1, 2
_NAMED = 3  # files of those that are passed over
DEBUG_HINT = "with TRANSCLEAN_DEBUG=1 in the environment, it shows where"


def complain(message: str, kind: str = "error") -> None:
    """Write a message to standard error, one line for each of its lines."""
    with suppress(OSError, ValueError):  # nobody listens any more
        for line in message.split("\n"):
            print(f"transclean: {kind}: {visible(line)}", file=sys.stderr)  # noqa: T201


def note(message: str) -> None:
    """Write a line about the run to standard error."""
    with suppress(OSError, ValueError):
        print(visible(message), file=sys.stderr)  # noqa: T201


def debugging() -> bool:
    """Whether the user asked for tracebacks."""
    return bool(os.environ.get("TRANSCLEAN_DEBUG"))


def internal_error(error: Exception) -> str:
    """Return the line that stands for a mistake of ours."""
    return f"internal error: {type(error).__name__}: {error}; please report it ({DEBUG_HINT})"


def _few(paths: list[str]) -> str:
    """Return `a.docx, b.docx, c.docx and 4 more files`."""
    more = len(paths) - _NAMED
    if more <= 0:
        return ", ".join(paths)
    return f"{', '.join(paths[:_NAMED])} and {more:,} more file{'s' if more > 1 else ''}"


class Report:
    """Collects what decides the exit status."""

    def __init__(self) -> None:
        self.found = False
        self.failed = False
        self.passed: dict[str, list[str]] = {}  # reasons, and the files passed over for them

    def pass_over(self, path: str, reason: str) -> None:
        """Note a file of a folder that can't be treated as asked, which is no failure."""
        self.passed.setdefault(reason, []).append(path)

    def tell_passed(self) -> None:
        """Tell, once for each reason, which files were passed over."""
        for reason, paths in self.passed.items():
            complain(f"{_few(paths)}: {reason}", kind="warning")
        self.passed = {}

    def fail(self, failure: Failure) -> None:
        """Tell of something that could not be done."""
        self.failed = True
        complain(str(failure))

    def broken(self, message: str) -> None:
        """Tell of a configuration or of rules that can't be used."""
        self.failed = True
        complain(message)

    @property
    def status(self) -> int:
        """The exit status of the run so far."""
        return FAILED if self.failed else FOUND if self.found else CLEAN
