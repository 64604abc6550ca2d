"""Small words of the source language that stand alone between two English words."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.foreign_words import is_english, is_presented
from transclean.checks.wordlists import lexicon, vocabulary
from transclean.model import Applicability, Fix, Segment, Span
from transclean.prose import like_case, starts_sentence
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons, compared


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    words: Annotated[
        dict[str, list[str]],
        Meta(min_length=1, description="Code of a language: lexicons, small word = English."),
    ]
    english: Annotated[
        list[str], Meta(min_length=1, description="Lexicons of the English words beside it.")
    ]


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    for name in options.english:
        lexicon(lexicons, name)
    names = (name for names in options.words.values() for name in names)
    words = (word for name in names for word in lexicon(lexicons, name))
    return frozenset(f"|{form}|" for word in words for form in (word, word.replace("'", "’")))


TYPE = CheckType(Options, _literals)

_BEFORE = re.compile(r"(?<![\w’'.-])([^\W\d_]+),?[ ]$")
_AFTER = re.compile(r",?[ ](?:([^\W\d_]+)(?![’'](?!s\b)|[.]\w|-\w)|\d)")
_NEAR = 40  # characters
_MOST, _SPARSE = 3, 12  # such words of an English paragraph: one in twelve
_NOT_BEFORE = frozenset({"a", "an", "and", "but", "nor", "or", "the"})
# Words that stand before names and are no part of them.
_BEFORE_NAMES = frozenset(
    """
    aus avec bei chez com con contre d'ici desde e em en gegen hasta até mit naar nach para por
    presso seit según segundo secondo selon sobre sur tegen und uit verso vers voor y
    """.split()
)
_LEAST_OF_FIRST = 3  # letters of one that begins a sentence


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the words of the language that the document was translated from."""
    options: Options = context.options
    lists = [lexicon(context.lexicons, name) for name in options.english]
    words = vocabulary(context.document)

    def known(word: str) -> bool:
        return any(word in one for one in lists)

    for code, names in options.words.items():
        if not context.provenance.leads([code]):
            continue
        small = {
            word: english
            for name in names
            for word, english in lexicon(context.lexicons, name).items()
        }
        present = [word for word in small if words.issuperset(re.findall(r"\w+", word))]
        if not present:
            continue
        pattern = _pattern(tuple(present))
        for segment in context.document.segments:
            for stretch in _alone(segment.text, pattern, known):
                word = segment.text[slice(*stretch)]
                english = like_case(word, small[compared(word)])
                if english == "a" and segment.text[stretch.end :].lstrip()[:1] in "aeiou":
                    english = "an"
                yield _hit(segment, stretch, english)


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    forms = "|".join(re.escape(word).replace("'", "['’]") for word in longest)
    # Also with a capital, at the beginning of a sentence.
    return re.compile(rf"(?<![\w’'.-])(?i:{forms})(?![\w’'-]|[.]\w)")


def _alone(
    text: str, pattern: re.Pattern[str], known: Callable[[str], bool]
) -> Iterator[Span]:
    """Yield where a word stands between words that are English, in lower case, and not its like."""
    found = list(pattern.finditer(text))
    if len(found) > max(_MOST, len(text.split()) // _SPARSE):
        return  # the paragraph is in that language, which other checks tell
    for match in found:
        start, end = match.span()
        before = _BEFORE.search(text, max(0, start - _NEAR), start)
        after = _AFTER.match(text, end)
        first = len(match[0]) >= _LEAST_OF_FIRST and starts_sentence(text, start)
        if not after or not (before or first):
            continue
        if first != match[0][0].isupper():
            continue  # a name
        if not first and before and not (before[1].islower() and is_english(before[1], known)):
            continue
        word = after[1]
        named = compared(match[0]) in _BEFORE_NAMES and not first and bool(word) and word[0].isupper()
        if word and word != "I" and not named and not (word.islower() and is_english(word, known)):
            continue  # a name, or more of the language
        if before and before[1] in _NOT_BEFORE and len(match[0]) < 4:
            continue  # “x and y”, “a con”
        stretch = Span(start, end)
        if not is_presented(text, stretch):
            yield stretch


def _hit(segment: Segment, stretch: Span, english: str) -> Hit:
    start, end = segment.span(*stretch)
    edits = segment.edits(*stretch, english)
    fixes = (Fix(applicability=Applicability.SUGGESTED, edits=edits),) if edits else ()
    return Hit(start=start, end=end, fixes=fixes)
