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
    needs from the document. What it costs depends on the literals found and on the units
    that have none, not on how many rules there are.
    """
    segments = document.segments
    index, units = book.index, book.data.units
    places: dict[int, set[int]] = {}  # of each unit, the segments with a literal of it
    for literal, numbers in _hits(segments, book).items():
        for unit in index.units[literal]:
            if unit in places:
                places[unit] |= numbers
            else:
                places[unit] = set(numbers)
    folded_body: str | None = None
    texts = book.data.literals
    for number in sorted({*places, *index.always}):
        unit_found = units[number]
        literals = unit_found.literals
        if unit_found.scope == "document":
            # Its literals may lie where no segment does, or reach over the end of one.
            if literals is not None:
                folded_body = fold(document.body.text) if folded_body is None else folded_body
                if not any(texts[literal] in folded_body for literal in literals):
                    continue
            yield Candidate(unit_found, [document.body])
        elif unit_found.scope == "check":
            yield Candidate(unit_found, [])
        elif literals is None:
            if segments:
                yield Candidate(unit_found, list(segments))
        else:
            yield Candidate(unit_found, [segments[at] for at in sorted(places[number])])


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
