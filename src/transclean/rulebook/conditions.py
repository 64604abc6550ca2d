"""What a text must hold besides the literal that a unit waits for.

A literal that is found costs a run of its pattern, and the commonest are found in every
paragraph. What else the pattern cannot do without is looked for first: that takes a
hundredth of the time.
"""

from __future__ import annotations

from functools import cached_property

import msgspec


class Condition(msgspec.Struct, frozen=True, array_like=True):
    """Words and literals of which a text must have one."""

    words: frozenset[str] = frozenset()
    literals: tuple[str, ...] = ()


class BarredText:
    """A barred text, and its words as soon as one is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> frozenset[str]:
        """What stands between bars."""
        return frozenset(self.text.split("|"))

    def fulfils(self, condition: Condition) -> bool:
        """Whether one of the words or literals stands in the text."""
        return not self.words.isdisjoint(condition.words) or any(
            literal in self.text for literal in condition.literals
        )
