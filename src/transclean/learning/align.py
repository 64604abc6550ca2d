"""What a human changed: two versions of an article laid side by side, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from transclean.formats import get_format
from transclean.learning.pairs import Pair

# A number, a word with what apostrophes and hyphens hold together, or one sign.
_TOKEN = regex.compile(
    r"\d+(?:[.,:\h]\d+)*+|[\p{L}\p{M}\p{N}_]+(?:[’'-][\p{L}\p{M}\p{N}_]+)*+|[^\s]"
)
_LONGEST = 2_000  # tokens of a segment; aligning takes the square of their number
_CROSSED = 40_000  # pairs of segments that are compared to find which became which
_KINSHIP = 0.4  # the share of words that a segment must keep to be known again


class Token(NamedTuple):
    """A word, number or sign; `spaced` says whether space stands before it."""

    text: str
    start: int
    end: int
    spaced: bool

    @property
    def key(self) -> tuple[str, bool]:
        """What must be equal for two tokens to be the same."""
        return self.text, self.spaced


class Hunk(NamedTuple):
    """A stretch of tokens of the old text that became one of the new."""

    old: tuple[int, int]
    new: tuple[int, int]


class AlignedText(NamedTuple):
    """A segment before and after, with every space as one plain space, and what changed."""

    before: str
    after: str
    old: list[Token]
    new: list[Token]
    hunks: list[Hunk]

    def span(self, hunk: Hunk) -> tuple[int, int, int, int]:
        """Return where a hunk stands in both texts: from the end of the token before it."""
        return (*_span(self.old, hunk.old), *_span(self.new, hunk.new))


def _span(tokens: list[Token], stretch: tuple[int, int]) -> tuple[int, int]:
    first, last = stretch
    start = tokens[first - 1].end if first else 0
    return start, tokens[last - 1].end if last > first else start


def align(pair: Pair) -> Iterator[AlignedText]:
    """Yield the segments of an article that can be recognised in both versions."""
    old, new = (_segments(text) for text in (pair.before, pair.after))
    for before, after in _kin(old, new):
        first, second = tokens(before), tokens(after)
        if max(len(first), len(second)) <= _LONGEST:
            yield AlignedText(before, after, first, second, list(_hunks(first, second)))


def tokens(text: str) -> list[Token]:
    """Return the words, numbers and signs of a text."""
    return [
        Token(m[0], m.start(), m.end(), text[m.start() - 1 : m.start()] == " ")
        for m in _TOKEN.finditer(text)
    ]


def _segments(text: str) -> list[str]:
    document = get_format("text").parse(text, "")
    return [" ".join(segment.text.split()) for segment in document.segments]


def _kin(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield which segment became which; those between two equal ones are compared."""
    for tag, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and j - i == n - k):
            yield from zip(old[i:j], new[k:n], strict=True)
        elif tag == "replace" and (j - i) * (n - k) <= _CROSSED:
            yield from _likest(old[i:j], new[k:n])


def _likest(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of segments in order, each old one with the likest that is left."""
    words = [set(text.split()) for text in new]
    begin = 0
    for text in old:
        own = set(text.split())
        shares = [
            len(own & words[n]) / max(len(own), len(words[n]), 1) for n in range(begin, len(new))
        ]
        best = max(shares, default=0.0)
        if best >= _KINSHIP:
            at = begin + shares.index(best)
            yield text, new[at]
            begin = at + 1


def _hunks(old: list[Token], new: list[Token]) -> Iterator[Hunk]:
    first, second = [t.key for t in old], [t.key for t in new]
    if first == second:
        return
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag != "equal":
            yield Hunk((i, j), (k, n))
