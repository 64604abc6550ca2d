"""`transclean formats`."""

from __future__ import annotations

import click

from transclean.cli.report import CLEAN
from transclean.formats import FORMATS, SUFFIXES, Support, support


@click.command()
def formats() -> int:
    """List the formats, the file names that tell them, and what is installed for them."""
    rows = [(name, _endings(name), support(name)) for name in FORMATS]
    widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
    for name, endings, needed in rows:
        click.echo(f"{name:{widths[0]}}  {endings:{widths[1]}}  {_state(needed)}")
    return CLEAN


def _endings(name: str) -> str:
    return " ".join(ending for ending, known in SUFFIXES.items() if known == name)


def _state(needed: Support) -> str:
    """Return `check and fix`, and what to install first where something is missing."""
    if not needed.missing:
        return needed.what
    extra = f"'transclean[{needed.extra}]'" if needed.extra else " ".join(needed.missing)
    return f"{needed.what}, after pip install {extra}"
