"""The prefilter: one scan for all literals says which patterns can match, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from transclean.model import Document, Segment
from transclean.rulebook.book import Rulebook, Unit
from transclean.rulebook.fold import fold


class Candidate(NamedTuple):
    """A unit that may find something, and the segments in which it may."""

    unit: Unit
    segments: list[Segment]


def candidates(document: Document, book: Rulebook) -> Iterator[Candidate]:
    """Yield the units whose literals stand in the document, in the order of the rules.

    A unit with scope `document` gets the body; a check gets no segment: it takes what it
    needs from the document.
    """
    segments = document.segments
    hits = _hits(segments, book)
    everywhere = range(len(segments))
    folded_body: str | None = None
    for unit in book.data.units:
        if unit.scope == "document":
            if unit.literals is not None:
                folded_body = fold(document.body.text) if folded_body is None else folded_body
                texts = book.data.literals
                if not any(texts[literal] in folded_body for literal in unit.literals):
                    continue
            yield Candidate(unit, [document.body])
            continue
        found: set[int] | range
        if unit.literals is None:
            found = everywhere
        else:
            found = set()
            for literal in unit.literals:
                if literal in hits:
                    found |= hits[literal]
        if unit.scope == "check":
            if found or unit.literals is None:
                yield Candidate(unit, [])
        elif found:
            yield Candidate(unit, [segments[number] for number in sorted(found)])


def _hits(segments: tuple[Segment, ...], book: Rulebook) -> dict[int, set[int]]:
    """Return for each literal found the numbers of the segments that hold it."""
    if not segments or not book.data.literals:
        return {}
    starts, length = [], 0
    for segment in segments:
        starts.append(length)
        length += len(segment.text) + 1
    text = fold("\n".join([segment.text for segment in segments]))
    hits: dict[int, set[int]] = {}
    scanner = book.automaton()
    for literal, start, _ in scanner.find_matches_as_indexes(text, overlapping=True):
        number = bisect_right(starts, start) - 1
        if literal in hits:
            hits[literal].add(number)
        else:
            hits[literal] = {number}
    return hits
