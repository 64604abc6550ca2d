"""The command line: the only place that prints and exits."""

from __future__ import annotations


def main() -> None:
    """Run the command `transclean` with the arguments of the process."""
    from transclean.cli.app import run

    run()
