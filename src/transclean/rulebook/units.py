"""The units of a rulebook, and the literals and conditions that they wait for."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from transclean.rulebook.book import Rule, Unit
from transclean.rulebook.conditions import Condition
from transclean.rulebook.fold import literal_of
from transclean.rulebook.lexicons import Lexicons
from transclean.rulebook.literals import all_required_literals
from transclean.rulebook.patterns import lexicons_of
from transclean.rulebook.rarity import most_telling, rarest_word, rarity, telling_part, telling_rest
from transclean.rulebook.search import Literal

_FEW = 16  # literals; looking for more, one by one, takes as long as running the pattern
_TELLING = 8.0  # bits; what is commoner than that stands in nearly every paragraph


class Units:
    """Collects the units of rule after rule.

    `always` are the numbers of those without a literal, or of a whole document; `conditions`
    are numbered in their order. Units that run only where the source language is proven are
    late: their literals, most of all, are kept apart, and few documents are searched for them.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.all: list[Unit] = []
        self.always: list[int] = []
        self.conditions: dict[Condition, int] = {}
        self._waiting: dict[str, list[int]] = {}
        self._waiting_late: dict[str, list[int]] = {}

    def literals_by_part(self, *, late: bool) -> dict[str, dict[str, list[Literal]]]:
        """Return the literals with what waits for them, by what they are found by."""
        found: dict[str, dict[str, list[Literal]]] = {}
        for literal, units in (self._waiting_late if late else self._waiting).items():
            part = telling_part(literal)
            of_part = found.setdefault(part, {})
            of_part.setdefault(telling_rest(literal, part), []).append((literal, units))
        return found

    def add_check(self, number: int, rule: Rule, literals: Iterable[str] | None) -> None:
        """Add the check of a rule; `literals` is None for one that always runs."""
        awaited = None if literals is None else frozenset(map(literal_of, literals))
        self._add(Unit(number, 0, "check"), awaited, late=rule.is_late)

    def add_patterns(self, number: int, rule: Rule) -> None:
        """Add the patterns of a rule.

        What its `when` asks for is needed as well, somewhere in the document or right there.
        """
        there: list[frozenset[str]] = []
        somewhere: list[frozenset[str]] = []
        for context in rule.when:
            here = somewhere if context.scope == "document" else there
            here += self._needed(context.pattern)
        for index, pattern in enumerate(rule.patterns):
            unit = Unit(number, index, rule.scope)
            needed = self._needed(pattern)
            if rule.scope == "document":
                self._add_whole(unit, most_telling(needed))
                continue
            needed += there
            awaited = most_telling(needed)
            unit = msgspec.structs.replace(
                unit,
                also=self._numbers(literals for literals in needed if literals != awaited),
                elsewhere=self._numbers(somewhere),
            )
            self._add(unit, awaited, late=rule.is_late)

    def _add(self, unit: Unit, awaited: frozenset[str] | None, *, late: bool = False) -> None:
        if awaited is None:
            self.always.append(len(self.all))
        waiting = self._waiting_late if late else self._waiting
        for literal in sorted(awaited or ()):
            waiting.setdefault(literal, []).append(len(self.all))
        self.all.append(unit)

    def _add_whole(self, unit: Unit, literals: frozenset[str] | None) -> None:
        """Add a unit that looks at whole documents: one word of each literal is enough."""
        if literals is not None:
            words = {max(re.split("[| ]", literal), key=len) for literal in literals}
            unit = msgspec.structs.replace(unit, holds=tuple(sorted(words)))
        self._add(unit, None)

    def _needed(self, pattern: str) -> list[frozenset[str]]:
        words = {name: list(self.lexicons[name].words) for name in lexicons_of(pattern)}
        return all_required_literals(pattern, words)

    def _numbers(self, needed: Iterable[frozenset[str]]) -> tuple[int, ...]:
        """Return the numbers of the conditions that sets of literals make."""
        made = filter(None, map(condition_of, needed))
        return tuple(self.conditions.setdefault(one, len(self.conditions)) for one in made)


def condition_of(literals: Iterable[str]) -> Condition | None:
    """Return what a text with one of the literals fulfils, or None where that tells nothing."""
    whole = sorted(literals)
    if rarity(whole) < _TELLING:
        return None
    if len(whole) <= _FEW:
        return Condition(literals=tuple(whole))
    words = {literal: rarest_word(literal) for literal in whole}
    others = tuple(literal for literal, word in words.items() if not word)
    known = frozenset(filter(None, words.values()))
    if len(others) > _FEW or rarity([*(f"|{word}|" for word in known), *others]) < _TELLING:
        return None
    return Condition(known, others)
