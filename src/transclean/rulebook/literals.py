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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, groupby, islice
from math import fsum, log2
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from transclean.rulebook.fold import barred_part, plain
from transclean.rulebook.search import STUMP

MAX_JOINED = 128  # alternatives that joining neighbours may lead to
MAX_ALTERNATIVES = 5000  # entries of a lexicon or branches of an alternation
MAX_COMPARED = 50_000  # pairs of literals of two sets

_NO_LEXICONS: Mapping[str, Sequence[str]] = {}

# ---- Choosing ---------------------------------------------------------------------------

# How rare a character is in English prose, roughly, in bits: one in 2 ** n.
_BITS = {
    **dict.fromkeys("| ", 0.25),  # next to a word they tell nearly nothing
    **dict.fromkeys("etaoinsr", 4.0),
    **dict.fromkeys("hldcumfpgwyb", 5.0),
    **dict.fromkeys("vk,.", 6.0),
    **dict.fromkeys("0", 7.0),
    **dict.fromkeys("-';’“”\"", 8.5),
    **dict.fromkeys("–—jxqz", 9.0),
}
_BITS_OF_ASCII, _BITS_OF_LATIN, _BITS_OF_OTHERS = 10.0, 12.0, 16.0
_BITS_OF_MISPLACED_SPACE = 12.0  # with the sign beside it
# The commonest words of news, by how often they stand there.
_COMMON_WORDS = """
    the of to and a in that is for it was on s he as with his at by from be has have not but said i
    are they an this will who which had were been their or its more we one would all about you there
    when mr t she after her new year people up two what out if time can no other first last also
    him into than over some could them only against so before most may now made should any many u
    d m re ll st
"""
_BITS_OF_COMMONEST_WORD = 5.5  # and half as often stands one twice as far down the list
_LEAST_BITS_OF_OTHER_WORD = 12.5
_USELESS = 8.0  # as common as a comma, or as " the "
_ENOUGH = 29.0  # being rarer than this is worth nothing
_PRICE_OF_DOUBLING = 1.0  # bits that twice as many literals must gain
_RANKS = {word: rank for rank, word in enumerate(_COMMON_WORDS.split(), 1)}
_TOKENS = re.compile(r" [,.;:!?”»)\]–-]|[“«(\[–-] |\|?[a-z]+\|?|0+|[^a-z]")


@lru_cache(maxsize=1 << 16)
def _bits(literal: str) -> float:
    """Estimate how rare a literal is; letters after a word's first count half."""
    return fsum(map(_bits_of_token, _TOKENS.findall(literal)))


def _bits_of_token(token: str) -> float:
    word = token.strip("|") or token
    bars = len(token) - len(word)
    if len(word) == 2 and " " in word:
        return _BITS_OF_MISPLACED_SPACE
    if word in _RANKS and bars + len(word) > 2:
        return _BITS_OF_COMMONEST_WORD + log2(_RANKS[word]) + bars / 4
    default = _default_bits(word)
    first, *others = (_BITS.get(character, default) for character in word)
    bits = first + sum(others) / 2 + bars / 4
    return max(bits, _LEAST_BITS_OF_OTHER_WORD) if bars == 2 else bits


def _default_bits(word: str) -> float:
    if word.isascii():
        return _BITS_OF_ASCII
    return _BITS_OF_LATIN if word < "\u0250" or "\u2000" <= word < "\u2070" else _BITS_OF_OTHERS


def rarity(literals: Iterable[str]) -> float:
    """Estimate, in bits, how rare it is that one of them occurs."""
    return -log2(fsum(2 ** -_bits(literal) for literal in literals))


