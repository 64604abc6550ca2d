"""The fixer: choose edits, apply them, look again, until nothing changes."""

from __future__ import annotations

import msgspec

from transclean.engine import Engine, Outcome
from transclean.fixer.apply import apply_edits
from transclean.fixer.choose import choose, offered
from transclean.fixer.whole import apply_chosen, confirmed, without
from transclean.model import Document, Edit, Failure, Finding, Provenance, TranscleanError

ROUNDS = 10

__all__ = [
    "FixLoopError", "FixResult", "apply_edits", "choose", "examined", "fix_document", "offered",
]  # fmt: skip


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


def examined(document: Document, engine: Engine, provenance: Provenance | None = None) -> Outcome:
    """Return what is found in `document`, with no fix but those that can be made.

    `provenance` is taken in place of what the engine finds.
    """
    outcome = engine.run(document, provenance)
    return msgspec.structs.replace(outcome, findings=confirmed(document, outcome.findings))


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
    outcome = examined(document, engine, provenance)
    provenance = outcome.provenance  # of the text as it came, before its evidence is repaired
    failures: dict[tuple[str, str | None], Failure] = {}
    applied: list[Finding] = []
    rounds: list[tuple[Edit, ...]] = []
    for _ in range(ROUNDS):
        failures.update({(f.path, f.rule): f for f in outcome.failures})
        chosen = choose(outcome.findings, suggested=suggested)
        if not chosen:
            return _result(document, applied, outcome, failures, rounds)
        done = apply_chosen(document, chosen)
        if not done.chosen:  # good only beside fixes that are not chosen
            findings = without(outcome.findings, chosen)
            outcome = msgspec.structs.replace(outcome, findings=findings)
            continue
        applied += sorted((finding for finding, _ in done.chosen), key=lambda f: (f.start, f.end))
        rounds.append(done.edits)
        document = done.document
        outcome = examined(document, engine, provenance)
    left = choose(outcome.findings, suggested=suggested)
    if left:
        raise FixLoopError(tuple(sorted({f.rule for f, _ in left})))
    return _result(document, applied, outcome, failures, rounds)


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
