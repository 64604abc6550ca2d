"""Single words that the translator left in the source language.

A word is one where no list of English words has it, and its letters are rather those of a
language that the document was translated from than those of English.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import chain, pairwise
from string import ascii_lowercase
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.checks.languages import FunctionWords, foreignness
from transclean.checks.untranslated import LANGUAGES
from transclean.checks.wordlists import lexicon, spelt, unlisted
from transclean.model import Segment, Span
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicon, Lexicons, choices, runs_of_letters


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    english: Annotated[
        list[str], Meta(min_length=1, description="Lexicons of English words, the commonest first.")
    ]
    borrowed: Annotated[str, Meta(description="Lexicon of foreign phrases that English has.")]
    foreign: Annotated[str, Meta(description="Lexicon: function word = its languages, marks.")]
    functions: Annotated[str, Meta(description="Lexicon of English function words.")]
    names: Annotated[str, Meta(description="Lexicon: code of a language = its English name.")]
    glossaries: Annotated[
        dict[str, str], Meta(description="Code of a language: lexicon, foreign word = English.")
    ] = {}
    strength: Annotated[
        float, Meta(gt=0, le=1, description="Of the provenance, for words of a language.")
    ] = 0.8


def _literals(options: Options, lexicons: Lexicons) -> None:
    others = (options.borrowed, options.foreign, options.functions, options.names)
    for name in (*options.english, *others, *options.glossaries.values()):
        lexicon(lexicons, name)


TYPE = CheckType(Options, _literals)

SHORTEST = 4  # letters
LEAST = 2.0  # nats by which a word's letters are likelier than in English
_WORD = re.compile(r"(?<![\w@#./’'-])[^\W\d_]{4,}(?![\w@’'-]|[./]\w)")
# A term that the writer presents, or that the article is about, was left on purpose.
_PRESENTED = re.compile(r"\b(?:called|known\sas|named|term|terms|word|words)\s$")
_RUN = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?<!\w)(?=([^\W\d_]+)\.?\s([^\W\d_]+)(?!\w))")
_SHORT = 40  # characters of a title, a slogan
_OPENED = re.compile(r"[“‘\"'«(*_][^”’\"'»)*_]*$")
_CLOSED = re.compile(rf"[^“‘\"'«(*_]{{0,{_SHORT}}}[”’\"'»)*_]")
_ELISION = re.compile(r"[dlqjnmsc][’'](?!s\b)", re.IGNORECASE)
_LEAD = re.compile(r"(?:(?P<before>[^\W\d_]+) )?\b(?P<word>[^\W\d_]+) $")
_BRACKETED = re.compile(r"\[[^\W\d_]+\]\s?")
_OFTEN = 4  # times
_SHARE, _FEW = 0.3, 5  # of the words of a text, from which it is no English one
_LEAST_OF_SLIP = 7  # letters; a longer word of plain letters may be English, misspelt

_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers", "able", "ness", "less", "ish")
_BEGINNINGS = (
    "anti", "auto", "bio", "cardio", "co", "counter", "cyber", "dis", "eco", "electro", "euro",
    "geo", "hydro", "hyper", "immuno", "infra", "inter", "intra", "macro", "mega", "micro", "mini",
    "mis", "mono", "multi", "nano", "neuro", "non", "out", "over", "pharmaco", "photo", "poly",
    "post", "pre", "psycho", "quasi", "radio", "re", "self", "semi", "socio", "sub", "super",
    "techno", "tele", "thermo", "trans", "ultra", "un", "under", "vice",
)  # fmt: skip


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the words, of neighbours one stretch."""
    options: Options = context.options
    strengths = context.provenance.strengths
    languages = [code for code in LANGUAGES if strengths.get(code, 0.0) >= options.strength]
    lists = [lexicon(context.lexicons, name) for name in options.english]
    borrowed = context.lexicons[options.borrowed].once("words of phrases", _words_of_phrases)
    functions = FunctionWords.of(context.lexicons, options.foreign, options.functions)
    glossaries = {
        code: lexicon(context.lexicons, name)
        for code, name in options.glossaries.items()
        if code in languages and context.provenance.leads([code])
    }

    def known(word: str) -> bool:
        return word in borrowed or any(word in one for one in lists)

    text = context.document.body.text
    surnames = cache(lambda: _behind_capitals(text, functions))

    def language_of(word: str) -> str | None:
        for code, glossary in glossaries.items():
            if word in glossary and (word.islower() or word not in surnames()):
                return code
        if not word.islower() or is_english(word, known):
            return None
        language = _language(word, languages)
        return language if language and not _is_slip(word, lists[0]) else None

    all_words = spelt(context.document)
    words = {word for word in all_words if len(word) >= SHORTEST}
    glossed = [words & glossary.keys() for glossary in glossaries.values()]
    asked = unlisted(set(filter(str.islower, words)), lists).union(*glossed) - borrowed
    foreign = {word: language for word in asked if (language := language_of(word))}
    if len(foreign) > _SHARE * len(words) and len(foreign) > _FEW:
        return  # the text is in another language, which the check for texts tells
    if foreign:
        counts = Counter(_RUN.findall(text))
        foreign = {word: code for word, code in foreign.items() if counts[word] < _OFTEN}
    phrases = [
        (phrase, code)
        for code in glossaries
        for phrase in _phrases_with(all_words, context.lexicons[options.glossaries[code]])
    ]
    if not foreign and not phrases:
        return
    names = lexicon(context.lexicons, options.names)
    for segment in context.document.segments:
        taken = 0
        found = [*_phrases(segment.text, phrases), *_stretches(segment.text, foreign, functions)]
        for stretch, language in sorted(found):
            if stretch.start >= taken:
                taken = stretch.end
                english = glossaries.get(language, {}).get(segment.text[slice(*stretch)])
                name = names.get(language, language)
                yield _hit(segment, stretch, english, f"Left in {name}: not translated")


