"""What a text must hold besides the literal that a unit waits for.

A literal that is found costs a run of its pattern, and the commonest are found in every
paragraph. What else the pattern cannot do without is looked for first: that takes a
hundredth of the time.
"""

import msgspec


class Condition(msgspec.Struct, frozen=True, array_like=True):
    """Words and literals of which a text must have one."""

    words: frozenset[str] = frozenset()
    literals: tuple[str, ...] = ()


class BarredText:
    """A barred text, and its words as soon as one is asked for."""

    __slots__ = ("_words", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._words: frozenset[str] | None = None

    def fulfils(self, condition: Condition) -> bool:
        """Whether one of the words or literals stands in the text."""
        if condition.words:
            if self._words is None:
                self._words = frozenset(self.text.split("|"))
            if not self._words.isdisjoint(condition.words):
                return True
        for literal in condition.literals:  # noqa: SIM110  # asked too often for a generator
            if literal in self.text:
                return True
        return False
