"""A document as one row of words, with the sentence, the segment and the quotation of each."""

from __future__ import annotations

import re
from itertools import compress, count
from typing import Any

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


class _Chunks(dict[str, tuple[str, ...]]):
    """What stands between blanks and is no word, and the words and signs that it consists of.

    Many chunks of a text are in the next one, too: splitting each once makes them cheap.
    """

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        if chunk[-1] in ".,;:!?" and chunk[:-1].isalpha():
            words: tuple[str, ...] = chunk[:-1], chunk[-1]
        else:
            words = tuple(_WORD.findall(chunk))
        self[chunk] = words
        return words


_REMEMBERED = 50_000  # chunks
_chunks = _Chunks()


def split(text: str) -> list[str]:
    """Return the words and signs of a text; none has a blank in it."""
    return [
        word for chunk in text.split() for word in ((chunk,) if chunk.isalpha() else _chunks[chunk])
    ]


def places_of(among: frozenset[str] | set[str] | dict[str, Any], words: list[str]) -> list[int]:
    """Return where in a row of words those stand that are among some."""
    return list(compress(count(), map(among.__contains__, words)))


class Words:
    """The words and signs of a document's segments, in order; all lists are equally long.

    `quote` numbers the quotation that a word stands in, -1 outside; the marks are inside.
    `sentence` counts through the document.
    """

    def __init__(self, document: Document) -> None:
        self.segments: tuple[Segment, ...] = document.segments
        self.text: list[str] = []
        self.segment: list[int] = []
        self.sentence: list[int] = []
        self.quote: list[int] = []
        self.sentence_starts: list[int] = []  # the word that each sentence begins with
        self.segment_starts: list[int] = []  # and each segment
        self.quotes: list[tuple[int, int]] = []  # first and last word of each quotation
        for number, segment in enumerate(self.segments):
            self._add(number, segment)
        self.low: list[str] = list(map(str.lower, self.text))
        self.sentence_starts.append(len(self.text))

    def __len__(self) -> int:
        return len(self.text)

    def _add(self, number: int, segment: Segment) -> None:
        text, words = segment.text, self.text
        first = last = len(words)
        self.segment_starts.append(first)
        for span in sentences(segment):
            words += split(text[span.start : span.end])
            if len(words) > last:  # a sentence without a word is none
                self.sentence += [len(self.sentence_starts)] * (len(words) - last)
                self.sentence_starts.append(last)
                last = len(words)
        self.segment += [number] * (last - first)
        self.quote += [-1] * (last - first)
        done, here = first, 0  # how many words stand before which place
        for mark in quotations(segment):
            begin = done + len(split(text[here : mark.start]))
            done, here = begin + len(split(text[mark.start : mark.end])), mark.end
            self.quote[begin:done] = [len(self.quotes)] * (done - begin)
            self.quotes.append((begin, done - 1))

    def sentence_span(self, at: int) -> tuple[int, int]:
        """Return the first word of the sentence of word `at`, and the one after its last."""
        number = self.sentence[at]
        return self.sentence_starts[number], self.sentence_starts[number + 1]

    def clause_start(self, at: int) -> int:
        """Return the first word of the sentence of word `at`, or of what a colon, a semicolon or
        an opening mark of quotation begins in it."""
        begins = self.sentence_starts[self.sentence[at]]
        quote = self.quote[at]
        if quote >= 0:
            begins = max(begins, self.quotes[quote][0])
        for place in range(at - 1, begins, -1):
            if self.text[place] in (":", ";"):
                return place + 1
        return begins

    def is_heading(self, at: int) -> bool:
        """Whether word `at` stands in a heading."""
        return self.segments[self.segment[at]].kind is SegmentKind.HEADING

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the document's offsets of the words `first` to `last`, both included."""
        number = self.segment[first]
        segment, before = self.segments[number], self.segment_starts[number]
        places = list(_WORD.finditer(segment.text))
        return segment.span(places[first - before].start(), places[last - before].end())
