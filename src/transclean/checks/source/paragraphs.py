"""Paragraphs that only one of article and original has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from transclean.checks import Hit
from transclean.checks.source.pair import (
    LEAST_PARAGRAPH,
    Pair,
    Step,
    anchors_of,
    folded,
    opening,
)
from transclean.checks.wordlists import words_of
from transclean.model import Segment, SegmentKind
from transclean.prose import sentences


def paragraphs_lost(pair: Pair) -> Iterator[Hit]:
    """Yield where paragraphs are missing, those in a row together."""
    run: list[int] = []
    for number in [*sorted(pair.lost), -1]:
        if run and number != run[-1] + 1:
            named = f"“{opening(pair.theirs[run[0]].text)}”"
            if len(run) > 1:
                message = f"{len(run)} paragraphs of the source are missing here, from {named} on"
            else:
                message = f"A paragraph of the source is missing here: {named}"
            yield from pair.hit(run[0], 0, message)
            run = []
        run.append(number)


_SHORT = 0.4  # of the length that was to be expected
_SHORTENED = 250  # characters of the shortest paragraph that is looked at


def lengths(pair: Pair) -> Iterator[Hit]:
    """Yield the paragraphs of which most is missing."""
    both = [step for step in pair.steps if step.theirs and step.ours]
    sums = [(_total(pair.theirs, s.theirs), _total(pair.ours, s.ours)) for s in both]
    ratios = sorted(ours / theirs for theirs, ours in sums)
    if len(ratios) < 3:  # nothing to compare it with
        return
    usual = min(1.0, ratios[len(ratios) // 2])
    for step, (theirs, ours) in zip(both, sums, strict=True):
        if len(step.theirs) == 1 and theirs >= _SHORTENED and ours < _SHORT * usual * theirs:
            named = opening(pair.theirs[step.theirs[0]].text)
            share = round(100 * ours / theirs)
            message = f"Most of a paragraph of the source is missing ({share} % as long): “{named}”"
            yield from pair.hit(step.theirs[0], 0, message)


def _total(segments: Sequence[Segment], numbers: tuple[int, ...]) -> int:
    return sum(len(segments[number].text) for number in numbers)


_LEAST_WORDS = 7  # long ones that two paragraphs share which say the same
_SAME = 0.5  # of their long words
_SAME_SOURCE = 0.35  # of those of two paragraphs of the original that are alike, too
_LONG_WORD = 4  # letters
_NEAR = 2  # steps within which the translation of a doubled paragraph stands
_LEAST_ADDED = 120  # characters of a paragraph that must have a counterpart
_LEAST_ANCHORS = 3  # by which that is told


def paragraphs_doubled(pair: Pair) -> Iterator[Hit]:
    """Yield the second of two paragraphs of the article that stand for one of the original.

    Two that are alike word for word are a repetition, whatever the original is.
    """
    for first, second in _doubles(pair):
        named = opening(pair.ours[first].text)
        message = f"The source says this once, the article already before: “{named}”"
        yield from pair.hit_of(second, message)


def _doubles(pair: Pair) -> list[tuple[int, int]]:
    """Return the paragraphs, by number, that say again what one before says."""

    def find(_: object) -> Iterator[tuple[int, int]]:
        for at, step in enumerate(pair.steps):
            if len(step.ours) > len(step.theirs):
                around = pair.steps[max(0, at - _NEAR) : at + _NEAR + 1]
                theirs = [number for near in around for number in near.theirs]
                ours = sorted({number for near in around for number in near.ours})
                yield from _alike(pair, step, theirs, ours)

    return pair.document.once("source-doubled", lambda d: sorted(set(find(d))))


def _alike(pair: Pair, step: Step, theirs: list[int], ours: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs that are alike though none of the original nearby are."""
    for one in step.ours:
        for other in ours:
            if one == other or not _say_the_same(pair.ours[one], pair.ours[other], _SAME):
                continue
            segments = [pair.theirs[number] for number in theirs]
            if not any(_say_the_same(a, b, _SAME_SOURCE) for a, b in combinations(segments, 2)):
                yield min(one, other), max(one, other)


def _say_the_same(one: Segment, other: Segment, share: float) -> bool:
    """Whether two paragraphs have most of their words in common, and about the same length."""
    short, long = sorted((len(one.text), len(other.text)))
    if short < LEAST_PARAGRAPH or long > 1.6 * short or one.text == other.text:
        return False
    left, right = _words(one), _words(other)
    shared = len(left & right)
    return shared >= _LEAST_WORDS and shared >= share * max(len(left), len(right))


def _words(segment: Segment) -> frozenset[str]:
    def find(_: object) -> frozenset[str]:
        words = (word.lower for word in words_of(segment.text))
        return frozenset(w for w in words if len(w) >= _LONG_WORD or w.isdecimal())

    return segment.once("source-words", find)


def _telling(segment: Segment) -> frozenset[str]:
    """Return the anchors of a paragraph but the words that begin its sentences."""
    return segment.once("source-anchors", lambda s: anchors_of(s.text) - _first_words(s))


def _first_words(segment: Segment) -> frozenset[str]:
    first = {
        folded(segment.text[slice(*span)].split()[0].strip('“«„"')) for span in sentences(segment)
    }
    return frozenset(first)


def paragraphs_added(pair: Pair) -> Iterator[Hit]:
    """Yield the paragraphs of the article that the original surely has nothing for."""
    if pair.document.steps:
        return
    held = pair.original_vocabulary
    doubled = {second for _, second in _doubles(pair)}
    for step in pair.steps:
        for our in _without_counterpart(pair, step):
            segment = pair.ours[our]
            if our in doubled or segment.kind is not SegmentKind.PARAGRAPH:
                continue
            anchors = _telling(segment)
            known = sum(anchor in held for anchor in anchors)
            if len(segment.text) < _LEAST_ADDED or len(anchors) < _LEAST_ANCHORS:
                continue
            if known <= len(anchors) / 3:
                yield from pair.hit_of(our, "The source has no such paragraph")


def _without_counterpart(pair: Pair, step: Step) -> Iterator[int]:
    """Yield the paragraphs of a step that nothing of the original stands for."""
    if not step.theirs:
        yield from step.ours
    elif len(step.theirs) == 1 and len(step.ours) == 2:
        their = pair.theirs[step.theirs[0]]
        for our, other in (step.ours, step.ours[::-1]):
            alone = 0.5 < len(pair.ours[other].text) / len(their.text) < 1.7
            if alone and not _telling(pair.ours[our]) & anchors_of(their.text):
                yield our
