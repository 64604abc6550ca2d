"""Checks: code for artifacts that no pattern can find.

A check is a module with TYPE (the type of its options, and the literals without which it
finds nothing) and `run`, a pure function of a document and a rule. `CHECKS` names each, so
that only those that a document needs are imported. Modules with options do without
`from __future__ import annotations`: msgspec would compile each of them as a text at every start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol

import msgspec

from transclean.model import Applicability, Document, Evidence, Fix, Provenance, Segment, Span
from transclean.rulebook.checktypes import CheckType, CheckTypes
from transclean.rulebook.lexicons import Lexicons

CHECKS: dict[str, str] = {
    "chrome": "transclean.checks.chrome",
    "consistency": "transclean.checks.consistency",
    "foreign-word": "transclean.checks.foreign_words",
    "small-word": "transclean.checks.small_words",
    "glued": "transclean.checks.glued",
    "mojibake": "transclean.checks.mojibake",
    "name-variant": "transclean.checks.name_variants",
    "phrases": "transclean.checks.phrases",
    "pronoun-gender": "transclean.checks.pronouns",
    "pronoun-thing": "transclean.checks.pronouns.things",
    "quotation": "transclean.checks.quotation",
    "repetition": "transclean.checks.repetition",
    "source": "transclean.checks.source",
    "untranslated": "transclean.checks.untranslated",
}


class CheckContext(msgspec.Struct, frozen=True, kw_only=True):
    """All that a check may look at. `options` is of the check's own type."""

    document: Document
    options: Any
    lexicons: Lexicons
    provenance: Provenance


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a check found, in the document's offsets.

    What is None here is the rule's: its message, its confidence.
    """

    start: int
    end: int
    fixes: tuple[Fix, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    message: str | None = None
    confidence: float | None = None


def replacing(
    segment: Segment,
    span: Span,
    new: str | Sequence[str] | None,
    applicability: Applicability = Applicability.SUGGESTED,
    *,
    taken: Span | None = None,
    message: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Hit:
    """Return the hit for view[span] with the fix that writes `new` there, or over `taken`.

    Of several each is a fix, the preferred one first. There is none where `new` is None or can't
    be written in the document's format.
    """
    offered = () if new is None else (new,) if isinstance(new, str) else dict.fromkeys(new)
    edits = [segment.edits(*(taken or span), one) for one in offered]
    start, end = segment.span(*span)
    fixes = tuple([Fix(applicability=applicability, edits=one) for one in edits if one])
    return Hit(start=start, end=end, fixes=fixes, message=message, evidence=evidence)


class Check(Protocol):
    """What a check's module offers."""

    TYPE: CheckType

    def run(self, context: CheckContext) -> Iterator[Hit]:
        """Yield the places that the check finds in the document."""


@cache
def get_check(name: str) -> Check:
    """Return the check called `name`."""
    module: Check = import_module(CHECKS[name])
    return module


def _type_of(name: str) -> Callable[[], CheckType]:
    return lambda: get_check(name).TYPE


def check_types() -> CheckTypes:
    """Return what the rulebook must know of every check, each imported on use."""
    return {name: _type_of(name) for name in CHECKS}
