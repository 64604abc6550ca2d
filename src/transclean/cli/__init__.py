"""The command line: the only place that prints and exits."""

from __future__ import annotations

import gc

_ALLOCATIONS = 100_000  # between two looks for garbage: a start makes many objects that stay


def main() -> None:
    """Run the command `transclean` with the arguments of the process."""
    gc.set_threshold(_ALLOCATIONS)
    from transclean.cli.app import leave, run

    leave(run())
