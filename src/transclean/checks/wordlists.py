"""What checks share: words of a text, and the lexicons that their options name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from transclean.model import Document, Segment, TranscleanError
from transclean.rulebook.lexicons import Lexicons, PackedEntries, runs_of_letters

_WORD = re.compile(r"(?<![\d_])[^\W\d_]+(?![\d_])")  # no parts of part numbers
_WORD_OR_QUOTE = re.compile(rf"{_WORD.pattern}|[“”„«»\"]")
_SPOKEN = 0.2  # share of function words


class Word(NamedTuple):
    """A run of letters in a text, and what it is in lower case."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital and is not all capitals."""
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper())


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of text[start:end], with offsets of `text`."""
    stop = len(text) if end is None else end
    return [
        Word(found.start(), found.end(), found[0], found[0].lower())
        for found in _WORD.finditer(text, start, stop)
    ]


def words_and_quotes(text: str) -> list[str]:
    """Return the words of `text` and the marks of quotations, in order."""
    return _WORD_OR_QUOTE.findall(text)


def pieces(segment: Segment) -> list[str]:
    """Return what stands between blanks in the segment, in order."""
    return segment.once("pieces", lambda segment: segment.text.split())


def word_set(line: str) -> frozenset[str]:
    """Return the words of a line, for lists of the grammar's words."""
    return frozenset(line.split())


def spelt(document: Document) -> frozenset[str]:
    """Return the words of the document as they are spelt, each once."""
    return document.once("spelt", lambda document: _distinct(document.body.text))


def vocabulary(document: Document) -> frozenset[str]:
    """Return the words of the document in lower case, each once."""
    return document.once("vocabulary", lambda document: frozenset(map(str.lower, spelt(document))))


def capitals(document: Document) -> frozenset[str]:
    """Return the words of the document that have a capital, as they are spelt, each once."""
    return document.once(
        "capitals", lambda document: frozenset(w for w in spelt(document) if not w.islower())
    )


def distinct(text: str) -> frozenset[str]:
    """Return the words of `text` in lower case, each once."""
    return _distinct(text.lower())


def _distinct(text: str) -> frozenset[str]:
    pieces = set(text.split())
    # Most pieces between blanks are words; only others must be taken apart.
    words = set(filter(str.isalpha, pieces))
    words.update(runs_of_letters(" ".join(pieces - words)))
    return frozenset(words)


def is_english(words: Sequence[Word], english: Container[str]) -> bool:
    """Whether so many of the words are function words of English as no other language shares."""
    return sum(word.lower in english for word in words) >= _SPOKEN * len(words)


def lexicon(lexicons: Lexicons, name: str) -> Mapping[str, str]:
    """Return the entries of a lexicon that an option names."""
    if name not in lexicons:
        raise TranscleanError(f"options of a check: no lexicon is called “{name}”")
    return lexicons[name].words


def unlisted(words: set[str], lists: Iterable[Mapping[str, str]]) -> set[str]:
    """Return those of `words` that none of the lists has."""
    for one in lists:
        words = one.without(words) if isinstance(one, PackedEntries) else words.difference(one)
    return words
