"""`transclean rules learn`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from transclean.cli import options
from transclean.cli.report import CLEAN, FAILED, Report, complain, note
from transclean.cli.session import rule_folders
from transclean.learning import Pair, align, learn, read_folders, read_records, rule_file
from transclean.model import TranscleanError
from transclean.rulebook.lexicons import parse_lexicon
from transclean.rulebook.packs import read_packs, shipped_rules


@click.command("learn")
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path(), required=False)
@options.configuration
@click.option("--rules", multiple=True, metavar="DIR", type=click.Path(), help="Lexicons of yours.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=100, help="At most N rules.")
@click.option(
    "--support",
    metavar="N",
    type=click.IntRange(2),
    default=3,
    help="Only changes made N times or more.",
)
@click.option(
    "--share",
    metavar="X",
    type=click.FloatRange(0, 1),
    default=0.5,
    help="Only changes made in this share of the places where they could have been.",
)
@click.option("--output", metavar="FILE", type=click.Path(), help="Write the rules to this file.")
def learn_rules(
    before: str,
    after: str | None,
    rules: tuple[str, ...],
    limit: int,
    support: int,
    share: float,
    output: str | None,
    **given: Any,
) -> int:
    """Write candidates for rules from articles before and after a human's repair.

    BEFORE and AFTER are folders with the same articles, or BEFORE alone is a JSONL file,
    one object with the texts "before" and "after" a line.
    """
    files = read_packs([shipped_rules(), *rule_folders(rules, **given)])
    lexicons = [file for file in files if file.lexicon]
    words = {f.lexicon: parse_lexicon(f.lexicon, f.text, f.path)[0] for f in lexicons if f.lexicon}
    report = Report()
    pairs = list(_pairs(before, after, report))
    if not pairs:
        raise TranscleanError(f"{before}: there is no article with a version before and after")
    texts = [text for pair in pairs for text in align(pair)]
    found = learn(texts, words, support=support, share=share)[:limit]
    text = rule_file(found, len(pairs), lexicons)
    if output is None:
        click.echo(text, nl=False)
    else:
        with open(output, "w", encoding="utf-8") as stream:
            stream.write(text)
    note(f"{len(pairs):,} articles, {text.count('  - id: '):,} candidates")
    if not found:
        complain("no change recurs often enough (--support, --share)", kind="warning")
    return FAILED if report.failed else CLEAN


def _pairs(before: str, after: str | None, report: Report) -> Iterator[Pair]:
    if after is not None:
        yield from read_folders(before, after, report.fail)
    elif os.path.isdir(before):
        raise click.UsageError("name two folders, before and after, or one JSONL file of pairs")
    else:
        yield from read_records(before, report.fail)
