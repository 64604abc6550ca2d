"""A document as one row of words, with the sentence, the segment and the quotation of each."""

from __future__ import annotations

import re
from bisect import bisect_right

from transclean.model import Document, Segment, SegmentKind
from transclean.prose import quotations, sentences

_WORD = re.compile(
    r"\d+[-–]year[-–]olds?\b"
    r"|[^\W\d_]+(?:(?:['’](?!(?:s|ll|d|re|ve)\b)|-)[^\W\d_]+)*"
    r"|['’](?:s|ll|d|re|ve)\b"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\w\s]"
)


def word_set(line: str) -> frozenset[str]:
    """Return the words of a line, for lists of the grammar's words."""
    return frozenset(line.split())


class Words:
    """The words and signs of a document's segments, in order; all lists are equally long.

    `quote` numbers the quotation that a word stands in, -1 outside; the marks are inside.
    `sentence` counts through the document. Offsets count in the segments' views.
    """

    def __init__(self, document: Document) -> None:
        self.segments: tuple[Segment, ...] = document.segments
        self.text: list[str] = []
        self.low: list[str] = []
        self.start: list[int] = []
        self.segment: list[int] = []
        self.sentence: list[int] = []
        self.quote: list[int] = []
        self.sentence_starts: list[int] = []  # the word that each sentence begins with
        self.quotes: list[tuple[int, int]] = []  # first and last word of each quotation
        for number, segment in enumerate(self.segments):
            self._add(number, segment)
        self.sentence_starts.append(len(self.text))

    def __len__(self) -> int:
        return len(self.text)

    def _add(self, number: int, segment: Segment) -> None:
        starts = [span.start for span in sentences(segment)]
        marks = quotations(segment)
        first = len(self.text)
        before = len(self.sentence_starts)
        mark = 0
        for found in _WORD.finditer(segment.text):
            at = found.start()
            sentence = before + max(0, bisect_right(starts, at) - 1)
            while len(self.sentence_starts) <= sentence:
                self.sentence_starts.append(len(self.text))
            while mark < len(marks) and at >= marks[mark].end:
                mark += 1
            inside = mark < len(marks) and at >= marks[mark].start
            word = found[0]
            self.text.append(word)
            self.low.append(word.lower())
            self.start.append(at)
            self.segment.append(number)
            self.sentence.append(sentence)
            self.quote.append(len(self.quotes) + mark if inside else -1)
        self.quotes.extend(self._quotes(first, len(self.quotes), len(marks)))

    def _quotes(self, first: int, before: int, count: int) -> list[tuple[int, int]]:
        found: list[list[int]] = [[] for _ in range(count)]
        for at in range(first, len(self.text)):
            if self.quote[at] >= 0:
                found[self.quote[at] - before].append(at)
        return [(places[0], places[-1]) if places else (first, first - 1) for places in found]

    def sentence_span(self, at: int) -> tuple[int, int]:
        """Return the first word of the sentence of word `at`, and the one after its last."""
        number = self.sentence[at]
        return self.sentence_starts[number], self.sentence_starts[number + 1]

    def is_heading(self, at: int) -> bool:
        """Whether word `at` stands in a heading."""
        return self.segments[self.segment[at]].kind is SegmentKind.HEADING

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the document's offsets of the words `first` to `last`, both included."""
        segment = self.segments[self.segment[first]]
        return segment.span(self.start[first], self.start[last] + len(self.text[last]))
