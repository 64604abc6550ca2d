"""`transclean rules`: what rules there are, and whether they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import click
import msgspec

from transclean.checks import check_types
from transclean.cli import options
from transclean.cli.report import CLEAN, FOUND, complain, note
from transclean.cli.session import ignored_rules, rule_folders
from transclean.engine import select_rules
from transclean.model import TranscleanError
from transclean.output.reference import promise, reference, several
from transclean.output.visible import visible
from transclean.rulebook import load_rulebook
from transclean.rulebook.build import contexts, read_entries
from transclean.rulebook.decode import Decoded
from transclean.rulebook.faults import near_miss
from transclean.rulebook.figures import Figures, described, read_figures
from transclean.rulebook.packs import read_packs, shipped_rules
from transclean.rulebook.types import EvidenceEntry, Example, FixTemplate, LookAlike, RuleEntry


class _Rules(click.Group):
    """The subcommands here, and `learn`, which is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "learn"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "learn":
            from transclean.cli.learn import learn_rules

            return learn_rules
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Rules)
def rules() -> None:
    """List, show, test and learn rules; print their reference and the schema of rule files."""


@rules.command("list")
@options.rule_choice
@options.configuration
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
def list_rules(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[str, ...],
    output_format: str,
    **given: Any,
) -> int:
    """List the rules, a line each, with what their fixes promise and whether they run."""
    folders = rule_folders(rules, **given)
    book = load_rulebook(folders, check_types())
    by_default = select_rules(book.headings)
    wanted = select_rules(book.headings, select or ["all"], ignore)
    rows = [
        _row(decoded.entry, by_default[number])
        for number, decoded in enumerate(_entries(folders))
        if wanted[number] and isinstance(decoded.entry, RuleEntry)
    ]
    if output_format == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=1))
    else:
        for line in _table(rows):
            click.echo(line)
        note(f"{len(rows):,} rules")
    return CLEAN


@rules.command("show")
@click.argument("rule_ids", nargs=-1, required=True, metavar="ID…")
@options.configuration
@click.option("--rules", multiple=True, metavar="DIR", type=click.Path(), help="Rules of your own.")
def show_rules(rule_ids: tuple[str, ...], rules: tuple[str, ...], **given: Any) -> int:
    """Show everything about a rule: why, patterns, fixes, examples, look-alikes."""
    known = {decoded.entry.id: decoded for decoded in _entries(rule_folders(rules, **given))}
    for name in rule_ids:
        if name not in known:
            raise TranscleanError(f"no rule is called “{name}”{near_miss(name, known)}")
    figures = read_figures()
    click.echo("\n\n".join("\n".join(_page(known[name], figures)) for name in rule_ids))
    return CLEAN


@rules.command("test")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH…]")
@options.configuration
def test_rules(paths: tuple[str, ...], **given: Any) -> int:
    """Run the examples of all rules, or of the rule files and folders named.

    Each example is run with its own rule, and with all rules together: no other rule may
    flag its look-alikes and good texts, find the same, or spoil its repair. Rules that the
    configuration ignores take no part. Lexicons must be in use.

    Exit status 1 where an example does not hold, 2 for a rule file that can't be used.
    """
    from transclean.crosstests import quarrels, unused_lexicons
    from transclean.ruletests import examples_of, failures

    folders = [*rule_folders((), **given), *paths]
    book = load_rulebook(folders, check_types())
    files = read_packs(paths or [shipped_rules(), *folders])
    named = {file.path for file in files}
    entries = [d for d in _entries(folders) if not paths or d.path in named]
    failed = 0
    for failure in chain(
        failures(entries, book),
        quarrels(entries, book, ignored_rules(**given)),
        unused_lexicons(book, files),
    ):
        failed += 1
        click.echo(visible(str(failure)))
    examples = sum(examples_of(decoded.entry) for decoded in entries)
    outcome = f"{failed:,} failed" if failed else "all hold"
    note(f"{len(entries):,} rules, {examples:,} examples: {outcome}")
    if not entries:
        complain("there is no rule to test", kind="warning")
    return FOUND if failed else CLEAN


@rules.command("reference")
@options.configuration
@click.option("--rules", multiple=True, metavar="DIR", type=click.Path(), help="Rules of your own.")
def rule_reference(rules: tuple[str, ...], **given: Any) -> int:
    """Print a page in Markdown about all rules, with their figures."""
    for line in reference(_entries(rule_folders(rules, **given)), read_figures()):
        click.echo(line)
    return CLEAN


