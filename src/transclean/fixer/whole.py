"""Fixes that leave a document's markup whole, and those that would not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from transclean.fixer.apply import apply_edits
from transclean.fixer.choose import Chosen, choose
from transclean.formats import ARCHIVES, reread
from transclean.model import Document, Edit, Finding, TranscleanError


class Applied(NamedTuple):
    """The fixes that were made in one round, and what became of the document."""

    document: Document
    chosen: list[Chosen]
    edits: tuple[Edit, ...]


def apply_chosen(document: Document, chosen: list[Chosen]) -> Applied:
    """Make the fixes that leave the markup whole; usually that is all of them."""
    while True:
        done = _tried(document, chosen)
        if done is not None:
            return done
        unsound = _unsound(document, chosen)
        # Where each is good alone, half of them wait for the next round.
        chosen = [x for x in chosen if x not in unsound] if unsound else chosen[: len(chosen) // 2]


def confirmed(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without the fixes that would not leave the document's markup whole."""
    found = tuple(findings)
    if document.format == "text" or document.format in ARCHIVES:  # without markup; only checked
        return found
    waiting = found
    # As many at a time as do not meet, since each try reads the document anew.
    while chosen := choose(waiting, suggested=True):
        found = without(found, _unsound(document, chosen))
        waiting = without(waiting, chosen)
    return found


def without(findings: Iterable[Finding], chosen: list[Chosen]) -> tuple[Finding, ...]:
    """Return the findings without these of their fixes."""
    gone = {(finding.rule, finding.start, finding.end, fix) for finding, fix in chosen}
    return tuple(
        msgspec.structs.replace(
            f, fixes=tuple(x for x in f.fixes if (f.rule, f.start, f.end, x) not in gone)
        )
        for f in findings
    )


def _unsound(document: Document, chosen: list[Chosen]) -> list[Chosen]:
    """Return those of the fixes that can't be made, looked for by halves."""
    if not chosen or _tried(document, chosen) is not None:
        return []
    if len(chosen) == 1:
        return chosen
    half = len(chosen) // 2
    return _unsound(document, chosen[:half]) + _unsound(document, chosen[half:])


def _tried(document: Document, chosen: list[Chosen]) -> Applied | None:
    edits = tuple(sorted(edit for _, fix in chosen for edit in fix.edits))
    try:
        after = reread(document, apply_edits(document.text, edits), edits)
    except TranscleanError:  # what they made of it is no document of its format
        return None
    if document.markup or after.markup:
        from transclean.formats.views import same_markup

        if not same_markup(document, edits, after):
            return None
    return Applied(after, chosen, edits)
