"""Lexicons: named word lists, one entry a line, that rules share.

A line is an entry, `entry = English` in a list that translates, or a comment after “#”. Where one
English is not always right, others follow: `entry = English | other | third`. An entry of a list
of phrases may name its company, `phrase [words, of which some must stand near]`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

import msgspec

from transclean.rulebook.faults import Fault
from transclean.rulebook.fold import fold

_LONG = 4000  # entries, from which a list is kept packed
_HEAD = 2  # letters that packed entries share
_BETWEEN = "\x1f"  # the separator of units, in no entry
_OR = " | "  # between what an entry may be in English
_REMEMBERED = 20_000  # words, whether they are entries or not


T = TypeVar("T")


class Lexicon(msgspec.Struct, frozen=True, dict=True):
    """A word list: entry to what it is in English, empty where the list does not translate."""

    name: str
    words: Mapping[str, str]

    def once(self, key: str, make: "Callable[[Lexicon], T]") -> T:
        """Return what `make` derives from the list, derived at most once."""
        known: dict[str, Any] = self.__dict__
        if key not in known:
            known[key] = make(self)
        value: T = known[key]
        return value


class PackedEntries(Mapping[str, str]):
    """The entries of a long list that does not translate, joined by their first letters.

    A document asks for a few hundred words; that is done before a dict of all were filled.
    """

    def __init__(self, parts: dict[str, str]) -> None:
        self._parts = parts
        self._entries: set[str] = set()  # of what was asked for
        self._others: set[str] = set()

    def __contains__(self, word: object) -> bool:
        if word in self._entries:
            return True
        if word in self._others or not isinstance(word, str):
            return False
        part = self._parts.get(word[:_HEAD], "")
        is_entry = f"\n{word}\n" in part and "\n" not in word
        asked = self._entries if is_entry else self._others
        if len(asked) >= _REMEMBERED:
            asked.clear()
        asked.add(word)
        return is_entry

    def without(self, words: set[str]) -> set[str]:
        """Return those of `words` that are no entries."""
        return {word for word in words - self._entries if word not in self}

    def __getitem__(self, word: str) -> str:
        if word not in self:
            raise KeyError(word)
        return ""

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable([part[1:-1].split("\n") for part in self._parts.values()])

    def __len__(self) -> int:
        return sum(part.count("\n") - 1 for part in self._parts.values())


class PackedPhrases(Mapping[str, str]):
    """A list that translates phrases: its entries by the first letters of their telling word.

    Telling are the words that the fewest entries have. A line of a part is the most telling word
    of an entry, the next, the entry, and what it is in English, with `_BETWEEN` between.
    """

    def __init__(self, parts: dict[str, str], telling: frozenset[str]) -> None:
        self._parts = parts
        self._asked: dict[str, list[tuple[str, str, str]]] = {}
        self._telling = telling

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "PackedPhrases":
        """Return the entries of a list."""
        split = {entry: _words_of(entry) for entry in words}
        common = Counter(chain.from_iterable(split.values()))
        parts: dict[str, list[str]] = {}
        keys = set()
        for entry, english in words.items():
            telling = sorted(set(split[entry]), key=lambda word: (common[word], -len(word), word))
            key, second = (*telling[:2], "", "")[:2]
            keys.add(key)
            line = _BETWEEN.join((key, second or key, entry, english))
            parts.setdefault(key[:_HEAD], ["\n"]).append(f"{line}\n")
        return cls({head: "".join(lines) for head, lines in parts.items()}, frozenset(keys))

    @property
    def packed(self) -> tuple[str, dict[str, str]]:
        """The most telling words, a line each, and the text of each part."""
        return "\n".join(sorted(self._telling)), self._parts

    def with_words(self, words: frozenset[str]) -> list[tuple[str, str]]:
        """Return the entries whose two most telling words are among `words`, with their English."""
        asked, found = self._asked, []
        for word in self._telling & words:
            known = asked.get(word)
            if known is None:
                known = self._remember(word)
            for second, entry, english in known:
                if second in words:
                    found.append((entry, english))
        return found

    def _remember(self, word: str) -> list[tuple[str, str, str]]:
        if len(self._asked) >= _REMEMBERED:
            self._asked.clear()
        known = self._asked[word] = list(self._lines(word))
        return known

    def _lines(self, word: str) -> Iterator[tuple[str, str, str]]:
        """Yield the next word, the entry and its English, of the entries of a telling word."""
        part = self._parts.get(word[:_HEAD], "")
        sought = f"\n{word}{_BETWEEN}"
        at = part.find(sought)
        while at >= 0:
            stop = part.index("\n", at + 1)
            second, entry, english = part[at + len(sought) : stop].split(_BETWEEN)
            yield second, entry, english
            at = part.find(sought, stop)

    def __getitem__(self, entry: str) -> str:
        for word in _words_of(entry) or [""]:
            for _, known, english in self._lines(word):
                if known == entry:
                    return english
        raise KeyError(entry)

    def __iter__(self) -> Iterator[str]:
        for part in self._parts.values():
            for line in part[1:-1].split("\n"):
                yield line.split(_BETWEEN)[2]

    def __len__(self) -> int:
        return sum(part.count("\n") - 1 for part in self._parts.values())


def phrase_of(entry: str) -> tuple[str, frozenset[str]]:
    """Return the phrase of an entry `phrase [company]`, and the words of its company."""
    phrase, _, company = entry.partition(" [")
    return phrase, frozenset(company.removesuffix("]").split())


def choices(english: str) -> list[str]:
    """Return what an entry is in English: the likeliest, then the others it may be."""
    return english.split(_OR)


def _words_of(entry: str) -> list[str]:
    return runs_of_letters(fold(phrase_of(entry)[0]))


def compared(text: str) -> str:
    """Return a text as phrases are compared: folded, with plain apostrophes, as long as it is."""
    return fold(text).replace("’", "'")


def runs_of_letters(text: str) -> list[str]:
    """Return the words of a text that are letters alone, in order."""
    return list(filter(str.isalpha, re.findall(r"\w+", text)))


class _Encoded(msgspec.Struct, frozen=True):
    """A lexicon as the cache keeps it."""

    name: str
    words: dict[str, str] = {}
    parts: dict[str, str] = {}
    phrases: tuple[str, dict[str, str]] | None = None


def encode_lexicon(lexicon: Lexicon) -> bytes:
    """Return a lexicon as bytes, a long list or one of phrases packed."""
    words = dict(lexicon.words)
    name, encode = lexicon.name, msgspec.msgpack.encode
    if any(words.values()):
        if sum(" " in entry for entry in words) < len(words) / 2:
            return encode(_Encoded(name, words))
        return encode(_Encoded(name, phrases=PackedPhrases.of(words).packed))
    if len(words) < _LONG:
        return encode(_Encoded(name, words))
    parts: dict[str, str] = {}
    for word in words:
        parts[word[:_HEAD]] = f"{parts.get(word[:_HEAD], chr(10))}{word}\n"
    return encode(_Encoded(name, parts=parts))


def decode_lexicon(encoded: bytes) -> Lexicon:
    """Return the lexicon that was encoded."""
    read = msgspec.msgpack.decode(encoded, type=_Encoded)
    if read.phrases:
        telling, parts = read.phrases
        return Lexicon(read.name, PackedPhrases(parts, frozenset(telling.split("\n"))))
    return Lexicon(read.name, PackedEntries(read.parts) if read.parts else read.words)


Lexicons = Mapping[str, Lexicon]


def _are_choices(english: str) -> bool:
    """Whether what stands between the bars is something, each time something else."""
    offered = [one.strip() for one in english.split("|")]
    return choices(english) == offered and all(offered) and len(set(offered)) == len(offered)


def parse_lexicon(name: str, text: str, path: str) -> tuple[Lexicon, list[Fault]]:
    """Return the lexicon of `text` and the faults of its lines."""
    words: dict[str, str] = {}
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        entry, _, english = line.partition("#")[0].partition(" = ")
        entry, english = entry.strip(), english.strip()
        if not entry:
            continue
        if entry in words:
            faults.append(Fault(path, number, 1, "", f"“{entry}” stands twice in this lexicon"))
        if "|" in english and not _are_choices(english):
            faults.append(
                Fault(path, number, 1, "", f"“{english}” is no choice: write “one | other”")
            )
        words[entry] = english
    if not words:
        faults.append(Fault(path, 1, 1, "", "the lexicon has no entry"))
    return Lexicon(name, words), faults
