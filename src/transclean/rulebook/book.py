"""A compiled rulebook: what the engine needs of all rules, decoded and compiled on use.

No `from __future__ import annotations` here nor where else types are decoded: msgspec would
compile each annotation as a text at every start.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from transclean.model import Severity
from transclean.rulebook.conditions import Condition
from transclean.rulebook.lexicons import Lexicon, decode_lexicon
from transclean.rulebook.patterns import Pattern, compile_pattern, load_pattern
from transclean.rulebook.search import LiteralSearch
from transclean.rulebook.types import Context, FixTemplate, Where


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule as the engine runs it. `artifact` is false for an entry that is only evidence."""

    id: str
    pack: str
    artifact: bool = True
    category: str = "source"
    severity: Severity = Severity.WARNING
    confidence: float = 0.0
    message: str = ""
    preview: bool = False
    patterns: tuple[str, ...] = ()
    fixes: tuple[tuple[FixTemplate, ...], ...] = ()  # of each pattern, or of the check
    check: str | None = None
    options: dict[str, Any] = {}
    unless: tuple[Context, ...] = ()
    when: tuple[Context, ...] = ()
    scope: str = "segment"
    where: Where = Where()
    needs: tuple[str, ...] = ()
    needs_strength: float = 0.0
    needs_leading: bool = False  # no other language may be likelier
    needs_density: float = 0.0  # leftovers of a translation for each 100 words
    needs_less: bool = False  # found without the provenance, too, with no safe fix
    yields: bool = False  # to what other rules find there
    corroborated: bool = False  # needs more signs of a translation in a whole article
    languages: tuple[str, ...] = ()  # those that a match is evidence of
    weight: float = 0.0

    @property
    def is_late(self) -> bool:
        """Whether it runs only where the source language is proven."""
        return bool(self.needs) and not self.needs_less


class Heading(msgspec.Struct, frozen=True):
    """What is known of a rule before it is decoded, to select it by."""

    id: str
    pack: str
    category: str
    preview: bool
    artifact: bool
    needs: bool
    evidence: bool
    sourced: bool = False  # compares with the original
    needs_less: bool = False
    corroborated: bool = False
    dense: bool = False  # needs leftovers that are dense


class Unit(msgspec.Struct, frozen=True, array_like=True):
    """One pattern of a rule (or its check, as pattern 0), and how it is looked for.

    `holds`, for one that looks at whole documents, are words or signs of which the plain text
    must hold one. `also` and `elsewhere` are numbers of conditions that the segment, and any
    segment of the document, must fulfil.
    """

    rule: int
    pattern: int
    scope: str
    holds: tuple[str, ...] | None = None
    also: tuple[int, ...] = ()
    elsewhere: tuple[int, ...] = ()


class BookData(msgspec.Struct, frozen=True):
    """A rulebook as it lies in the cache. Rules and lexicons stay encoded until used."""

    key: str
    headings: list[Heading]
    rules: list[bytes]
    lexicons: Mapping[str, bytes]
    units: list[Unit]
    always: list[int]  # units without literals, or of a whole document: looked at in every text
    parts: str  # a line each: what literals are found by
    late_parts: str  # and those of units that are late
    literals: Sequence[bytes]  # of each of the parts, then of the late ones
    conditions: list[bytes]
    codes: Sequence[bytes]  # of each rule: its patterns and contexts, compiled and dumped


_decode_rule = msgspec.msgpack.Decoder(Rule).decode
_decode_condition = msgspec.msgpack.Decoder(Condition).decode
_decode_codes = msgspec.msgpack.Decoder(dict[str, bytes]).decode


class Rulebook:
    """All rules of some packs. Decodes, compiles and builds on first use; pickles as its data."""

    def __init__(self, data: BookData) -> None:
        self.data = data
        self._rules: dict[int, Rule] = {}
        self._options: dict[int, Any] = {}
        self._codes: dict[str, bytes] = {}
        self._conditions: dict[int, Condition] = {}
        self._patterns: dict[tuple[int, int], Pattern] = {}
        self._contexts: dict[str, Pattern] = {}
        self._words: dict[str, frozenset[str]] = {}
        self.lexicons: Mapping[str, Lexicon] = _Lexicons(data.lexicons)

    def __reduce__(self) -> "tuple[type[Rulebook], tuple[BookData]]":
        return Rulebook, (self.data,)

    @property
    def headings(self) -> list[Heading]:
        """What each rule is, in the order of the rules."""
        return self.data.headings

    @cached_property
    def search(self) -> LiteralSearch:
        """What looks for the literals of units that any document may need."""
        return LiteralSearch(_lines(self.data.parts), self.data.literals)

    @cached_property
    def late_search(self) -> LiteralSearch:
        """What looks for the literals of units that are late."""
        first = len(_lines(self.data.parts))
        return LiteralSearch(_lines(self.data.late_parts), self.data.literals, first)

    @cached_property
    def always(self) -> frozenset[int]:
        """The units that are looked at in every text."""
        return frozenset(self.data.always)

    def units_of(self, rules: Sequence[bool]) -> frozenset[int]:
        """Return the units of the rules that are wanted."""
        return frozenset(number for number, unit in enumerate(self.data.units) if rules[unit.rule])

    @property
    def compiled_patterns(self) -> int:
        """How many patterns have been compiled so far."""
        return len(self._patterns) + len(self._contexts)

    def rule(self, number: int) -> Rule:
        """Return the rule with this number."""
        if number not in self._rules:
            self._rules[number] = _decode_rule(self.data.rules[number])
            self._codes |= _decode_codes(self.data.codes[number])
        return self._rules[number]

    def condition(self, number: int) -> Condition:
        """Return the condition with this number."""
        if number not in self._conditions:
            self._conditions[number] = _decode_condition(self.data.conditions[number])
        return self._conditions[number]

    def options(self, number: int, kind: Any) -> Any:
        """Return the options that the rule with this number has for its check, as `kind`."""
        if number not in self._options:
            self._options[number] = msgspec.convert(self.rule(number).options, kind)
        return self._options[number]

    def pattern(self, rule: int, number: int) -> Pattern:
        """Return a compiled pattern of a rule."""
        if (rule, number) not in self._patterns:
            source = self.rule(rule).patterns[number]
            self._patterns[rule, number] = self._compiled(source)
        return self._patterns[rule, number]

    def context(self, pattern: str) -> Pattern:
        """Return the compiled pattern of a context."""
        if pattern not in self._contexts:
            if len(self._contexts) > 2000:  # those that quote a match are without number
                self._contexts.clear()
            self._contexts[pattern] = self._compiled(pattern)
        return self._contexts[pattern]

    def _compiled(self, source: str) -> Pattern:
        code = self._codes.get(source)
        if code is None:
            return compile_pattern(source, self.lexicons)
        return load_pattern(source, code, self._words_of)

    def _words_of(self, lexicon: str) -> frozenset[str]:
        if lexicon not in self._words:
            self._words[lexicon] = frozenset(self.lexicons[lexicon].words)
        return self._words[lexicon]


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1]


class _Lexicons(Mapping[str, Lexicon]):
    """Lexicons that are decoded when first asked for."""

    def __init__(self, encoded: Mapping[str, bytes]) -> None:
        self._encoded = encoded
        self._decoded: dict[str, Lexicon] = {}

    def __getitem__(self, name: str) -> Lexicon:
        if name not in self._decoded:
            self._decoded[name] = decode_lexicon(self._encoded[name])
        return self._decoded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)
