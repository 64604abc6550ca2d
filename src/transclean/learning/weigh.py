"""How good a candidate is: how often a human made its change, and where none was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import regex
from ahocorasick_rs import AhoCorasick

from transclean.engine.repair import Filler
from transclean.learning.align import AlignedText
from transclean.learning.generalise import Shape, Words, changes, shapes
from transclean.model import Span
from transclean.rulebook.figures import wilson
from transclean.rulebook.fold import barred
from transclean.rulebook.lexicons import Lexicons
from transclean.rulebook.literals import required_literals
from transclean.rulebook.patterns import compile_pattern, lexicons_of
from transclean.rulebook.style import Style

WORDS = 3  # different words that a lexicon or form must have stood for
EXAMINED = 4_000  # shapes, the most frequent ones, that are counted
EXAMPLES = 5
_TIMEOUT = 2.0  # seconds for one shape on one text
_COVERED = 0.7  # the share of its places that better candidates may have


_Change = tuple[int, int, int, int]  # start and end in the old text, and in the new


class Example(NamedTuple):
    """A sentence with a match: as it came, and with the change made."""

    before: str
    after: str


class Weighed(NamedTuple):
    """A candidate: how often its change was made, was not made, or something else was done."""

    shape: Shape
    old: str  # the text of its commonest match, and what becomes of it
    new: str
    made: int
    alone: int
    otherwise: int
    places: frozenset[tuple[int, int]]  # text and offset of the changes made
    examples: tuple[Example, ...]
    lookalikes: tuple[str, ...]  # sentences in which a human left a match alone

    @property
    def bound(self) -> float:
        """The least share of its matches that were to be changed, at 95%."""
        return wilson(self.made, self.alone) or 0.0

    @property
    def worth(self) -> float:
        """What candidates are ranked by: changes made, and how surely they are right."""
        return self.made * self.bound


def learn(
    texts: Iterable[AlignedText], lexicons: Lexicons, *, support: int = 3, share: float = 0.5
) -> list[Weighed]:
    """Return the candidates, the best first, each with places that no better one has.

    A candidate's change was made at least `support` times, and in at least `share` of the
    places where it was made or where the text was left alone.
    """
    known = list(texts)
    recurring = _recurring(known, Words(lexicons), support)
    corpus = _Corpus(known, [shape for shape, _ in recurring], lexicons)
    found = []
    for number, (shape, count) in enumerate(recurring):
        # A change was counted once for each hunk; a match may make it in other hunks, too.
        patience = int((1.5 * count + 10) * (1 - share) / max(share, 0.01))
        weighed = corpus.weigh(number, shape, patience)
        if (
            weighed
            and weighed.made >= support
            and weighed.made >= share * (weighed.made + weighed.alone)
        ):
            found.append(weighed)
    found.sort(key=lambda w: (-w.worth, len(w.shape.pattern), w.shape.pattern, w.shape.template))
    return list(_best(found))


def _recurring(texts: list[AlignedText], words: Words, support: int) -> list[tuple[Shape, int]]:
    """Return the shapes of changes that recur with how often they do, the commonest first."""
    found = [change for text in texts for change in changes(text)]
    literal = Counter(change.literal for change in found)
    counts: Counter[tuple[str, str]] = Counter()
    stood: dict[tuple[str, str], set[str]] = {}
    for change in found:
        recurs = literal[change.literal] >= support
        for shape in shapes(change, words):
            if recurs or shape.general:
                key = (shape.pattern, shape.template)
                counts[key] += 1
                if shape.words:
                    stood.setdefault(key, set()).add(shape.words)
    common = [
        (Shape(*key), count)
        for key, count in counts.most_common()
        if count >= support and len(stood.get(key, "abc")) >= WORDS
    ]
    return common[:EXAMINED]


def _best(found: list[Weighed]) -> Iterator[Weighed]:
    """Yield candidates without those whose places better ones have already."""
    taken: set[tuple[int, int]] = set()
    for weighed in found:
        if len(weighed.places & taken) <= _COVERED * len(weighed.places):
            taken |= weighed.places
            yield weighed


class _Corpus:
    """All texts, with what tells in which of them a shape may match at all."""

    def __init__(self, texts: list[AlignedText], examined: list[Shape], lexicons: Lexicons) -> None:
        self.texts, self.lexicons = texts, lexicons
        self.spans = [[text.span(hunk) for hunk in text.hunks] for text in texts]
        self.filler = Filler(Style(), lexicons)
        numbers: dict[str, int] = {}
        self._literals: list[list[int] | None] = []  # of each shape, by number
        for shape in examined:
            words = {name: list(lexicons[name].words) for name in lexicons_of(shape.pattern)}
            found = required_literals(shape.pattern, words)
            self._literals.append(
                None if found is None else [numbers.setdefault(f, len(numbers)) for f in found]
            )
        self._holders: list[set[int]] = [set() for _ in numbers]  # the texts with a literal
        scanner = AhoCorasick(list(numbers), store_patterns=False)
        for place, text in enumerate(texts):
            (barred_text,) = barred([text.before])
            for literal, _, _ in scanner.find_matches_as_indexes(barred_text, overlapping=True):
                self._holders[literal].add(place)

    def weigh(self, number: int, shape: Shape, patience: int) -> Weighed | None:
        """Return what happened to the matches of the shape with this number.

        None where more than `patience` of them were left alone.
        """
        places: list[tuple[int, int]] = []
        alone = otherwise = 0
        forms: Counter[tuple[str, str]] = Counter()
        examples: list[Example] = []
        lookalikes: list[str] = []
        for place, match in self._matches(number, shape):
            new = next(iter(self.filler.fill(shape.template, match)), None)
            if new is None or new == match[0]:
                continue
            text = self.texts[place]
            start, end = match.span()
            verdict = _verdict(text, self.spans[place], start, end, new)
            if verdict is None:
                otherwise += 1
            elif verdict:
                places.append((place, start))
                forms[match[0], new] += 1
                if len(examples) < EXAMPLES:
                    examples.append(_example(text.before, start, end, new))
            else:
                alone += 1
                if alone > patience:
                    return None
                if len(lookalikes) < EXAMPLES:
                    lookalikes.append(_example(text.before, start, end, new).before)
        old, new = forms.most_common(1)[0][0] if forms else ("", "")
        return Weighed(
            shape=shape,
            old=old,
            new=new,
            made=len(places),
            alone=alone,
            otherwise=otherwise,
            places=frozenset(places),
            examples=tuple(examples),
            lookalikes=tuple(lookalikes),
        )

    def _matches(self, number: int, shape: Shape) -> Iterator[tuple[int, Any]]:
        literals = self._literals[number]
        places: Iterable[int] = range(len(self.texts))
        if literals is not None:
            places = sorted(set().union(*(self._holders[literal] for literal in literals)))
        try:
            pattern = compile_pattern(shape.pattern, self.lexicons)
            for place in places:
                found = pattern.finditer(self.texts[place].before, timeout=_TIMEOUT)
                yield from ((place, match) for match in found)
        except (TimeoutError, regex.error):
            return


def _verdict(
    text: AlignedText, spans: list[_Change], start: int, end: int, new: str
) -> bool | None:
    """Return whether the human made this change, or left the text alone; None for neither."""
    shift = 0  # how far the new text is ahead after the hunks before the match
    touched: list[_Change] = []
    for span in spans:
        old_start, old_end, _, new_end = span
        if old_start > end:
            break
        if old_end < start or (old_end == start and old_end > old_start):
            shift = new_end - old_end
        elif old_start < end or old_start == old_end:
            touched.append(span)
    if not touched:
        return False
    first, last = touched[0], touched[-1]
    low, high = min(start, first[0]), max(end, last[1])
    wanted = text.before[low:start] + new + text.before[end:high]
    new_low = low + (first[2] - first[0] if first[0] <= low else shift)
    new_high = high + last[3] - last[1]
    if text.after[new_low:new_high] == wanted:
        return True
    overlaps = any(old < end and start < stop for old, stop, _, _ in touched)
    return None if overlaps else False


def _example(text: str, start: int, end: int, new: str) -> Example:
    """Return the sentence around a match, before and after the change."""
    span = _sentence(text, start, end)
    before = text[span.start : span.end]
    return Example(before, text[span.start : start] + new + text[end : span.end])


_END = regex.compile(r"[.!?…][”’»\"')\]]*\h+(?=\p{Lu})")


def _sentence(text: str, start: int, end: int) -> Span:
    low, high = 0, len(text)
    for stop in _END.finditer(text):
        if stop.end() <= start:
            low = stop.end()
        elif stop.start() >= end:
            high = stop.start() + len(stop[0].rstrip())
            break
    return Span(low, high)
