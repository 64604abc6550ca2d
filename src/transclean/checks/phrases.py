"""Phrases of a long list, each with what English says instead.

A pattern with thousands of alternatives takes seconds to compile. Here the search for literals
tells whether a document has a phrase at all, and the phrase's two most telling words which.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.checks.phrase_cores import Core, core_of, cores
from transclean.checks.wordlists import distinct, lexicon, vocabulary
from transclean.model import Applicability, Document, Segment, Span
from transclean.prose import starts_sentence
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons, PackedPhrases, choices, compared, phrase_of


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    phrases: Annotated[
        str, Meta(description="Lexicon: phrase [company] = what English says instead.")
    ]
    applicability: Annotated[Applicability, Meta(description="Of the fixes.")]
    freely: Annotated[
        str | None,
        Meta(
            description="Lexicon of what English has of phrases without articles and prepositions."
            " With it the others are found without their company, and with other articles and"
            " prepositions."
        ),
    ] = None


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str] | None:
    if options.freely is not None:
        lexicons[options.freely]
        return None
    phrases = {compared(phrase_of(entry)[0]) for entry in lexicon(lexicons, options.phrases)}
    return frozenset(f"|{p}|" for phrase in phrases for p in (phrase, phrase.replace("'", "’")))


TYPE = CheckType(Options, _literals)

_ENOUGH = 2  # words of its company anywhere in the document; one in the same paragraph
_SPACE = re.compile(r"[^\S\n]")  # any one blank


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the phrases, of two that overlap the one that begins first, then the longer.

    What stands in the list with several companies is offered in each sense that the text has words
    for, that with the most first.
    """
    options: Options = context.options
    phrases = lexicon(context.lexicons, options.phrases)
    if not isinstance(phrases, PackedPhrases):
        phrases = PackedPhrases.of(phrases)
    if options.freely is None:
        find, likely = _listed, list(_likely(phrases, context.document))
    else:
        known = context.lexicons[options.freely].words
        find, likely = _freely, list(_likely_cores(phrases, context.document, known))
    if not likely:
        return
    for segment in context.document.segments:
        found = sorted(
            (span.start, -span.end, -one.there, one.english, one.is_acronym)
            for one in likely
            for span in find(segment, one)
        )
        last = 0
        for (start, end), same in groupby(found, key=itemgetter(0, 1)):
            if start >= last:
                last = -end
                new = [
                    _written(segment.text, Span(start, last), english, is_acronym=is_acronym)
                    for *_, offered, is_acronym in same
                    for english in choices(offered)
                ]
                yield replacing(segment, Span(start, last), new, options.applicability)


def _written(text: str, span: Span, english: str, *, is_acronym: bool) -> str:
    """Return the English as it stands there: in capitals where the phrase is, with one at a
    sentence's head; “the Capitaneria” is “the coast guard”."""
    old = text[span.start : span.end]
    if old.isupper() and not is_acronym:
        return english.upper()
    return english[:1].upper() + english[1:] if starts_sentence(text, span.start) else english


class _Likely(NamedTuple):
    """A phrase that the document may have, and how much of its company."""

    given: str
    phrase: str  # as phrases are compared
    english: str  # one or several, as in the list
    company: frozenset[str]
    there: int  # words of the company that the document has
    core: Core | None = None
    is_clear: bool = True  # rather than to be told from other senses by its company

    @property
    def is_acronym(self) -> bool:
        """Whether it stands for nothing in small letters."""
        return self.given.isupper()

    def is_accompanied(self, segment: Segment) -> bool:
        """Whether the company stands there that the phrase needs."""
        if not self.company or self.there >= _ENOUGH:
            return True
        return not self.company.isdisjoint(_words(segment))


def _likely(phrases: PackedPhrases, document: Document) -> Iterator[_Likely]:
    """Yield the phrases that the document has and some of their company."""
    words, whole = vocabulary(document), document.once("phrases", _whole)
    for entry, english in phrases.with_words(words):
        given, company = phrase_of(entry)
        phrase = compared(given)
        if phrase in whole:
            there = len(company & words)
            if there or not company:
                yield _Likely(given, phrase, english, company, there)


def _likely_cores(
    phrases: PackedPhrases, document: Document, known: Container[str]
) -> Iterator[_Likely]:
    """Yield the phrases whose core the document has and English has not."""
    words, whole = vocabulary(document), cores(document)
    entries = [(*phrase_of(entry), english) for entry, english in phrases.with_words(words)]
    senses = Counter(given for given, _, _ in entries)
    for given, company, english in entries:
        core = Core(given)
        if core.kept and core.text in whole and core.text.strip() not in known:
            there, is_clear = len(company & words), senses[given] == 1
            yield _Likely(given, compared(given), english, company, there, core, is_clear)


def _listed(segment: Segment, one: _Likely) -> Iterator[Span]:
    """Yield where a phrase stands as it is listed, in its company."""
    if one.is_accompanied(segment):
        yield from _exact(segment, one)


def _exact(segment: Segment, one: _Likely) -> Iterator[Span]:
    """Yield where a phrase stands word for word."""
    for start in _places(_plain(segment), one.phrase):
        if not one.is_acronym or segment.text.startswith(one.given, start):
            yield Span(start, start + len(one.phrase))


def _freely(segment: Segment, one: _Likely) -> Iterator[Span]:
    """Yield where a phrase stands without its company, or with other articles or prepositions
    than in the list unless just these are what English has otherwise."""
    assert one.core is not None
    if one.is_clear and not one.is_accompanied(segment):
        yield from _exact(segment, one)
    core = core_of(segment)
    if not one.is_acronym and one.core.may_vary(one.english):
        for words in core.places(one.core.text):
            span = core.varied(one.core, words)
            if span is not None and _plain(segment)[span.start : span.end] != one.phrase:
                yield span


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
