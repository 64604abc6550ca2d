"""The fixer: choose edits, apply them, look again, until nothing changes."""

from __future__ import annotations

import msgspec

from transclean.engine import Engine, Outcome
from transclean.fixer.apply import apply_edits
from transclean.fixer.choose import choose, offered
from transclean.formats import get_format
from transclean.model import Document, Failure, Finding, Provenance, TranscleanError

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
    its round; `remaining` are what a last look found, in the offsets of the new text.
    """

    text: str
    applied: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()


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
    parse = get_format(document.format).parse
    outcome = engine.run(document, provenance)
    provenance = outcome.provenance  # of the text as it came, before its evidence is repaired
    failures: dict[tuple[str, str | None], Failure] = {}
    applied: list[Finding] = []
    for _ in range(ROUNDS):
        failures.update({(f.path, f.rule): f for f in outcome.failures})
        chosen = choose(outcome.findings, suggested=suggested)
        if not chosen:
            return _result(document, applied, outcome, failures)
        applied += sorted((finding for finding, _ in chosen), key=lambda f: (f.start, f.end))
        text = apply_edits(document.text, [edit for _, fix in chosen for edit in fix.edits])
        document = msgspec.structs.replace(
            parse(text, document.path), record=document.record, field=document.field
        )
        outcome = engine.run(document, provenance)
    if choose(outcome.findings, suggested=suggested):
        raise FixLoopError(
            tuple(sorted({f.rule for f, _ in choose(outcome.findings, suggested=suggested)}))
        )
    return _result(document, applied, outcome, failures)


def _result(
    document: Document,
    applied: list[Finding],
    outcome: Outcome,
    failures: dict[tuple[str, str | None], Failure],
) -> FixResult:
    return FixResult(
        text=document.text,
        applied=tuple(applied),
        remaining=outcome.findings,
        failures=tuple(failures.values()),
    )
