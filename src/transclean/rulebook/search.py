"""Which units wait for a literal that a text has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from ahocorasick_rs import AhoCorasick

Literal = tuple[str, list[int]]  # and the units that wait for it
_decode = msgspec.msgpack.Decoder(list[Literal]).decode
FEW = 200  # texts; as long as it takes to look for a word's literals one by one in so many


class LiteralSearch:
    """Looks for all literals of a rulebook in texts that are barred.

    A scanner for all of them is fast, but takes long to make: for the segments of a few
    articles the words of a text tell which literals to look for.
    """

    def __init__(self, words: Mapping[str, bytes], others: list[Literal]) -> None:
        """`words` has the literals that hold a word, `others` those without a telling one."""
        self._words, self._others = words, others
        self._known: dict[str, list[Literal]] = {}
        self._scan = _Scan(others)
        self._texts = 0

    def waiting(self, text: str) -> Iterator[int]:
        """Yield the units that wait for a literal in `text`, some more than once."""
        self._texts += 1
        if self._texts == FEW:
            self._scan = _Scan([*self._others, *self._all_with_words()])
        if self._texts < FEW:
            for word in self._words.keys() & text.split("|"):
                for literal, units in self._literals_with(word):
                    if literal in text:
                        yield from units
        yield from self._scan.waiting(text)

    def _all_with_words(self) -> Iterator[Literal]:
        for word in self._words:
            yield from self._literals_with(word)

    def _literals_with(self, word: str) -> list[Literal]:
        if word not in self._known:
            self._known[word] = _decode(self._words[word])
        return self._known[word]


class _Scan:
    """One scan for many literals."""

    def __init__(self, literals: list[Literal]) -> None:
        self._units = [units for _, units in literals]
        self._find = AhoCorasick(
            [literal for literal, _ in literals], store_patterns=False
        ).find_matches_as_indexes

    def waiting(self, text: str) -> Iterator[int]:
        for number in {number for number, _, _ in self._find(text, overlapping=True)}:
            yield from self._units[number]