def most_telling(sets: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """Return the best of sets of literals to wait for; None where there is none."""
    return max(sets, key=lambda literals: _score(literals, rarity(literals)), default=None)


def _score(literals: frozenset[str], bits: float) -> tuple[float, int]:
    """Return how good a set is: rare and small, among equals the one of longer literals."""
    price = _PRICE_OF_DOUBLING * log2(len(literals))
    return min(bits, _ENOUGH) - price, min(map(len, literals))


# ---- What a pattern is made of -----------------------------------------------------------


class _Look(NamedTuple):
    """A lookaround: takes no room, and its parts begin here, or end here if `behind`."""

    parts: _Parts
    behind: bool = False


_Strings: TypeAlias = frozenset[str]  # the text here, plain, is one of these; a bar is an edge
_Parts: TypeAlias = "tuple[_Strings | _Look | None, ...]"  # None: a gap, any text or none
_Run: TypeAlias = list[_Strings]  # neighbours without a gap

_GAP: _Parts = (None,)
_NOTHING: _Parts = ()
_SPACE: _Parts = (frozenset(" "),)  # of any length
_EDGE: _Parts = (frozenset("|"),)  # no word goes on here
_MAX_COPIES = 32


def _somewhere(literals: _Strings | None) -> _Parts:
    """Return parts that say: one of the literals, then or later, and nothing else."""
    return _GAP if literals is None else (_Look((None, literals)), None)


def _either(branches: Sequence[_Parts]) -> _Parts:
    wholes = [_whole(branch) for branch in branches]
    strings = frozenset(chain.from_iterable(whole or () for whole in wholes))
    is_exact = None not in wholes and len(strings) <= MAX_ALTERNATIVES
    if is_exact and all(isinstance(part, frozenset) for part in chain(*branches)):
        return (strings,)
    needed = _somewhere(_union([_best(branch) for branch in branches]))
    return (*needed[:-1], strings) if is_exact else needed


def _union(sets: Sequence[_Strings | None]) -> _Strings | None:
    known = [literals for literals in sets if literals is not None]
    union = frozenset(chain.from_iterable(known))
    return union if len(known) == len(sets) and len(union) <= MAX_ALTERNATIVES else None


def _whole(parts: _Parts) -> _Strings | None:
    """Return every text that the parts can take, or None if that is unknown or too much."""
    strings = frozenset([""])
    for part in parts:
        if part is None:
            return None
        if isinstance(part, frozenset):
            if strings != {""} and len(strings) * len(part) > MAX_JOINED:
                return None
            strings = _joined(strings, part)
    return strings


def _joined(heads: _Strings, tails: _Strings) -> _Strings:
    return frozenset(head + tail for head in heads for tail in tails)


def _repeated(parts: _Parts, least: int, most: int | None) -> _Parts:
    if parts in (_SPACE, _EDGE):
        return parts if least else (parts[0] | {""},)  # type: ignore[operator]
    if least == 0:
        whole = _whole(parts) if most == 1 else None
        return _GAP if whole is None else (whole | {""},)
    if len(parts) > _MAX_COPIES:
        return parts if least == most == 1 else _somewhere(_best(parts))
    copies = min(least, max(1, _MAX_COPIES // max(1, len(parts))))
    if least == most == copies:
        return parts * copies
    return parts * copies + _GAP + parts * copies


def _best(parts: _Parts) -> _Strings | None:
    """Return the best set of literals that the parts cannot do without."""
    return next(iter(_all_needed(parts)), None)


def _all_needed(parts: _Parts) -> Iterator[_Strings]:
    """Yield sets of literals that the parts cannot do without, the best first.

    One that the presence of an earlier set implies is left out.
    """
    inline, extra = _runs(parts)
    found: list[tuple[tuple[float, int], _Strings]] = []
    for candidate, bits in chain.from_iterable(map(_windows, chain(inline, extra))):
        if bits > _USELESS:
            found.append((_score(candidate, bits), candidate))
    # The later of equals: ",0" is rarer in English than "0,".
    found.reverse()
    earlier: list[_Strings] = []
    for _, candidate in sorted(found, key=itemgetter(0), reverse=True):
        if not any(_implies(literals, candidate) for literals in earlier):
            earlier.append(candidate)
            yield _shortest(candidate)


def _implies(literals: _Strings, others: _Strings) -> bool:
    """Whether a text with one of the literals has one of the others, as far as is quickly told."""
    if len(literals) * len(others) > MAX_COMPARED:
        return literals <= others
    return all(any(other in literal for other in others) for literal in literals)


def _runs(parts: _Parts) -> tuple[list[_Run], list[_Run]]:
    """Split at the gaps. The second list has the runs that lookarounds make with neighbours.

    What a lookahead sees joins what stands before it, since it is the text that comes next,
    but not what follows it in the pattern, which is the same text again.
    """
    inline: list[_Run] = [[]]
    extra: list[_Run] = []
    open_runs = [inline[0]]  # all that go on at this place: inline, and from lookbehinds
    for part in parts:
        if part is None:
            inline.append([])
            open_runs = [inline[-1]]
        elif isinstance(part, frozenset):
            for run in open_runs:
                run.append(part)
        else:
            inner, more = _runs(part.parts)
            extra += more
            if part.behind:
                open_runs.append(inner[-1])
                extra += inner
            else:
                extra += [run + inner[0] for run in open_runs]
                extra += inner[1:]
    return inline, extra


def _windows(run: _Run) -> Iterator[tuple[_Strings, float]]:
    """Yield the alternatives, and their rarity, of the stretches of a run that have few."""
    atoms = _merged(run)
    for start in range(len(atoms)):
        strings = frozenset([""])
        for atom in atoms[start:]:
            if len(strings) * len(atom) > max(MAX_JOINED, len(strings), len(atom)):
                break
            strings = _joined(strings, atom)
            literals = frozenset(map(_barred, strings))
            bits = rarity(literals)
            yield literals, bits
            if bits >= _ENOUGH:
                break


def _merged(run: _Run) -> _Run:
    """Return the run with neighbours that have one alternative each made one."""
    merged: _Run = []
    for is_single, group in groupby(run, key=lambda atom: len(atom) == 1):
        atoms = list(group)
        merged += [frozenset(["".join(chain(*atoms))])] if is_single else atoms
    return merged


def _shortest(literals: _Strings) -> _Strings:
    """Leave out what contains another of the literals."""
    if len(literals) > MAX_JOINED:
        return literals
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(shorter in literal for shorter in kept):
            kept.append(literal)
    return frozenset(kept)


# ---- The parser --------------------------------------------------------------------------

_compiled = cache(re.compile)
_barred = lru_cache(maxsize=1 << 16)(barred_part)


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

    def parse(self) -> _Parts:
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

    def _branches(self) -> _Parts:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else _either(branches)

    def _sequence(self) -> _Parts:
        elements: list[_Parts] = []
        while True:
            self._skip_space()
            character = self._next()
            if not character or character in ")|":
                return tuple(chain.from_iterable(elements))
            if character in "?*+{":
                element = elements.pop() if elements else _GAP
                elements.append(self._quantified(element))
            else:
                elements += self._elements(character)

    def _quantified(self, element: _Parts) -> _Parts:
        found = self._match(_QUANTIFIER)
        if not found:
            if not self._match(_BRACES):
                raise _NotUnderstoodError
            return _GAP
        self._skip_space()
        self._match(_SUFFIX)
        symbol, exactly, least, most = found.groups()
        if symbol:
            return _repeated(element, *_SYMBOLS[symbol])
        if exactly:
            return _repeated(element, int(exactly), int(exactly))
        return _repeated(element, int(least or 0), int(most) if most else None)

    def _elements(self, character: str) -> Sequence[_Parts]:
        """Return what comes next: elements of which a quantifier may take the last."""
        if self._match(_EDGE_OF_TEXT):
            return [_EDGE]
        if self._words_are_plain() and self._match(_NO_WORD_CHARACTER):
            return [_EDGE + _GAP + _EDGE]
        if character == "(":
            return self._group()
        if character == "\\":
            return [self._escape()]
        if character == "[":
            return [self._set()]
        if character == ".":
            self.position += 1
            return [_GAP]
        return self._plain()

    def _plain(self) -> Sequence[_Parts]:
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

    def _exactly(self, strings: Iterable[str]) -> _Parts:
        alternatives = frozenset(map(_plain, strings))
        if not 0 < len(alternatives) <= MAX_ALTERNATIVES:
            return _GAP
        if self._folds_fully() and not all(map(_is_caseless, chain(*alternatives))):
            return _GAP
        return (alternatives,)

    # Escapes

    def _escape(self) -> _Parts:
        if self._match(_ZERO_WIDTH):
            return _NOTHING
        if self._match(_EDGE_OF_WORD):
            return _EDGE if self._words_are_plain() else _NOTHING
        if found := self._match(_LEXICON):
            return self._exactly(self.lexicons.get(found[1], ()))
        if self._match(_NUMBER):
            return self._after_number()
        if self._match(_UNKNOWN):
            return _GAP
        characters = self._character()
        return _GAP if characters is None else self._exactly(characters)

    def _after_number(self) -> _Parts:
        """Return a gap for a back-reference or an octal code, once its end is certain."""
        if "x" in self.flags:
            self._skip_space()
            if self._next() in _DIGITS:
                raise _NotUnderstoodError
        return _GAP

    def _character(self) -> _Strings | None:
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

    def _group(self) -> Sequence[_Parts]:
        if self._match(_COMMENT):
            return []  # a quantifier after it takes what stands before it
        if self._match(_CALL):
            return [_GAP]
        if self._match(_VERB):
            return [_NOTHING]
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

    def _contents(self, opening: re.Match[str]) -> _Parts:
        is_edge = self._words_are_plain() and _compiled(_NO_WORD_BESIDE).match(
            self.pattern, opening.start()
        )
        parts = self._scoped(self.flags, leaks=opening[0] == "(?|")
        if opening[2] == "!":
            return _EDGE if is_edge else _NOTHING
        return (_Look(parts, behind=opening[1] == "<"),) if opening[2] else parts

    def _scoped(self, flags: frozenset[str], *, leaks: bool = False) -> _Parts:
        """Read the rest of a group. Where its flags leak out, it must not change any."""
        outer, self.flags = self.flags, flags
        parts = self._branches()
        self._expect(")")
        if leaks and self.flags != outer:
            raise _NotUnderstoodError
        self.flags = outer
        return parts

    def _flags(self, on: str, off: str | None, end: str) -> Sequence[_Parts]:
        turned_on = frozenset(re.findall(_FLAG, on))
        if "V1" in turned_on and not self.version1:
            raise _IsVersion1Error
        flags = (self.flags | turned_on) - frozenset(off or "")
        if end == ":":
            return [self._scoped(flags)]
        self.flags = flags
        return []

    def _conditional(self) -> _Parts:
        if not self._match(_GROUP_CONDITION):
            self._group()
        self._scoped(self.flags, leaks=True)
        return _GAP

    # Sets

    def _set(self) -> _Parts:
        self._expect("[")
        is_negated = self._take("^")
        members = self._members()
        return _GAP if members is None or is_negated else self._exactly(members)

    def _members(self) -> _Strings | None:
        """Read up to the closing bracket; None if the members are unknown or too many."""
        members = [self._member()]  # the first may be a closing bracket
        while not self._take("]"):
            if self.version1 and self._match(_SET_OPERATOR):
                members.append(None)  # and what follows may be a closing bracket again
            members.append(self._member())
        return _union(members)

    def _member(self) -> _Strings | None:
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

    def _item(self) -> _Strings | None:
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


def _range(first: str, last: str) -> _Strings | None:
    codes = range(ord(first), ord(last) + 1)
    return frozenset(map(chr, codes)) if 0 < len(codes) <= _MAX_RANGE else None


def _is_caseless(character: str) -> bool:
    """Whether full case folding leaves the character alone, in company too."""
    is_letter_or_mark = unicodedata.category(character)[0] not in "PNZSC"
    return not is_letter_or_mark and character.lower() == character.upper() == character


# ---- The way in --------------------------------------------------------------------------


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
        return list(islice(_all_needed(_parse(pattern, lexicons)), most))
    except (_NotUnderstoodError, LookupError, ValueError, OverflowError, RecursionError):
        return []


def _parse(pattern: str, lexicons: Mapping[str, Sequence[str]]) -> _Parts:
    try:
        return _Parser(pattern, lexicons, version1=False).parse()
    except _IsVersion1Error:
        return _Parser(pattern, lexicons, version1=True).parse()


def telling_part(literal: str) -> str:
    """Return what a literal is found by: its rarest word, or the stump of one that goes on.

    A bar stands at the edge of a stump. Nothing where there are only common words and signs.
    """
    first, *_, last = literal.split("|") if "|" in literal else ("", "")
    word = rarest_word(literal)
    if word and word not in _RANKS:
        return word
    if last.isalpha() and len(last) >= STUMP:
        return f"|{last[:STUMP]}"
    if first.isalpha() and len(first) >= STUMP:
        return f"{first[-STUMP:]}|"
    return ""


def rarest_word(literal: str) -> str:
    """Return the rarest of the words that a literal has whole, or nothing."""
    words = filter(str.isalpha, literal.split("|")[1:-1])
    return max(words, key=lambda word: (_bits(f"|{word}|"), word), default="")
