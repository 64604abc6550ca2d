"""How rare literals are in English prose, by which the best are chosen to look for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from math import fsum, log2

from transclean.rulebook.search import PIECES, STUMP

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
USELESS = 8.0  # as common as a comma, or as " the "
COMMON = 12.0  # what is commoner stands in every second paragraph
ENOUGH = 29.0  # being rarer than this is worth nothing
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
    return max(sets, key=lambda literals: score(literals, rarity(literals)), default=None)


def score(literals: frozenset[str], bits: float) -> tuple[float, int]:
    """Return how good a set is: rare and small, among equals the one of longer literals."""
    price = _PRICE_OF_DOUBLING * log2(len(literals))
    return min(bits, ENOUGH) - price, min(map(len, literals))


def telling_part(literal: str) -> str:
    """Return what a literal is found by: its rarest word, or the stump of one that goes on.

    A bar stands at the edge of a stump. Nothing where there are only signs and shorter stumps.
    """
    first, *_, last = literal.split("|") if "|" in literal else ("", "")
    word = rarest_word(literal)
    if word and word not in _RANKS:
        return word
    if last.isalpha() and len(last) >= STUMP:
        return f"|{last[:STUMP]}"
    if first.isalpha() and len(first) >= STUMP:
        return f"{first[-STUMP:]}|"
    return word


def telling_rest(literal: str, part: str) -> str:
    """Return what else than a part of it a literal is found by.

    Another word, or the piece that has the rarest characters outside the part.
    """
    words = filter(str.isalpha, literal.split("|")[1:-1])
    others = [word for word in words if word not in _RANKS and word != part]
    if others:
        return max(others, key=lambda word: (_bits(f"|{word}|"), word))
    length = next(length for length in PIECES if length <= len(literal))
    bits = [_BITS.get(character, _default_bits(character)) for character in literal]
    known = part.strip("|")
    at = literal.find(known)
    bits[at : at + len(known)] = [0.0] * len(known)
    best = max(range(len(literal) - length + 1), key=lambda at: sum(bits[at : at + length]))
    return literal[best : best + length]


def rarest_word(literal: str) -> str:
    """Return the rarest of the words that a literal has whole, or nothing."""
    words = filter(str.isalpha, literal.split("|")[1:-1])
    return max(words, key=lambda word: (_bits(f"|{word}|"), word), default="")
