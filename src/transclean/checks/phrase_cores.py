"""What phrases keep without articles and prepositions, which translators choose at random.

“Go down into the street” and “go down to the streets” are one French phrase; the words that
both share in this order are its core.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from transclean.checks.wordlists import word_set
from transclean.model import Document, Segment, Span
from transclean.rulebook.lexicons import compared

_DETERMINERS = word_set("a an the this that these those his her its their my our your")
_PREPOSITIONS = word_set("of to in into on onto at by for from with")
_BETWEEN = _DETERMINERS | _PREPOSITIONS
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_LEAST = 2  # words of a core; one alone says nothing


class Core:
    """The words of a text that are neither articles nor prepositions, and where they stand.

    `text` has them in order with blanks around; a sign between words is one of them.
    """

    def __init__(self, text: str) -> None:
        self.tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(compared(text))]
        self.kept = [n for n, token in enumerate(self.tokens) if token[0] not in _BETWEEN]
        self.text = "".join(f" {self.tokens[n][0]}" for n in self.kept) + " "

    def places(self, core: str) -> Iterator[list[int]]:
        """Yield the places of a core's words among all, wherever it stands; it is given as
        `text` has it."""
        at = self.text.find(core)
        while at >= 0:
            first = self.text.count(" ", 0, at)
            yield self.kept[first : first + core.count(" ") - 1]
            at = self.text.find(core, at + 1)

    def varied(self, phrase: "Core", words: list[int]) -> Span | None:
        """Return what stands at a place of its core of a phrase with its article and preposition,
        None where no preposition stands, another one follows, or one parts what the phrase has
        together."""
        joints = zip(phrase.joints(phrase.kept), self.joints(words), strict=True)
        if any(there and not own for own, there in joints):
            return None
        first = self._first(phrase.lead, words[0])
        last = words[-1] + len(phrase.tail)
        if first is None or [t[0] for t in self.tokens[words[-1] + 1 : last + 1]] != phrase.tail:
            return None
        return Span(self.tokens[first][1], self.tokens[last][2])

    def may_vary(self, english: str) -> bool:
        """Whether the phrase means the same with other articles and prepositions: it has words
        enough, and none of them in English."""
        if len(self.kept) < _LEAST:
            return False
        return set(self.text.split()).isdisjoint(Core(english).text.split())

    def joints(self, words: list[int]) -> list[bool]:
        """Return whether a preposition stands between each of some words and the next."""
        return [
            any(token[0] in _PREPOSITIONS for token in self.tokens[one + 1 : other])
            for one, other in pairwise(words)
        ]

    @property
    def lead(self) -> list[str]:
        """The articles and prepositions that the text begins with."""
        return [token[0] for token in self.tokens[: self.kept[0]]]

    @property
    def tail(self) -> list[str]:
        """The articles and prepositions that it ends with."""
        return [token[0] for token in self.tokens[self.kept[-1] + 1 :]]

    def _first(self, lead: list[str], first: int) -> int | None:
        """Return where the lead of a phrase begins whose core begins at `first`."""
        if not lead:
            return first
        if first and self.tokens[first - 1][0] in _DETERMINERS:
            first -= 1
        prepositions = [word for word in lead if word in _PREPOSITIONS]
        if not prepositions:
            return first
        at = first - len(prepositions)
        before = [token[0] for token in self.tokens[max(0, at) : first]]
        if before == prepositions or (len(before) == 1 and before[0] in _PREPOSITIONS):
            return at
        return None


def core_of(segment: Segment) -> Core:
    """Return the core of a segment's text."""
    return segment.once("core", lambda segment: Core(segment.text))


def cores(document: Document) -> str:
    """Return the cores of all segments, a line each."""
    return document.once(
        "cores", lambda document: "\n".join(core_of(s).text for s in document.segments)
    )
