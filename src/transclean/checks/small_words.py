"""Small words of the source language that stand alone between two English words."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.checks.foreign_words import is_english, is_presented
from transclean.checks.wordlists import lexicon, spelt
from transclean.model import Span
from transclean.prose import like_case, starts_sentence
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicon, Lexicons, choices, compared, runs_of_letters


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    words: Annotated[
        dict[str, list[str]],
        Meta(min_length=1, description="Code of a language: lexicons, small word = English."),
    ]
    english: Annotated[
        list[str], Meta(min_length=1, description="Lexicons of the English words beside it.")
    ]
    before_names: Annotated[
        str, Meta(description="Lexicon: small words that may stand before a name.")
    ]


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    for name in (*options.english, options.before_names):
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
_LONG = 4  # letters of a word that may follow those
_LEAST_OF_FIRST = 3  # letters of one that begins a sentence


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the words of the language that the document was translated from."""
    options: Options = context.options
    lists = [lexicon(context.lexicons, name) for name in options.english]

    def known(word: str) -> bool:
        return any(word in one for one in lists)

    neighbours = _Neighbours(known, lexicon(context.lexicons, options.before_names))
    held = {"", *compared(" ".join(spelt(context.document))).split()}
    for code, names in options.words.items():
        if not context.provenance.leads([code]):
            continue
        small = _Small.of(context.lexicons, names)
        telling = small.telling & held
        for segment in context.document.segments if telling else ():
            text = compared(segment.text)
            if not any(word in text for word in telling):
                continue
            for stretch in _alone(segment.text, small.pattern, neighbours):
                word = segment.text[slice(*stretch)]
                vowel = segment.text[stretch.end :].lstrip().startswith(tuple("aeiou"))
                offered = [
                    like_case(word, "an" if english == "a" and vowel else english)
                    for english in choices(small.english[compared(word)])
                ]
                yield replacing(segment, stretch, offered)


class _Small(NamedTuple):
    """The small words of a language: their English, what finds them, and a word of each."""

    english: Mapping[str, str]
    pattern: re.Pattern[str]
    telling: frozenset[str]

    @classmethod
    def of(cls, lexicons: Lexicons, names: Sequence[str]) -> "_Small":
        """Return those of some lexicons, the same ones each time."""

        def make(_: Lexicon) -> _Small:
            english = {w: e for name in names for w, e in lexicon(lexicons, name).items()}
            telling = frozenset(max(runs_of_letters(word), key=len, default="") for word in english)
            return cls(english, _pattern(english), telling)

        return lexicons[names[0]].once(f"small words {names}", make)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    forms = "|".join(re.escape(word).replace("'", "['’]") for word in longest)
    # Also with a capital, at the beginning of a sentence.
    return re.compile(rf"(?<![\w’'.-])(?i:{forms})(?![\w’'-]|[.]\w)")


class _Neighbours(NamedTuple):
    """What may stand beside a small word that was left alone."""

    known: Callable[[str], bool]
    before_names: Container[str]

    def begins(self, text: str, start: int, word: str) -> bool:
        """Whether the word begins a sentence, with a capital."""
        return word[0].isupper() and len(word) >= _LEAST_OF_FIRST and starts_sentence(text, start)

    def before(self, text: str, start: int, word: str) -> bool:
        """Whether an English word stands before it, and none that it can't follow.

        A long one may follow a name, too: “flown to Pisa durante a lull”.
        """
        found = _BEFORE.search(text, max(0, start - _NEAR), start)
        if not found or not word.islower():
            return False
        if not self._is_english(found[1]):
            return len(word) > _LONG and found[1].istitle() and len(found[1]) > 1
        return len(word) >= _LONG or found[1] not in _NOT_BEFORE  # “x and y”, “a con”

    def after(self, text: str, end: int, word: str) -> bool:
        """Whether an English word, a figure, or a name that it may lead to stands behind it."""
        found = _AFTER.match(text, end)
        if not found:
            return False
        next_word = found[1]
        if next_word is None or next_word == "I" or self._is_english(next_word):
            return True
        if next_word == "a" and len(word) > _LONG:  # which is a word of theirs as well
            return True
        return compared(word) in self.before_names and next_word[0].isupper() and word.islower()

    def _is_english(self, word: str) -> bool:
        return word.islower() and is_english(word, self.known)


def _alone(text: str, pattern: re.Pattern[str], neighbours: _Neighbours) -> Iterator[Span]:
    """Yield where a word stands between English words, or at the head of a sentence of them."""
    found = list(pattern.finditer(text))
    if len(found) > max(_MOST, len(text.split()) // _SPARSE):
        return  # the paragraph is in that language, which other checks tell
    for match in found:
        word, stretch = match[0], Span(*match.span())
        begins = neighbours.begins(text, stretch.start, word)
        if not begins and not neighbours.before(text, stretch.start, word):
            continue
        if neighbours.after(text, stretch.end, word) and not is_presented(text, stretch):
            yield stretch
