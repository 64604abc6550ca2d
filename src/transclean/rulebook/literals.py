"""Literals without which a pattern cannot match, so that most patterns need never run.

`required_literals` reads a pattern of the `regex` package and gives strings of which at least
one occurs in every text that the pattern finds something in, once the text is barred: a bar at
the edges of words tells “|he|” from “she”, and any space is one blank. It has a parser of its
own, since the package's is private. Soundness goes first: what the parser does not know counts as
a gap about which nothing is said, and a pattern whose extent is in doubt gives nothing. Patterns
are taken as compiled without flags other than those written in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice

from transclean.rulebook.fold import plain
from transclean.rulebook.parts import (
    EDGE,
    GAP,
    MAX_ALTERNATIVES,
    NOTHING,
    Look,
    Parts,
    Strings,
    all_needed,
    either,
    repeated,
    union,
)

_NO_LEXICONS: Mapping[str, Sequence[str]] = {}
_compiled = cache(re.compile)


@lru_cache(maxsize=1 << 16)  # many patterns take the same lexicons
def _plain(text: str) -> str:
    return _compiled(r"\s+").sub(" ", plain(text))


_PLAIN = r"[^()|?*+{^$.\[\\]+"
_PLAIN_IN_VERBOSE = r"[^()|?*+{^$.\[\\\s#]+"
_SPACE_IN_VERBOSE = r"(?:\s|#[^\n]*)+"
_QUANTIFIER = r"([?*+])|\{([0-9]+)\}|\{([0-9]*),([0-9]*)\}"
_SUFFIX = r"[?+]"
_BRACES = r"\{[^{}:#]*\}"  # a fuzzy constraint, or literal braces
_SYMBOLS = {"?": (0, 1), "*": (0, None), "+": (1, None)}

_COMMENT = r"(?s)\(\?#(?:\\.|[^\\)])*\)"
_CALL = r"\(\?(?:P[=>&]\w+|&\w+|R|[+-]?[0-9]+)\)"
_VERB = r"\(\*[A-Z]+\)"
_FLAGS = r"\(\?([a-zA-Z01]*)(?:-([a-zA-Z]+))?([:)])"
_FLAG = r"V[01]|[a-zA-Z]"
_CONDITION = r"\(\?(?=\()"
_GROUP_CONDITION = r"\(\w+\)"
_OPENING = r"\((?![?*])|\(\?(?:P?<\w+>|(<?)([=!])|>|\|)"

_PROPERTY = r"\^?[A-Za-z0-9 &_.\-]*(?:[:=][A-Za-z0-9 &_.\-/]+)?"
_EDGE_OF_TEXT = r"\\[AZz]|[\^$]"
_EDGE_OF_WORD = r"\\[bmM]"
_ZERO_WIDTH = r"\\[BGK]"
_LEXICON = r"\\L<([\w-]+)>"
_NUMBER = r"\\(?:[0-7]{3}|[0-9]{1,2})"
_UNKNOWN = r"\\(?:[RX]|g<\w+>)"
_SPACE_CHARACTER = r"\\[hs]"
_NO_WORD_CHARACTER = r"\\W|\[\^(?:[^\[\]\\]|\\.)*?\\w(?:[^\[\]\\]|\\.)*\]"
_NO_WORD_BESIDE = r"\(\?<?!(?:\\w|\[(?!\^)(?:[^\[\]\\]|\\.)*?\\w(?:[^\[\]\\]|\\.)*\])[|)]"
_UNKNOWN_CHARACTER = rf"\\(?:[DSwW]|[pP](?:\{{{_PROPERTY}\}}|[CLMNPSZ]))"
_DIGIT = r"\\d"
_CODE = r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))"
_CHARACTER_NAME = r"\\N\{([A-Za-z0-9 \-]+)\}"
_CONTROL = r"\\([afnrtv])"
_CONTROLS = dict(zip("afnrtv", "\a\f\n\r\t\v", strict=True))
_ESCAPED = r"(?s)\\([^A-Za-z0-9])"

_POSIX_CLASS = rf"\[:{_PROPERTY}:\]"
_ESCAPE_IN_SET = r"\\(?:b|[0-7]{1,3})"  # backspace, octal
_SET_OPERATOR = r"\|\||&&|--|~~"
_DIGITS = frozenset("0123456789")
_SPACES = frozenset(" \t")  # the same as any other space
_MAX_RANGE = 36


class _NotUnderstoodError(Exception):
    """The pattern is wrong, or says something whose extent the parser cannot tell."""


class _IsVersion1Error(Exception):
    """The flag V1 stands somewhere and counts from the beginning."""


class _Parser:
    """Reads a pattern as the `regex` package does, as far as literals are concerned."""

    def __init__(
        self, pattern: str, lexicons: Mapping[str, Sequence[str]], *, version1: bool
    ) -> None:
        self.pattern = pattern
        self.lexicons = lexicons
        self.version1 = version1
        self.flags = frozenset("f" if version1 else "")
        self.position = 0

    def parse(self) -> Parts:
        parts = self._branches()
        if self.position < len(self.pattern):
            raise _NotUnderstoodError
        return parts

    # Cursor

    def _next(self) -> str:
        return self.pattern[self.position : self.position + 1]

    def _take(self, character: str) -> bool:
        found = self._next() == character
        self.position += found
        return found

    def _expect(self, character: str) -> None:
        if not self._take(character):
            raise _NotUnderstoodError

    def _match(self, syntax: str) -> re.Match[str] | None:
        found = _compiled(syntax).match(self.pattern, self.position)
        if found:
            self.position = found.end()
        return found

    def _skip_space(self) -> None:
        if "x" in self.flags:
            self._match(_SPACE_IN_VERBOSE)

    # Structure

    def _branches(self) -> Parts:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else either(branches)

    def _sequence(self) -> Parts:
        elements: list[Parts] = []
        while True:
            self._skip_space()
            character = self._next()
            if not character or character in ")|":
                return tuple(chain.from_iterable(elements))
            if character in "?*+{":
                element = elements.pop() if elements else GAP
                elements.append(self._quantified(element))
            else:
                elements += self._elements(character)

    def _quantified(self, element: Parts) -> Parts:
        found = self._match(_QUANTIFIER)
        if not found:
            if not self._match(_BRACES):
                raise _NotUnderstoodError
            return GAP
        self._skip_space()
        self._match(_SUFFIX)
        symbol, exactly, least, most = found.groups()
        if symbol:
            return repeated(element, *_SYMBOLS[symbol])
        if exactly:
            return repeated(element, int(exactly), int(exactly))
        return repeated(element, int(least or 0), int(most) if most else None)

    def _elements(self, character: str) -> Sequence[Parts]:
        """Return what comes next: elements of which a quantifier may take the last."""
        if self._match(_EDGE_OF_TEXT):
            return [EDGE]
        if self._words_are_plain() and self._match(_NO_WORD_CHARACTER):
            return [EDGE + GAP + EDGE]
        if character == "(":
            return self._group()
        if character == "\\":
            return [self._escape()]
        if character == "[":
            return [self._set()]
        if character == ".":
            self.position += 1
            return [GAP]
        return self._plain()

    def _plain(self) -> Sequence[Parts]:
        found = self._match(_PLAIN_IN_VERBOSE if "x" in self.flags else _PLAIN)
        if not found:
            raise _NotUnderstoodError
        if self._folds_fully():
            return [self._exactly([character]) for character in found[0]]
        return [self._exactly([text]) for text in (found[0][:-1], found[0][-1]) if text]

    # Exact text

    def _folds_fully(self) -> bool:
        """Whether one character can match several, as "ß" and "ss"."""
        return self.flags >= {"f", "i"}

    def _exactly(self, strings: Iterable[str]) -> Parts:
        alternatives = frozenset(map(_plain, strings))
        if not 0 < len(alternatives) <= MAX_ALTERNATIVES:
            return GAP
        if self._folds_fully() and not all(map(_is_caseless, chain(*alternatives))):
            return GAP
        return (alternatives,)

    # Escapes

    def _escape(self) -> Parts:
        if self._match(_ZERO_WIDTH):
            return NOTHING
        if self._match(_EDGE_OF_WORD):
            return EDGE if self._words_are_plain() else NOTHING
        if found := self._match(_LEXICON):
            return self._exactly(self.lexicons.get(found[1], ()))
        if self._match(_NUMBER):
            return self._after_number()
        if self._match(_UNKNOWN):
            return GAP
        characters = self._character()
        return GAP if characters is None else self._exactly(characters)

    def _after_number(self) -> Parts:
        """Return a gap for a back-reference or an octal code, once its end is certain."""
        if "x" in self.flags:
            self._skip_space()
            if self._next() in _DIGITS:
                raise _NotUnderstoodError
        return GAP

    def _character(self) -> Strings | None:
        """Return the characters an escape stands for, unfolded; None if they are too many."""
        if self._match(_UNKNOWN_CHARACTER):
            return None
        if self._match(_DIGIT):
            return _DIGITS
        if self._match(_SPACE_CHARACTER):
            return _SPACES
        if found := self._match(_CODE):
            return frozenset([chr(int(found[found.lastindex or 0], 16))])
        if found := self._match(_CHARACTER_NAME):
            return frozenset([unicodedata.lookup(found[1])])
        if found := self._match(_CONTROL):
            return frozenset([_CONTROLS[found[1]]])
        if found := self._match(_ESCAPED):
            return frozenset([found[1]])
        raise _NotUnderstoodError

    # Groups

    def _group(self) -> Sequence[Parts]:
        if self._match(_COMMENT):
            return []  # a quantifier after it takes what stands before it
        if self._match(_CALL):
            return [GAP]
        if self._match(_VERB):
            return [NOTHING]
        if self._match(_CONDITION):
            return [self._conditional()]
        if found := self._match(_FLAGS):
            return self._flags(*found.groups())
        if found := self._match(_OPENING):
            return [self._contents(found)]
        raise _NotUnderstoodError

    def _words_are_plain(self) -> bool:
        r"""Whether `\b` and `\w` mean letters and digits of all scripts, and sets hold no sets."""
        return self.flags.isdisjoint("awV") and not self.version1

    def _contents(self, opening: re.Match[str]) -> Parts:
        is_edge = self._words_are_plain() and _compiled(_NO_WORD_BESIDE).match(
            self.pattern, opening.start()
        )
        parts = self._scoped(self.flags, leaks=opening[0] == "(?|")
        if opening[2] == "!":
            return EDGE if is_edge else NOTHING
        return (Look(parts, behind=opening[1] == "<"),) if opening[2] else parts

    def _scoped(self, flags: frozenset[str], *, leaks: bool = False) -> Parts:
        """Read the rest of a group. Where its flags leak out, it must not change any."""
        outer, self.flags = self.flags, flags
        parts = self._branches()
        self._expect(")")
        if leaks and self.flags != outer:
            raise _NotUnderstoodError
        self.flags = outer
        return parts

    def _flags(self, on: str, off: str | None, end: str) -> Sequence[Parts]:
        turned_on = frozenset(re.findall(_FLAG, on))
        if "V1" in turned_on and not self.version1:
            raise _IsVersion1Error
        flags = (self.flags | turned_on) - frozenset(off or "")
        if end == ":":
            return [self._scoped(flags)]
        self.flags = flags
        return []

    def _conditional(self) -> Parts:
        if not self._match(_GROUP_CONDITION):
            self._group()
        self._scoped(self.flags, leaks=True)
        return GAP

    # Sets

    def _set(self) -> Parts:
        self._expect("[")
        is_negated = self._take("^")
        members = self._members()
        return GAP if members is None or is_negated else self._exactly(members)

    def _members(self) -> Strings | None:
        """Read up to the closing bracket; None if the members are unknown or too many."""
        members = [self._member()]  # the first may be a closing bracket
        while not self._take("]"):
            if self.version1 and self._match(_SET_OPERATOR):
                members.append(None)  # and what follows may be a closing bracket again
            members.append(self._member())
        return union(members)

    def _member(self) -> Strings | None:
        first = self._item()
        start = self.position
        if first is None or len(first) > 1 or not self._take("-"):
            return first
        if self.version1 and self._next() == "-":
            self.position = start
            return first
        if self._next() == "]":
            return first | {"-"}
        last = self._item()
        if last is None or len(last) > 1:
            return None
        return _range(*first, *last)

    def _item(self) -> Strings | None:
        if self._next() == "\\":
            return None if self._match(_ESCAPE_IN_SET) else self._character()
        if self._match(_POSIX_CLASS):
            return None
        if self.version1 and self._take("["):
            self._take("^")
            self._members()
            return None
        character = self._next()
        self._expect(character or "]")
        return frozenset([character])


def _range(first: str, last: str) -> Strings | None:
    codes = range(ord(first), ord(last) + 1)
    return frozenset(map(chr, codes)) if 0 < len(codes) <= _MAX_RANGE else None


def _is_caseless(character: str) -> bool:
    """Whether full case folding leaves the character alone, in company too."""
    is_letter_or_mark = unicodedata.category(character)[0] not in "PNZSC"
    return not is_letter_or_mark and character.lower() == character.upper() == character


def required_literals(
    pattern: str, lexicons: Mapping[str, Sequence[str]] = _NO_LEXICONS
) -> frozenset[str] | None:
    r"""Return literals of which one occurs in the barred text wherever the pattern finds something.

    `lexicons` has the entries that `\L<name>` stands for. None if nothing useful can be said:
    such a pattern must always run. Never raises; a wrong pattern gives None or nonsense.
    """
    return next(iter(all_required_literals(pattern, lexicons, 1)), None)


def all_required_literals(
    pattern: str, lexicons: Mapping[str, Sequence[str]] = _NO_LEXICONS, most: int = 3
) -> list[frozenset[str]]:
    """Return sets like that of `required_literals`, the most telling first, `most` at most.

    Of each of them one literal occurs wherever the pattern finds something.
    """
    try:
        return list(islice(all_needed(_parse(pattern, lexicons)), most))
    except (_NotUnderstoodError, LookupError, ValueError, OverflowError, RecursionError):
        return []


def _parse(pattern: str, lexicons: Mapping[str, Sequence[str]]) -> Parts:
    try:
        return _Parser(pattern, lexicons, version1=False).parse()
    except _IsVersion1Error:
        return _Parser(pattern, lexicons, version1=True).parse()
