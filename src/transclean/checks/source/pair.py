"""An article beside its original: paragraphs aligned, and where to tell of a difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from transclean.checks import Hit
from transclean.checks.wordlists import words_of
from transclean.model import Document, Segment, SegmentKind, Span
from transclean.prose import sentences

LEAST_PARAGRAPH = 60  # characters
LONG = 150
_SKIPPED = 1.4  # what a paragraph without a counterpart costs
_BAND = 40  # how far from the diagonal two paragraphs may stand
_ANCHOR = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # scripts of few characters a word
_ACCENTS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")


class Step(NamedTuple):
    """Paragraphs of the original and of the article that stand for each other, by number."""

    theirs: tuple[int, ...]
    ours: tuple[int, ...]


class Pair:
    """An article and its original, their paragraphs aligned."""

    def __init__(self, document: Document) -> None:
        assert document.original is not None
        self.document, self.original = document, document.original
        self.theirs, self.ours = self.original.segments, document.segments
        self.steps = aligned(self.original, document)
        self.step_of = {their: step for step in self.steps for their in step.theirs}
        self.lost = {number for number in range(len(self.theirs)) if self._is_lost(number)}

    def place(self, their: int, sentence: int | None = None) -> Span | None:
        """Return where to tell what paragraph `their` has: its counterpart, or the one before."""
        step = self.step_of[their]
        at = step.ours[0] if step.ours else None
        if at is None:
            sides = [s for s in self.steps if s.ours and s.theirs and s.theirs[-1] < their]
            before = [step.ours[-1] for step in sides]
            at = max(before, default=0)
            sentence = None
        segment = self.ours[at]
        spans = list(sentences(segment))
        if sentence is not None and len(step.theirs) == len(step.ours) == 1:
            parts = sentences(self.theirs[their])
            if len(parts) == len(spans):
                spans = [spans[sentence]]
        return self.free(segment, spans)

    def free(self, segment: Segment, spans: Iterable[Span]) -> Span | None:
        """Return the first of the spans, or of the words, of a view that nothing protects."""
        words = (Span(word.start, word.end) for word in words_of(segment.text))
        for span in chain(spans, words):
            start, end = segment.span(*span)
            if not self.document.is_protected(start, end):
                return Span(start, end)
        return None

    def hit_of(self, our: int, message: str) -> Iterator[Hit]:
        """Yield what to tell of the article's paragraph `our`, at its first sentence."""
        segment = self.ours[our]
        place = self.free(segment, sentences(segment))
        if place is not None:
            yield Hit(start=place.start, end=place.end, message=message)

    def hit(self, their: int, offset: int, message: str) -> Iterator[Hit]:
        """Yield what to tell of a place in the view of the original's paragraph `their`."""
        parts = sentences(self.theirs[their])
        index = max((n for n, part in enumerate(parts) if part.start <= offset), default=0)
        place = self.place(their, index)
        if place is not None:
            yield Hit(start=place.start, end=place.end, message=message)

    def _is_lost(self, number: int) -> bool:
        """Whether the article surely has nothing for a paragraph of the original."""
        if self.step_of[number].ours:
            return False
        text = self.theirs[number].text
        if self.theirs[number].kind is SegmentKind.HEADING or len(text) < LEAST_PARAGRAPH:
            return False
        anchors = anchors_of(text)
        held = sum(anchor in self.vocabulary for anchor in anchors)
        if anchors:
            return held <= len(anchors) / 2 and (len(anchors) > 1 or len(text) >= LONG)
        return len(text) >= LONG and len(self.ours) < len(self.theirs)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The anchors of the whole article."""
        return self.document.once("source-anchors", lambda d: anchors_of(d.body.text))

    @property
    def original_vocabulary(self) -> frozenset[str]:
        """The anchors of the whole original."""
        return self.original.once("source-anchors", lambda d: anchors_of(d.body.text))


def text_of(document: Document) -> str:
    """Return a document's text; of a file of translations, which holds sources, the views."""
    return document.body.text if document.steps else document.text


def folded(word: str) -> str:
    """Return a word in lower case and without accents."""
    return word.lower().translate(_ACCENTS)


def anchors_of(text: str) -> frozenset[str]:
    """Return what a translation keeps: numbers without their signs, words with a capital."""
    found = set()
    for match in _ANCHOR.finditer(text):
        word = match[0]
        if word[0].isdigit():
            found.add(re.sub(r"\D", "", word))
        elif word[0].isupper() and len(word) > 2:
            found.add(folded(word))
    return frozenset(found)


def aligned(original: Document, document: Document) -> tuple[Step, ...]:
    """Return which paragraphs stand for each other, as the format says it or as they look."""
    if document.steps:
        return tuple(Step(*step) for step in document.steps)
    return _cheapest(original, document)


def _cheapest(original: Document, document: Document) -> tuple[Step, ...]:
    """Return the cheapest way through both texts, paragraph by paragraph, in order."""
    theirs, ours = original.segments, document.segments
    shared = anchors_of(original.body.text) & anchors_of(document.body.text)
    left = [_Block(s.text, shared, s.kind is SegmentKind.HEADING) for s in theirs]
    right = [_Block(s.text, shared, s.kind is SegmentKind.HEADING) for s in ours]
    ratio = 0.9
    if len(_DENSE.findall(original.body.text)) > len(original.body.text) / 4:
        ratio = max(0.9, sum(b.length for b in right) / max(1, sum(b.length for b in left)))
    height, width = len(left), len(right)
    band = _BAND + abs(height - width)
    costs: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(height + 1)]
    costs[0][0] = (0.0, 0, 0)
    for i in range(height + 1):
        middle = i * width // max(1, height)
        for j in range(max(0, middle - band), min(width, middle + band) + 1):
            ways = [(0.0, 0, 0)] if i == j == 0 else []
            for down, along in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                before = costs[i - down].get(j - along) if i >= down and j >= along else None
                if before is not None:
                    cost = _cost(left[i - down : i], right[j - along : j], ratio)
                    ways.append((before[0] + cost, down, along))
            if ways:
                costs[i][j] = min(ways)
    steps = []
    i, j = height, width
    while i or j:
        _, down, along = costs[i][j]
        steps.append(Step(tuple(range(i - down, i)), tuple(range(j - along, j))))
        i, j = i - down, j - along
    return tuple(reversed(steps))


class _Block:
    """What the alignment knows of a paragraph."""

    def __init__(self, text: str, shared: frozenset[str], heading: bool) -> None:
        self.length, self.anchors, self.heading = len(text), anchors_of(text) & shared, heading


def _cost(theirs: list[_Block], ours: list[_Block], ratio: float) -> float:
    if not theirs or not ours:
        return _SKIPPED
    expected = ratio * sum(block.length for block in theirs) + 15
    length = sum(block.length for block in ours) + 15
    cost = min(1.6, 1.2 * (max(expected, length) / min(expected, length) - 1))
    left = frozenset().union(*(block.anchors for block in theirs))
    right = frozenset().union(*(block.anchors for block in ours))
    if left or right:
        cost += 1.5 * (1 - 2 * len(left & right) / (len(left) + len(right)))
    else:
        cost += 0.5
    if theirs[0].heading != ours[0].heading:
        cost += 0.3
    return cost + (0.5 if len(theirs) != len(ours) else 0.0)


def opening(text: str) -> str:
    """Return how a paragraph begins, for a message."""
    words = text.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


def listed(told: list[str]) -> str:
    """Return `“a”, “b” and “c”`."""
    quoted = [f"“{one}”" for one in told[:5]]
    more = len(told) - len(quoted)
    if more:
        return f"{', '.join(quoted)} and {more} more"
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
