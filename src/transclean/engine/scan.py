"""The prefilter: one scan for all literals says which patterns can match, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from transclean.model import Document, Segment
from transclean.rulebook.book import Rulebook, Unit
from transclean.rulebook.fold import fold

_SCANNED = 200_000  # characters in one scan; most articles have far fewer


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
    hits: dict[int, set[int]] = {}
    if not book.data.literals:
        return hits
    scanner = book.automaton()
    for first, texts in _batches(segments):
        starts, length = [], 0
        for text in texts:
            starts.append(length)
            length += len(text) + 1
        found = scanner.find_matches_as_indexes(fold("\n".join(texts)), overlapping=True)
        for literal, start, _ in found:
            number = first + bisect_right(starts, start) - 1
            if literal in hits:
                hits[literal].add(number)
            else:
                hits[literal] = {number}
    return hits


def _batches(segments: tuple[Segment, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the texts of some segments and the number of the first: as many as one scan takes.

    The scan returns all its matches at once, which in a text of megabytes are millions.
    """
    first, texts, length = 0, [], 0
    for number, segment in enumerate(segments):
        texts.append(segment.text)
        length += len(segment.text)
        if length > _SCANNED:
            yield first, texts
            first, texts, length = number + 1, [], 0
    if texts:
        yield first, texts
