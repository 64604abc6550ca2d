"""The fixer: choose edits, apply them, look again, until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from transclean.engine import Engine, Outcome
from transclean.fixer.apply import apply_edits
from transclean.fixer.choose import Chosen, choose, offered
from transclean.formats import reread
from transclean.model import Document, Edit, Failure, Finding, Provenance, TranscleanError

ROUNDS = 10

__all__ = ["FixLoopError", "FixResult", "apply_edits", "choose", "fix_document", "offered"]


class FixLoopError(TranscleanError):
    """Fixes that undo each other."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self.rules = rules
        names = ", ".join(rules)
        super().__init__(
            f"the fixes of these rules do not settle in {ROUNDS} rounds: {names};"
            " nothing was changed (leave one out with --ignore, and please report it)"
        )

    def __reduce__(self) -> tuple[type[FixLoopError], tuple[tuple[str, ...]]]:
        return FixLoopError, (self.rules,)


class FixResult(msgspec.Struct, frozen=True, kw_only=True):
    """A text after its repair.

    `applied` are the findings whose fixes were made, each with the offsets of the text in
    its round; `remaining` are what a last look found, in the offsets of the new text. The
    edits of each round, in the offsets of its text, are in `rounds`.
    """

    text: str
    applied: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()
    rounds: tuple[tuple[Edit, ...], ...] = ()


def fix_document(
    document: Document,
    engine: Engine,
    *,
    suggested: bool = False,
    provenance: Provenance | None = None,
) -> FixResult:
    """Return the repair of `document`: its safe fixes, with `suggested` the others too.

    `provenance` is taken in place of what the engine finds. Raises FixLoopError where the
    fixes do not settle.
    """
    outcome = engine.run(document, provenance)
    provenance = outcome.provenance  # of the text as it came, before its evidence is repaired
    failures: dict[tuple[str, str | None], Failure] = {}
    applied: list[Finding] = []
    rounds: list[tuple[Edit, ...]] = []
    refused: set[_Place] = set()
    for _ in range(ROUNDS):
        failures.update({(f.path, f.rule): f for f in outcome.failures})
        findings = [_without_fixes(f) if _place(f) in refused else f for f in outcome.findings]
        outcome = msgspec.structs.replace(outcome, findings=tuple(findings))
        chosen = choose(findings, suggested=suggested)
        if not chosen:
            return _result(document, applied, outcome, failures, rounds)
        done = _applied(document, chosen)
        if len(done.chosen) < len(chosen):
            refused |= {_place(f) for f, fix in chosen if (f, fix) not in done.chosen}
        refused = {_moved(place, done.edits) for place in refused}
        if not done.chosen:
            continue
        applied += sorted((finding for finding, _ in done.chosen), key=lambda f: (f.start, f.end))
        rounds.append(done.edits)
        document = done.document
        outcome = engine.run(document, provenance)
    left = choose([f for f in outcome.findings if _place(f) not in refused], suggested=suggested)
    if left:
        raise FixLoopError(tuple(sorted({f.rule for f, _ in left})))
    return _result(document, applied, outcome, failures, rounds)


_Place = tuple[str, int, int]  # a finding: its rule, and where it begins and ends


class _Applied(NamedTuple):
    """The fixes that were made in one round, and what became of the document."""

    document: Document
    chosen: list[Chosen]
    edits: tuple[Edit, ...]


def _applied(document: Document, chosen: list[Chosen]) -> _Applied:
    """Make the fixes that leave the document's markup whole; usually that is all of them."""
    done = _tried(document, chosen)
    if done is not None:
        return done
    good = [one for one in chosen if _tried(document, [one]) is not None]
    while good:
        done = _tried(document, good)
        if done is not None:
            return done
        good = good[: len(good) // 2]  # each is good alone; the others come in the next round
    return _Applied(document, [], ())


def _tried(document: Document, chosen: list[Chosen]) -> _Applied | None:
    edits = tuple(sorted(edit for _, fix in chosen for edit in fix.edits))
    after = reread(document, apply_edits(document.text, edits), edits)
    if document.markup or after.markup:
        from transclean.formats.views import same_markup

        if not same_markup(document, edits, after):
            return None
    return _Applied(after, chosen, edits)


def _place(finding: Finding) -> _Place:
    return finding.rule, finding.start, finding.end


def _moved(place: _Place, edits: Iterable[Edit]) -> _Place:
    """Return where a place lies after the edits."""
    rule, start, end = place
    before = [edit for edit in edits if edit.end <= start]
    shift = sum(len(edit.replacement) - (edit.end - edit.start) for edit in before)
    return rule, start + shift, end + shift


def _without_fixes(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, fixes=())


def _result(
    document: Document,
    applied: list[Finding],
    outcome: Outcome,
    failures: dict[tuple[str, str | None], Failure],
    rounds: list[tuple[Edit, ...]],
) -> FixResult:
    return FixResult(
        text=document.text,
        applied=tuple(applied),
        remaining=outcome.findings,
        failures=tuple(failures.values()),
        rounds=tuple(rounds),
    )
