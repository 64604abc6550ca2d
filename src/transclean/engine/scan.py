"""The prefilter: one scan for all literals says which patterns can match, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from transclean.model import Document, Segment
from transclean.rulebook.book import Rulebook, Unit
from transclean.rulebook.conditions import BarredText
from transclean.rulebook.fold import barred, plain


class Candidate(NamedTuple):
    """A unit that may find something, and the segments in which it may."""

    unit: Unit
    segments: Sequence[Segment]


class Sieve:
    """The units whose literals stand in a document.

    What it costs depends on the literals found and on the units that have none, not on how
    many rules there are.
    """

    def __init__(self, document: Document, book: Rulebook) -> None:
        self.document, self.book = document, book
        texts = barred([segment.text for segment in document.segments])
        self._places = book.search.places(texts)
        self._texts = list(map(BarredText, texts))
        self._found = book.always.union(self._places)
        self._searched_late = False
        self._held: dict[str, bool] = {}  # of words and signs, whether the document has them
        self._fulfilled: dict[int, bool] = {}  # of conditions, whether a segment fulfils them
        self._body: str | None = None

    def candidates(self, wanted: Set[int], *, late: bool = False) -> Iterator[Candidate]:
        """Yield the wanted units that may find something, in the order of the rules.

        Those that are late come only with `late`. A unit with scope `document` gets the body; a
        check gets no segment: it takes what it needs from the document.
        """
        units = self.book.data.units
        if late and not self._searched_late:
            self._searched_late = True
            places = self.book.late_search.places([text.text for text in self._texts])
            self._places |= places
            self._found = self._found.union(places)
        for number in sorted(self._found & wanted):
            unit = units[number]
            if unit.scope == "document":
                if unit.holds is None or any(map(self._is_held, unit.holds)):
                    yield Candidate(unit, (self.document.body,))
            elif unit.scope == "check":
                yield Candidate(unit, ())
            else:
                segments = self._segments(number, unit)
                if segments:
                    yield Candidate(unit, segments)

    def _segments(self, number: int, unit: Unit) -> Sequence[Segment]:
        """Return the segments in which a unit may find something."""
        segments = self.document.segments
        if unit.elsewhere and not all(map(self._is_fulfilled, unit.elsewhere)):
            return ()
        places = self._places.get(number)
        if places is None:
            if not unit.also:
                return segments
            places = list(range(len(segments)))
        for one in unit.also:
            condition = self.book.condition(one)
            places = [at for at in places if self._texts[at].fulfils(condition)]
            if not places:
                return ()
        return [segments[at] for at in places]

    def _is_fulfilled(self, number: int) -> bool:
        """Whether any segment fulfils a condition."""
        if number not in self._fulfilled:
            condition = self.book.condition(number)
            self._fulfilled[number] = any(text.fulfils(condition) for text in self._texts)
        return self._fulfilled[number]

    def _is_held(self, word: str) -> bool:
        """Whether the document has a word, be it where no segment is or over the end of one."""
        if word not in self._held:
            if self._body is None:
                self._body = plain(self.document.body.text)
            self._held[word] = word in self._body
        return self._held[word]
