"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from transclean.formats import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])


def apply(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Return a decorator that gives a command these options, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


rule_choice = apply(
    click.option(
        "--select",
        "-s",
        multiple=True,
        metavar="X",
        help="Run only these: a rule's id, a category, a pack, default, preview or all.",
    ),
    click.option("--ignore", "-i", multiple=True, metavar="X", help="Leave these out."),
    click.option(
        "--rules",
        multiple=True,
        metavar="DIR",
        type=click.Path(),
        help="Rules of your own beside the shipped ones: a folder, or one rule file.",
    ),
)

configuration = apply(
    click.option(
        "--config",
        metavar="FILE",
        type=click.Path(),
        help="Settings for all files, in place of the nearest configuration upward from each.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration."),
)

files = apply(
    click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH…"),
    rule_choice,
    configuration,
    click.option(
        "--source-language",
        metavar="CODE",
        help="The language translated from: fr, es, …, none, or auto (from the evidence).",
    ),
    click.option(
        "--source",
        "source_file",
        metavar="FILE",
        type=click.Path(),
        help="What the article was translated from, to compare the two; for one article.",
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="NUMBER",
        help="Only findings that are at least this sure, from 0 to 1.",
    ),
    click.option("--encoding", metavar="NAME", help="Of files without BOM that are not UTF-8."),
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        help="Files and folders to leave out, in .gitignore syntax; adds to the configured ones.",
    ),
    click.option(
        "--force-exclude", is_flag=True, help="Leave out excluded files though they are named."
    ),
    click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="NAME",
        help="A field or column of records (JSON, CSV) that is prose; may be given several times.",
    ),
    click.option(
        "--as",
        "as_format",
        metavar="FORMAT",
        type=click.Choice(list(FORMATS)),
        help="The format of all files, whatever their names say (`transclean formats`).",
    ),
    click.option("--stdin-filename", metavar="PATH", help="What to call standard input (“-”)."),
    click.option("--files", "list_files", is_flag=True, help="Only list the files to be read."),
    click.option("--quiet", "-q", is_flag=True, help="No summary."),
)

color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="auto: on a terminal, unless NO_COLOR is set.",
)
