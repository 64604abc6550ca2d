"""A document as one row of words, with the sentence, the segment and the quotation of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from transclean.model import Document, Segment, SegmentKind
from transclean.prose import quotations, sentences

_WORD = re.compile(
    r"([A-Z][a-z]{0,3}\.(?:lle|me|na|ra|ssa)\b"  # Sig.ra, Prof.ssa
    r"|[^\W\d_]+(?:(?:['’](?!(?:s|ll|d|re|ve)\b)|-)[^\W\d_]+)*"
    r"|['’](?:s|ll|d|re|ve)\b"
    r"|[^\w\s]"
    r"|\d+[-–]year[-–]olds?\b"
    r"|\d+(?:[.,:]\d+)*)"
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
        parts = _WORD.split(segment.text)  # what stands between the words, and the words
        texts = parts[1::2]
        starts = list(accumulate(map(len, parts)))[:-1:2]
        first = len(self.text)
        self.text += texts
        self.low += map(str.lower, texts)
        self.start += starts
        self.segment += [number] * len(texts)
        self.quote += [-1] * len(texts)
        # The words that each sentence begins with; a sentence without a word is none.
        opening = sorted({bisect_left(starts, span.start) for span in sentences(segment)} | {0})
        opening = [at for at in opening if at < len(texts)]
        for at, following in zip(opening, [*opening[1:], len(texts)], strict=True):
            self.sentence += [len(self.sentence_starts)] * (following - at)
            self.sentence_starts.append(first + at)
        for mark in quotations(segment):
            begin, end = bisect_left(starts, mark.start), bisect_left(starts, mark.end)
            self.quote[first + begin : first + end] = [len(self.quotes)] * (end - begin)
            self.quotes.append((first + begin, first + end - 1))

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
