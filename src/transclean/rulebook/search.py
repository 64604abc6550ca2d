"""Which units wait for a literal that a text has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

import msgspec

Literal = tuple[str, list[int]]  # and the units that wait for it
_decode = msgspec.msgpack.Decoder(list[Literal]).decode
_decode_part = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode
FEW = 100  # texts; as long as it takes to look for a word's literals one by one in so many
_FIRST = itemgetter(0)
STUMP = 4  # letters of a word's beginning or end that literals are found by
PIECES = (8, 4, 1)  # characters of what else a literal is found by


def encode_part(literals: Mapping[str, Sequence[Literal]]) -> bytes:
    """Return the literals of a part, each under what else it is found by, as bytes."""
    return msgspec.msgpack.encode(literals)


class LiteralSearch:
    """Looks for all literals of a rulebook in texts that are barred.

    A scanner for all of them is fast, but takes long to make: for the segments of a few
    articles the words of a text tell which literals to look for.
    """

    def __init__(self, parts: Sequence[str], literals: Sequence[bytes], first: int = 0) -> None:
        """`parts` are what the literals at the same place of `literals`, from `first` on, hold.

        A part is a word, or the stump of one with a bar at its edge, or nothing where no word
        tells. The literals of a part are by what else they hold: another word, or else one of
        their pieces.
        """
        self._numbers = {part: number for number, part in enumerate(parts, first)}
        self._encoded = literals
        self._decoded: dict[str, dict[str, msgspec.Raw]] = {}
        self._scan: _Scan | None = None
        self._texts = 0

    def places(self, texts: Sequence[str]) -> dict[int, list[int]]:
        """Return for each unit the numbers of the texts that hold a literal it waits for."""
        self._texts += len(texts)
        if self._scan is None and self._texts > FEW:
            self._scan = _Scan(list(self.literals()))
            self._decoded.clear()  # only looking one by one needs them
        waiting = map(self._scan.waiting, texts) if self._scan else self._one_by_one(texts)
        places: dict[int, list[int]] = {}
        for number, units in enumerate(waiting):
            for unit in units:
                places.setdefault(unit, []).append(number)
        return places

    def literals(self) -> Iterator[Literal]:
        """Yield all literals."""
        for part in self._numbers:
            for others in self._part(part).values():
                yield from _decode(others)

    def _one_by_one(self, texts: Sequence[str]) -> Iterator[set[int]]:
        """Yield for each text the units that wait for a literal in it, found without a scanner.

        Looking for a literal in an article takes as long as asking fifty times for a word of it.
        """
        whole = "\n".join(texts)  # no literal has a line break
        parts = {"", *_parts(whole)}
        others = parts.union(*(_pieces(whole, length) for length in PIECES))
        held = [
            one
            for part in self._numbers.keys() & parts
            for other, encoded in self._part(part).items()
            if other in others
            for one in _decode(encoded)
            if one[0] in whole
        ]
        for text in texts:
            yield {unit for literal, units in held if literal in text for unit in units}

    def _part(self, part: str) -> dict[str, msgspec.Raw]:
        if part not in self._decoded:
            self._decoded[part] = _decode_part(self._encoded[self._numbers[part]])
        return self._decoded[part]


def _parts(text: str) -> Iterator[str]:
    """Yield every part that a literal in a text may be kept under."""
    words = set(text.replace("\n", "|").split("|"))
    words.discard("")
    yield from words
    for word in words:
        yield f"|{word[:STUMP]}"
        yield f"{word[-STUMP:]}|"


def _pieces(text: str, length: int) -> Iterable[str]:
    """Return every run of so many characters in a text."""
    return text if length == 1 else [text[at : at + length] for at in range(len(text))]


class _Scan:
    """One scan for many literals."""

    def __init__(self, literals: list[Literal]) -> None:
        from ahocorasick_rs import AhoCorasick  # not for a few articles

        shared: dict[tuple[int, ...], tuple[int, ...]] = {}  # most literals are of a few units
        waiting = [tuple(units) for _, units in literals]
        self._units = [shared.setdefault(units, units) for units in waiting]
        self._find = AhoCorasick(
            [literal for literal, _ in literals], store_patterns=False
        ).find_matches_as_indexes

    def waiting(self, text: str) -> set[int]:
        """Return the units that wait for a literal in the text."""
        found = set(map(_FIRST, self._find(text, overlapping=True)))
        return set().union(*map(self._units.__getitem__, found))
