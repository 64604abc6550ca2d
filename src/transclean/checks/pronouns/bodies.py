"""Whether a text may call a body “he”, found out from its form alone.

Hardly any article does. It is asked first of all, before anybody knows who is mentioned, and
errs to one side only: where it says no, `things` would find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transclean.checks.pronouns.mentions import DETERMINERS, GENITIVE, PREPOSITIONS
from transclean.checks.pronouns.words import split
from transclean.checks.wordlists import vocabulary, word_set
from transclean.model import Document
from transclean.prose import sentences

TIMES = word_set("today yesterday now meanwhile since then later recently nowadays")
MEMBERS = word_set("member members head chief leader owner founder director spokesman of")
HEAD_REACH = 5  # words of the noun phrase after its determiner
_PRONOUNS = frozenset(["he", "his", "him", "himself", "she", "her", "hers", "herself"])

# The patterns see a text in lower case, with a line break before it, and words that end at blanks
# or at “_”. Each begins with a class or a letter, to which `re` leaps. A sentence opens, or goes on
# after the dash of a dateline, perhaps with an adverb:
_OPENING = r"[.!?…\n–—-][”’»›\"')\]]*[\s_]*" rf"(?:(?:{'|'.join(sorted(TIMES))})[\s_]*,?[\s_]*)?"
# “The firm …” there or after a comma, with the words that follow the determiner:
_HEAD = (
    _OPENING.replace("[", "[,", 1)
    + rf"(?:{'|'.join(sorted(DETERMINERS))})(?=((?:[\s_]+[^\W\d_][^\s_]*){{1,{HEAD_REACH}}}))"
)
_FRONTED = rf"{_OPENING}(?:{'|'.join(sorted(PREPOSITIONS))})(?![^\W\d_])"
_FIRST = rf"{_OPENING}(?=([^\W\d_][^\s_]*))"
_PRONOUN = r"[hs](?<![^\W\d_].)(?:e|is|im|imself|er|ers|erself|he)(?![^\W\d_])"
_OWNED = r"h(?:is|er)(?<![^\W\d_]...)(?![^\W\d_])[\s_]*([^\s_]*[\s_]*[^\s_]*)"
_NEXT = r"[\s_]+(\w)"

_compiled = cache(re.compile)


def may_mean_body(document: Document, bodies: frozenset[str], owned: frozenset[str]) -> bool:
    """Whether a pronoun of the document may mean one of the bodies."""
    known = vocabulary(document)
    if known.isdisjoint(_PRONOUNS) or known.isdisjoint(bodies):
        return False
    text = "\n".join([segment.text for segment in document.segments])
    low = text.lower()
    if len(low) != len(text) or _owns(low, owned):
        return True
    names = set(_names(text, low, bodies, known))
    for segment in document.segments:
        text = segment.text
        if _may_be_of_body(f"\n{text.lower()}", bodies, names) and any(
            _may_be_of_body(f"\n{text[start:end].lower()}", bodies, names)
            for start, end in sentences(segment)
        ):
            return True
    return False


def _owns(text: str, owned: frozenset[str]) -> bool:
    """Whether a body may own what follows a possessive: “his turnover”, “in his history”."""
    for match in _compiled(_OWNED).finditer(text):
        after = split(match[1])[:2]
        if not owned.isdisjoint(after) or "history" in after:
            return True
    return False


def _names(text: str, low: str, bodies: frozenset[str], known: frozenset[str]) -> Iterator[str]:
    """Yield the words with a capital that follow a body, in lower case: “the firm Lumina”."""
    following = _compiled(_NEXT)
    for body in (bodies & known) | _hyphenated(bodies):
        at = low.find(body)
        while at >= 0:
            match = following.match(text, at + len(body))
            if match and match[1].isupper():
                yield split(low[match.start(1) :].split(None, 1)[0])[0]
            at = low.find(body, at + 1)


@cache
def _hyphenated(bodies: frozenset[str]) -> frozenset[str]:
    return frozenset(body for body in bodies if not body.isalpha())


def _heads(text: str, bodies: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield where a determiner stands that a body follows soon."""
    for match in _compiled(_HEAD).finditer(text):
        words = split(match[1])
        if not bodies.isdisjoint(words) and _is_phrase(words, bodies):
            yield match


def _is_phrase(words: list[str], bodies: frozenset[str]) -> bool:
    """Whether nothing ends the noun phrase before the body, as in “the head of the firm”."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in bodies:
            return following not in GENITIVE
        if word in PREPOSITIONS or word in MEMBERS or not word[0].isalpha():
            return False
    return False


def _may_be_of_body(text: str, bodies: frozenset[str], names: set[str]) -> bool:
    """Whether the subject of a sentence may be a body, and a pronoun of the text may mean it."""
    pronoun = _compiled(_PRONOUN)
    if pronoun.search(text) is None:
        return False
    for match in _heads(text, bodies):
        if match[0][0] != ",":
            if pronoun.search(text, match.end()):
                return True
        elif _compiled(_FRONTED).search(text) and pronoun.search(text, 0, match.start()):
            return True  # “In a note to his customers, the firm …”
    if not any(name in text for name in names):
        return False
    for match in _compiled(_FIRST).finditer(text):
        if split(match[1])[0] in names and pronoun.search(text, match.end()):
            return True
    return False
