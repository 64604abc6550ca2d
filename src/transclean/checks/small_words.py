"""Small words of the source language that stand alone between two English words."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.foreign_words import is_presented
from transclean.checks.wordlists import lexicon, vocabulary
from transclean.model import Applicability, Fix, Segment, Span
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons, compared


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    words: Annotated[
        dict[str, str],
        Meta(min_length=1, description="Code of a language: lexicon, small word = English."),
    ]
    english: Annotated[
        list[str], Meta(min_length=1, description="Lexicons of the English words beside it.")
    ]


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    for name in options.english:
        lexicon(lexicons, name)
    words = (word for name in options.words.values() for word in lexicon(lexicons, name))
    return frozenset(f"|{form}|" for word in words for form in (word, word.replace("'", "’")))


TYPE = CheckType(Options, _literals)

_BEFORE = re.compile(r"(?<![\w’'.-])([^\W\d_]+),?[ ]$")
_AFTER = re.compile(r",?[ ](?:([^\W\d_]+)(?![’'](?!s\b)|[.]\w|-\w)|\d)")
_NEAR = 40  # characters
_MOST = 3  # such words of an English paragraph
_CONJUNCTIONS = frozenset({"and", "or", "nor", "but"})  # two of which never meet


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the words of the language that the document was translated from."""
    options: Options = context.options
    lists = [lexicon(context.lexicons, name) for name in options.english]
    words = vocabulary(context.document)

    def is_english(word: str) -> bool:
        return any(word in one for one in lists)

    for code, name in options.words.items():
        small = lexicon(context.lexicons, name)
        if not context.provenance.leads([code]):
            continue
        present = [word for word in small if words.issuperset(re.findall(r"\w+", word))]
        if not present:
            continue
        pattern = _pattern(tuple(present))
        for segment in context.document.segments:
            for stretch in _alone(segment.text, pattern, is_english):
                english = small[compared(segment.text[slice(*stretch)])]
                if english == "a" and segment.text[stretch.end :].lstrip()[:1] in "aeiou":
                    english = "an"
                yield _hit(segment, stretch, english)


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    forms = "|".join(re.escape(word).replace("'", "['’]") for word in longest)
    return re.compile(rf"(?<![\w’'.-])(?:{forms})(?![\w’'-]|[.]\w)")


def _alone(
    text: str, pattern: re.Pattern[str], is_english: Callable[[str], bool]
) -> Iterator[Span]:
    """Yield where a word stands between words that are English, in lower case, and not its like."""
    found = list(pattern.finditer(text))
    if len(found) > _MOST:
        return  # the paragraph is in that language, which other checks tell
    for match in found:
        start, end = match.span()
        before = _BEFORE.search(text, max(0, start - _NEAR), start)
        after = _AFTER.match(text, end)
        if not before or not after:
            continue
        if not (before[1].islower() and is_english(before[1])):
            continue
        word = after[1]
        if word and word != "I" and not (word.islower() and is_english(word)):
            continue  # a name, or more of the language
        if before[1] in _CONJUNCTIONS and len(match[0]) < 4:
            continue  # “x and y”
        stretch = Span(start, end)
        if not is_presented(text, stretch):
            yield stretch


def _hit(segment: Segment, stretch: Span, english: str) -> Hit:
    start, end = segment.span(*stretch)
    edits = segment.edits(*stretch, english)
    fixes = (Fix(applicability=Applicability.SUGGESTED, edits=edits),) if edits else ()
    return Hit(start=start, end=end, fixes=fixes)