def _hit(segment: Segment, stretch: Span, english: str | None, message: str) -> Hit:
    """Return a finding; a word alone in square brackets is taken out with them."""
    bracketed = _BRACKETED.match(segment.text, max(0, stretch.start - 1))
    if bracketed and bracketed.end() > stretch.end:
        stretch, english = Span(*bracketed.span()), ""
    offered = None if english is None else choices(english)
    return replacing(segment, stretch, offered, message=message)


def _words_of_phrases(phrases: Lexicon) -> frozenset[str]:
    return frozenset(word for phrase in phrases.words for word in phrase.lower().split())


def _phrases_with(words: Set[str], glossary: Lexicon) -> Iterator[str]:
    """Yield the phrases of a glossary whose longest word is among `words`."""
    phrases = glossary.once("phrases by word", _phrases_by_word)
    known = [*(words & phrases.keys()), ""]
    return chain.from_iterable(phrases.get(word, ()) for word in known)


def _phrases_by_word(glossary: Lexicon) -> dict[str, list[str]]:
    """Return the phrases of several words under the longest of these that is letters alone."""
    found: dict[str, list[str]] = {}
    for phrase in glossary.words:
        if " " in phrase:
            longest = max(runs_of_letters(phrase), key=len, default="")
            found.setdefault(longest, []).append(phrase)
    return found


def _phrases(text: str, glossed: Iterable[tuple[str, str]]) -> Iterator[tuple[Span, str]]:
    """Yield where phrases of glossaries stand, with the language of each."""
    for phrase, code in glossed:
        if phrase in text:
            for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
                stretch = Span(*match.span())
                if not _is_left_on_purpose(text, stretch):
                    yield stretch, code


def is_english(word: str, known: Callable[[str], bool]) -> bool:
    """Whether a word is known, or made of one by an ending or a beginning."""
    if known(word):
        return True
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if len(stem) > 2 and (known(stem) or known(f"{stem}e") or known(stem[:-1])):
                return True
    return any(word.startswith(one) and known(word[len(one) :]) for one in _BEGINNINGS)


def _language(word: str, languages: Iterable[str]) -> str | None:
    """Return the language whose letters the word has, if it is so much likelier than English."""
    likely = {code: foreignness(word, code) for code in languages}
    best = max(likely, key=lambda code: likely[code], default=None)
    return best if best and likely[best] >= LEAST else None


def _is_slip(word: str, common: Container[str]) -> bool:
    """Whether it is a common word with a letter more, less, changed, or moved."""
    if len(word) < _LEAST_OF_SLIP or not word.isascii():
        return False
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if f"{head}{tail[1:]}" in common or f"{head}{tail[1:2]}{tail[:1]}{tail[2:]}" in common:
            return True
        if any(f"{head}{x}{rest}" in common for x in ascii_lowercase for rest in (tail, tail[1:])):
            return True
    return False


def _behind_capitals(text: str, functions: FunctionWords) -> frozenset[str]:
    """Return the words that stand behind one with a capital: they may be surnames."""
    return frozenset(
        match[2]
        for match in _PAIR.finditer(text)
        if match[1][0].isupper() and match[1].lower() not in functions.english
    )


def _stretches(
    text: str, words: Mapping[str, str], functions: FunctionWords
) -> Iterator[tuple[Span, str]]:
    """Yield the words that stand by themselves among English ones, with their language.

    Neighbours are one stretch, and so is a function word before a word.
    """
    if not any(word in text for word in words):
        return
    found = [Span(*match.span()) for match in _WORD.finditer(text) if match[0] in words]
    start = 0
    for number, (span, after) in enumerate(pairwise([*found, None])):
        assert span is not None
        if after is not None and text[span.end : after.start] == " ":
            continue
        alone, start, begin = number == start, number + 1, found[start].start
        language = words[text[slice(*span)]]

        def is_function(word: str | None, language: str = language) -> bool:
            word = (word or "").lower()
            return (
                len(word) > 1 and functions.is_of(word, language) and word not in functions.english
            )

        lead = _LEAD.search(text, max(0, begin - _SHORT), begin)
        if lead and is_function(lead["word"]):
            if is_function(lead["before"]):
                continue  # a phrase, which the check for clauses judges
            begin = lead.start("word")
        behind = text[span.end :].split(maxsplit=1)[:1]
        if any(is_function(word) or _ELISION.match(word) for word in behind):
            continue  # a phrase, or a name
        if alone and text[begin - 1 : begin] == "[" and text[begin : span.end] in functions.foreign:
            continue  # what rules for brackets know
        stretch = Span(begin, span.end)
        if not _is_left_on_purpose(text, stretch):
            yield stretch, language


def is_presented(text: str, stretch: Span) -> bool:
    """Whether a stretch is explained, or named as a word."""
    start, end = stretch
    if text.startswith(" (", end) or text.endswith("] ", 0, start):
        return True
    return bool(_PRESENTED.search(text, max(0, start - 12), start))


def _is_left_on_purpose(text: str, stretch: Span) -> bool:
    """Whether it stands in a few words between marks, is explained, or named as a word."""
    start, end = stretch
    if is_presented(text, stretch):
        return True
    opened = _OPENED.search(text, max(0, start - _SHORT), start)
    closed = _CLOSED.match(text, end)
    return bool(opened and closed and closed.end() - opened.start() <= _SHORT)
