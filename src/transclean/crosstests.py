"""Whether rules get along: every example and look-alike is run against all rules together.

A text that one rule holds for good English must be so for all of them, and what one rule
repairs no other may repair as well, or spoil.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from transclean.checks import get_check
from transclean.engine import Engine, select_rules
from transclean.fixer import FixResult, fix_document
from transclean.model import Edit, Finding, Provenance, TranscleanError
from transclean.rulebook.book import Rule, Rulebook
from transclean.rulebook.decode import Decoded
from transclean.rulebook.packs import SourceFile
from transclean.rulebook.patterns import lexicons_of
from transclean.rulebook.templates import Placeholder, parse_template
from transclean.rulebook.types import Example, RuleEntry, parts_of
from transclean.ruletests import (
    ExampleFailure,
    example_document,
    failure_at,
    quoted,
    understood_provenance,
)


def quarrels(
    entries: Iterable[Decoded], book: Rulebook, ignore: Iterable[str] = ()
) -> Iterator[ExampleFailure]:
    """Yield the examples and look-alikes of `entries` that other rules of `book` flag or spoil.

    All rules take part, those in preview too, except what `ignore` names.
    """
    engine = Engine(book, select_rules(book.headings, ["all"], ignore))
    for decoded in entries:
        if isinstance(decoded.entry, RuleEntry):
            yield from _rule_quarrels(decoded, decoded.entry, engine)


def unused_lexicons(book: Rulebook, files: Iterable[SourceFile]) -> Iterator[ExampleFailure]:
    """Yield a failure for each lexicon among `files` that no rule of `book` uses."""
    used = {
        name
        for number in range(len(book.headings))
        for name in _lexicons(book.rule(number), set(book.lexicons))
    }
    for file in files:
        if file.lexicon and file.lexicon not in used:
            reason = f"the lexicon “{file.lexicon}” is used by no rule"
            yield ExampleFailure(file.path, 1, "", reason)


def _rule_quarrels(decoded: Decoded, entry: RuleEntry, engine: Engine) -> Iterator[ExampleFailure]:
    # Where the rule needs none, the text speaks for itself.
    provenance = understood_provenance(entry) if entry.needs else None
    for index, example in enumerate(entry.examples):
        for reason in _example_quarrels(example, entry, engine, provenance):
            yield failure_at(decoded, reason, "examples", index)
    for index, alike in enumerate(entry.not_):
        text, source = parts_of(alike)
        found = engine.run(example_document(text, source), provenance).findings
        # That its own rule flags it is told by the rule's own test.
        for finding in _firsts(f for f in found if f.rule != entry.id):
            reason = f"the look-alike {quoted(text)} is {_flagged(finding)}"
            yield failure_at(decoded, reason, "not", index)


def _example_quarrels(
    example: Example, entry: RuleEntry, engine: Engine, provenance: Provenance | None
) -> Iterator[str]:
    document = example_document(example.bad, example.source)
    found = engine.found(document, provenance)
    own = [finding for finding in found if finding.rule == entry.id]
    others = [finding for finding in found if finding.rule != entry.id]
    places = {(f.start, f.end, f.fixes) for f in own}
    same = [f for f in others if (f.start, f.end, f.fixes) in places]
    for finding in _firsts(same):
        yield f"{quoted(finding.text)} in {quoted(example.bad)} is found by {finding.rule} as well"
    if same or not own:  # without an own finding, the rule's own test tells
        return
    try:
        fixed = fix_document(document, engine, suggested=True, provenance=provenance)
    except TranscleanError as error:
        yield f"with all rules together: {error}"
        return
    if example.good is None:
        yield from _spoilers(example, own, fixed, entry)
    elif fixed.text != example.good:
        names = ", ".join(_others(fixed.applied, entry)) or "a rule that it needs"
        yield (
            f"with all rules {quoted(example.bad)} becomes {quoted(fixed.text)} ({names}),"
            f" expected {quoted(example.good)}"
        )
    else:
        for finding in _firsts(f for f in fixed.remaining if f.rule != entry.id):
            yield f"the good text {quoted(example.good)} is {_flagged(finding)}"


def _spoilers(
    example: Example, own: list[Finding], fixed: FixResult, entry: RuleEntry
) -> Iterator[str]:
    """Yield the rules that change what `entry` only flags."""
    for finding in _firsts(f for f in fixed.applied if f.rule != entry.id):
        edits = finding.fixes[0].edits
        if any(_meet(edit, flagged) for edit in edits for flagged in own):
            yield f"{quoted(own[0].text)} in {quoted(example.bad)} is changed by {finding.rule}"


def _meet(edit: Edit, finding: Finding) -> bool:
    return edit.start < finding.end and finding.start < edit.end


def _others(findings: Iterable[Finding], entry: RuleEntry) -> list[str]:
    return sorted({finding.rule for finding in findings} - {entry.id})


def _firsts(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first finding of each rule."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    return list(first.values())


def _flagged(finding: Finding) -> str:
    return f"flagged by {finding.rule} at {quoted(finding.text)}"


def _lexicons(rule: Rule, known: set[str]) -> Iterator[str]:
    """Yield the names of the lexicons that a rule takes words from."""
    for pattern in (*rule.patterns, *(c.pattern for c in rule.unless + rule.when)):
        yield from lexicons_of(pattern)
    templates = [rule.message] if rule.message else []
    for fixes in rule.fixes:
        for fix in fixes:
            templates += [fix.to] if fix.to is not None else (fix.edits or {}).values()
    for template in templates:
        for part in parse_template(template):
            if isinstance(part, Placeholder):
                yield from (a for call in part.calls for a in call.arguments if a in known)
    if rule.check:
        # A check takes its lexicons by names in its options, or by their defaults.
        options = msgspec.convert(rule.options, get_check(rule.check).TYPE.options)
        yield from (text for text in _texts(msgspec.to_builtins(options)) if text in known)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _texts(item)
