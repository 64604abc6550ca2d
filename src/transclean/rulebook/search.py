"""Which units wait for a literal that a text has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from ahocorasick_rs import AhoCorasick

Literal = tuple[str, list[int]]  # and the units that wait for it
_decode = msgspec.msgpack.Decoder(list[Literal]).decode
FEW = 200  # texts; as long as it takes to look for a word's literals one by one in so many
STUMP = 4  # letters of a word's beginning or end that literals are found by


class LiteralSearch:
    """Looks for all literals of a rulebook in texts that are barred.

    A scanner for all of them is fast, but takes long to make: for the segments of a few
    articles the words of a text tell which literals to look for.
    """

    def __init__(self, parts: str, literals: Sequence[bytes]) -> None:
        """`parts`, one a line, are what the literals at the same place of `literals` hold.

        A part is a word, or the stump of one with a bar at its edge, or nothing where no word
        tells.
        """
        self._encoded = dict(zip(parts.split("\n"), literals, strict=True)) if literals else {}
        self._decoded: dict[str, list[Literal]] = {}
        self._scan = _Scan(self._with("") if "" in self._encoded else [])
        self._texts = 0

    def places(self, texts: Sequence[str]) -> dict[int, list[int]]:
        """Return for each unit the numbers of the texts that hold a literal it waits for."""
        places: dict[int, list[int]] = {}
        for number, text in enumerate(texts):
            for unit in self._waiting(text):
                places.setdefault(unit, []).append(number)
        return places

    def literals(self) -> Iterator[Literal]:
        """Yield all literals."""
        for part in self._encoded:
            yield from self._with(part)

    def _waiting(self, text: str) -> set[int]:
        self._texts += 1
        if self._texts == FEW:
            self._scan = _Scan(list(self.literals()))
        waiting = self._scan.waiting(text)
        if self._texts < FEW:
            for part in self._encoded.keys() & _parts(text):
                for literal, units in self._with(part):
                    if literal in text:
                        waiting.update(units)
        return waiting

    def _with(self, part: str) -> list[Literal]:
        if part not in self._decoded:
            self._decoded[part] = _decode(self._encoded[part])
        return self._decoded[part]


def _parts(text: str) -> Iterator[str]:
    """Yield every part that a literal in a text may be kept under."""
    words = set(text.split("|"))
    words.discard("")
    yield from words
    for word in words:
        yield f"|{word[:STUMP]}"
        yield f"{word[-STUMP:]}|"


class _Scan:
    """One scan for many literals."""

    def __init__(self, literals: list[Literal]) -> None:
        self._units = [units for _, units in literals]
        self._find = AhoCorasick(
            [literal for literal, _ in literals], store_patterns=False
        ).find_matches_as_indexes

    def waiting(self, text: str) -> set[int]:
        found = {number for number, _, _ in self._find(text, overlapping=True)}
        return {unit for number in found for unit in self._units[number]}
