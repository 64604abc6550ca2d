"""Phrases of a long list, each with what English says instead.

A pattern with thousands of alternatives takes seconds to compile. Here the search for literals
tells whether a document has a phrase at all, and the phrase's two most telling words which.
"""

import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.checks.wordlists import distinct, lexicon, vocabulary
from transclean.model import Applicability, Document, Segment, Span
from transclean.prose import like_case
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons, PackedPhrases, compared, phrase_of


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    phrases: Annotated[
        str, Meta(description="Lexicon: phrase [company] = what English says instead.")
    ]
    applicability: Annotated[Applicability, Meta(description="Of the fixes.")]


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    phrases = {compared(phrase_of(entry)[0]) for entry in lexicon(lexicons, options.phrases)}
    return frozenset(f"|{p}|" for phrase in phrases for p in (phrase, phrase.replace("'", "’")))


TYPE = CheckType(Options, _literals)

_ENOUGH = 2  # words of its company anywhere in the document; one in the same paragraph
_SPACE = re.compile(r"[^\S\n]")  # any one blank


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the phrases, of two that overlap the one that begins first, then the longer."""
    options: Options = context.options
    phrases = lexicon(context.lexicons, options.phrases)
    if not isinstance(phrases, PackedPhrases):
        phrases = PackedPhrases.of(phrases)
    likely = list(_likely(phrases, context.document))
    if not likely:
        return
    for segment in context.document.segments:
        text = _plain(segment)
        found = sorted(
            (start, -len(one.phrase), one.english)
            for one in likely
            for start in _places(text, one.phrase)
            if one.is_sure or not one.company.isdisjoint(_words(segment))
            if one.spelling is None or segment.text.startswith(one.spelling, start)
        )
        last = 0
        for start, length, english in found:
            if start >= last:
                last = start - length
                new = like_case(segment.text[start:last], english)
                yield replacing(segment, Span(start, last), new, options.applicability)


class _Likely(NamedTuple):
    """A phrase that the document has, and whether its company is there."""

    phrase: str
    english: str
    company: frozenset[str]
    is_sure: bool  # rather than only beside one word of its company
    spelling: str | None  # of an acronym, which stands for nothing in small letters


def _likely(phrases: PackedPhrases, document: Document) -> Iterator[_Likely]:
    """Yield the phrases that the document may have in their company."""
    words, whole = vocabulary(document), document.once("phrases", _whole)
    for entry, english in phrases.with_words(words):
        given, company = phrase_of(entry)
        phrase = compared(given)
        if phrase in whole:
            there = len(company & words)
            if there or not company:
                is_sure = not company or there >= _ENOUGH
                spelling = given if given.isupper() else None
                yield _Likely(phrase, english, company, is_sure, spelling)


def _words(segment: Segment) -> frozenset[str]:
    return segment.once("words", lambda segment: distinct(segment.text))


def _whole(document: Document) -> str:
    """Return the texts of all segments as phrases are compared, a line each."""
    return "\n".join(map(_plain, document.segments))


def _plain(segment: Segment) -> str:
    """Return the text as phrases are compared, with plain blanks."""
    return segment.once("phrases", lambda segment: _SPACE.sub(" ", compared(segment.text)))


def _places(text: str, phrase: str) -> Iterator[int]:
    """Yield where the phrase stands as whole words that no hyphen goes on from."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        before, after = text[at - 1 : at] if at else "", text[end : end + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after in ("_", "-")):
            yield at
        at = text.find(phrase, at + 1)