@rules.command("schema")
def schema() -> int:
    """Print the JSON Schema of rule files, for editors to complete against."""
    from transclean.rulebook.schema import rule_schema

    click.echo(msgspec.json.format(msgspec.json.encode(rule_schema()), indent=2))
    return CLEAN


def _entries(folders: Iterable[str]) -> list[Decoded]:
    return read_entries(read_packs([shipped_rules(), *folders]))


def _row(entry: RuleEntry, by_default: bool) -> dict[str, Any]:
    return {
        "id": entry.id,
        "category": entry.category,
        "fix": promise(entry),
        "confidence": entry.confidence,
        "default": by_default,
        "preview": entry.preview,
        "needs": several(entry.needs.provenance) if entry.needs else [],
        "summary": entry.summary,
    }


def _table(rows: list[dict[str, Any]]) -> Iterator[str]:
    widths = {k: max((len(str(row[k])) for row in rows), default=0) for k in ("id", "category")}
    for row in rows:
        marks = ["preview"] if row["preview"] else []
        if row["needs"]:
            marks.append(f"needs {'/'.join(row['needs'])}")
        note = f" ({', '.join(marks)})" if marks else ""
        yield (
            f"{row['id']:{widths['id']}}  {row['category']:{widths['category']}}  "
            f"{row['fix']:9}  {row['confidence']:.2f}  {row['summary']}{note}"
        )


def _page(decoded: Decoded, figures: Figures) -> Iterator[str]:
    """Yield the lines about a rule or an evidence entry."""
    entry = decoded.entry
    place = f"{decoded.path}:{decoded.node.place.line}"
    if isinstance(entry, EvidenceEntry):
        yield f"{entry.id}: evidence of {'/'.join(several(entry.language))}, weight {entry.weight}"
        yield f"  {place}"
        yield f"  {entry.why}"
    else:
        yield f"{entry.id}: {entry.summary}"
        yield f"  {place}"
        yield (
            f"  {entry.category}, {entry.severity.value}, confidence {entry.confidence:.2f}"
            + (f" ({entry.confidence_basis})")
            + (", preview" if entry.preview else "")
        )
        yield f"  {entry.why}"
        yield from _conditions(entry)
    yield from _patterns(entry)
    if entry.id in figures.rules:
        yield from _list("measured", described(figures.rules[entry.id]), str)
    if isinstance(entry, RuleEntry):
        yield from _list("fix", several(entry.fix), _fix_line)
        yield from _list("references", entry.references, str)
        yield from _list("examples", entry.examples, _example_line)
    else:
        yield from _list("examples", entry.examples, str)
    yield from _list("not", entry.not_, _alike_line)


def _conditions(entry: RuleEntry) -> Iterator[str]:
    if entry.needs:
        languages = "/".join(several(entry.needs.provenance))
        less = "" if entry.needs.otherwise == "silent" else f", otherwise {entry.needs.otherwise}"
        yield f"  needs: translated from {languages}, strength {entry.needs.strength:g}{less}"
    if entry.evidence:
        languages = "/".join(several(entry.evidence.language))
        yield f"  is evidence of: {languages}, weight {entry.evidence.weight:g}"
    if entry.scope != "segment":
        yield f"  scope: {entry.scope}"
    if entry.check:
        yield f"  check: {entry.check}"


def _patterns(entry: RuleEntry | EvidenceEntry) -> Iterator[str]:
    if entry.pattern is not None:
        yield from _list("pattern", [entry.pattern], str)
    sources = [p if isinstance(p, str) else p.pattern for p in entry.patterns or []]
    yield from _list("patterns", sources, str)
    for key in ("when", "unless"):
        found = contexts(getattr(entry, key, ()))
        yield from _list(key, found, lambda c: f"{c.pattern}  (in the {c.scope})")


def _list(title: str, items: Iterable[Any], line: Callable[[Any], str]) -> Iterator[str]:
    lines = [line(item) for item in items]
    if lines:
        yield f"  {title}:"
        yield from (f"    {visible(text)}" for text in lines)


def _fix_line(fix: FixTemplate) -> str:
    if fix.to is not None:
        return (
            f"{fix.applicability.value}: “{fix.to}”"
            if fix.to
            else f"{fix.applicability.value}: remove"
        )
    edits = ", ".join(f"{group} → “{to}”" for group, to in (fix.edits or {}).items())
    return f"{fix.applicability.value}: {edits}"


def _example_line(example: Example) -> str:
    line = f"{example.bad}  →  {'(flagged)' if example.good is None else example.good}"
    return line if example.source is None else f"{line}  (translated from {example.source})"


def _alike_line(alike: str | LookAlike) -> str:
    if isinstance(alike, str):
        return alike
    return f"{alike.text}  (translated from {alike.source})"
