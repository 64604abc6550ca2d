"""Whether rules hold on their own examples: every `bad` is found and becomes its `good`,
every look-alike stays silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from transclean.engine import Engine, select_rules
from transclean.fixer import fix_document
from transclean.formats import get_format, with_original
from transclean.model import Document, Provenance, TranscleanError
from transclean.rulebook.book import Rulebook
from transclean.rulebook.decode import Decoded
from transclean.rulebook.types import EvidenceEntry, Example, RuleEntry, parts_of

FORMAT = "text"  # examples are plain text


class ExampleFailure(msgspec.Struct, frozen=True, order=True):
    """An example that its rule does not hold on; `line` counts from 1.

    `rule` is empty where the fault is no rule's: that of a lexicon.
    """

    path: str
    line: int
    rule: str
    reason: str

    def __str__(self) -> str:
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.path}:{self.line}: {rule}{self.reason}"


def failures(entries: Iterable[Decoded], book: Rulebook) -> Iterator[ExampleFailure]:
    """Yield the examples of `entries`, all of them in `book`, that do not hold."""
    for decoded in entries:
        entry = decoded.entry
        if isinstance(entry, EvidenceEntry):
            yield from _evidence_failures(decoded, entry, book)
        else:
            yield from _rule_failures(decoded, entry, book)


def examples_of(entry: RuleEntry | EvidenceEntry) -> int:
    """Return how many examples and look-alikes an entry has."""
    return len(entry.examples) + len(entry.not_)


def _rule_failures(decoded: Decoded, entry: RuleEntry, book: Rulebook) -> Iterator[ExampleFailure]:
    engine = Engine(book, select_rules(book.headings, [entry.id]))
    provenance = understood_provenance(entry)
    for index, example in enumerate(entry.examples):
        reason = example_fault(example, entry, engine, provenance)
        if reason:
            yield failure_at(decoded, reason, "examples", index)
    for index, alike in enumerate(entry.not_):
        text, source = parts_of(alike)
        found = engine.run(example_document(text, source), provenance).findings
        if found:
            reason = f"the look-alike {quoted(text)} is flagged at {quoted(found[0].text)}"
            yield failure_at(decoded, reason, "not", index)


def example_fault(
    example: Example, entry: RuleEntry, engine: Engine, provenance: Provenance
) -> str | None:
    """Return why an example of a rule does not hold, or None where it does."""
    outcome = engine.run(example_document(example.bad, example.source), provenance)
    if outcome.failures:
        return str(outcome.failures[0].reason)
    if not outcome.findings:
        return f"nothing is found in {quoted(example.bad)}"
    if example.found is not None and outcome.findings[0].text != example.found:
        found = quoted(outcome.findings[0].text)
        return f"expected to find {quoted(example.found)} in {quoted(example.bad)}, found {found}"
    return _fix_fault(example, engine, provenance)


def _fix_fault(example: Example, engine: Engine, provenance: Provenance) -> str | None:
    try:
        result = fix_document(
            example_document(example.bad, example.source),
            engine,
            suggested=True,
            provenance=provenance,
        )
    except TranscleanError as error:
        return str(error)
    if example.good is None:
        if result.text == example.bad:
            return None
        return f"{quoted(example.bad)} becomes {quoted(result.text)}: write that as its “good:”"
    if result.text != example.good:
        return (
            f"{quoted(example.bad)} becomes {quoted(result.text)}, expected {quoted(example.good)}"
        )
    if result.remaining:
        return f"what was repaired is found again: {quoted(result.text)}"
    return None


def _evidence_failures(
    decoded: Decoded, entry: EvidenceEntry, book: Rulebook
) -> Iterator[ExampleFailure]:
    engine = Engine(book, [False] * len(book.headings))
    for key, texts, wanted in (("examples", entry.examples, True), ("not", entry.not_, False)):
        for index, text in enumerate(texts):
            signs = engine.provenance(example_document(text)).signs
            found = any(sign.rule == entry.id for sign in signs)
            if found is not wanted:
                verb = "is no evidence" if wanted else "is taken for evidence"
                yield failure_at(decoded, f"{quoted(text)} {verb}", key, index)


def understood_provenance(entry: RuleEntry) -> Provenance:
    """Return the provenance that the entry's examples are understood to have."""
    if entry.needs is None:
        return Provenance()
    languages = entry.needs.provenance
    named = languages if isinstance(languages, list) else [languages]
    return Provenance(strengths={**dict.fromkeys(named, 1.0), "any": 1.0})


def failure_at(decoded: Decoded, reason: str, *path: str | int) -> ExampleFailure:
    """Return the failure of an entry at the value that `path` leads to."""
    place = decoded.node.place_of(path)
    return ExampleFailure(decoded.path, place.line, decoded.entry.id, reason)


def example_document(text: str, source: str | None = None) -> Document:
    """Return the document that an example is, beside the one it was translated from."""
    parse = get_format(FORMAT).parse
    document = parse(text, "example")
    return document if source is None else with_original(document, parse(source, "source"))


def quoted(text: str) -> str:
    """Return an example's text as messages show it."""
    return f"[{text}]"
