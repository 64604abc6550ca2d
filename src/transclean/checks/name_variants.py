"""Names that the document writes two ways: without a capital, translated, or misspelt.

Who is called by first name and surname somewhere shows how the name is right.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice, product
from typing import Annotated, Literal, NamedTuple
from unicodedata import combining, normalize

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.checks.wordlists import capitals, lexicon, spelt, vocabulary
from transclean.model import Document, Evidence, Segment, Span
from transclean.prose import starts_sentence
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons

Kind = Literal["small", "translated", "misspelt"]


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    find: Annotated[Kind, Meta(description="Which variants are flagged.")]
    english: Annotated[list[str], Meta(description="Lexicons of words that are no names.")]
    first_names: Annotated[
        str, Meta(description="Lexicon: English first name = what other languages call it.")
    ]


def _literals(options: Options, lexicons: Lexicons) -> None:
    for name in (*options.english, options.first_names):
        lexicon(lexicons, name)


TYPE = CheckType(Options, _literals)

SHORTEST = 4  # letters of a surname
_MOST = 200  # first names of many parts that are tried
_ENOUGH = 2  # times that a name stands in its right form
_NAME = r"[^\W\d_]+(?:-[^\W\d_]+)*"
# Two words with a capital: a first name, or an office, and a surname. The pairs may overlap.
_PAIR = re.compile(rf"(?<![\w’'-])(?=[^\W\d_a-zß-öø-ÿ])(?=({_NAME})\.?\s({_NAME})(?![\w-]))")
_WHOLE = re.compile(rf"(?<![\w@#./’'-])({_NAME})(?![\w@-]|[./]\w)")  # no part of an address


class _Names:
    """The names of a document: of surnames, what stands before them with a capital."""

    def __init__(self, document: Document) -> None:
        self._text = document.body.text
        self.first: dict[str, set[str]] = {}
        for before, name in _PAIR.findall(self._text):
            if len(name) >= SHORTEST and name[0].isupper() and not before.isupper():
                self.first.setdefault(name, set()).add(before)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands."""
        return Counter(_WHOLE.findall(self._text))

    @cached_property
    def places(self) -> dict[str, Span]:
        """Where each word stands first."""
        found: dict[str, Span] = {}
        for match in _WHOLE.finditer(self._text):
            found.setdefault(match[0], Span(*match.span()))
        return found


class _Variant(NamedTuple):
    """A word, what is right in its place, and whether it is meant at a place of a text."""

    wrong: str
    right: str
    is_meant: Callable[[str, int, int], bool]


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the variants, each with the form that the document has elsewhere."""
    options: Options = context.options
    document = context.document
    names = document.once("names twice", _Names)
    if not names.first:
        return
    lists = [lexicon(context.lexicons, name) for name in options.english]

    def is_english(word: str) -> bool:
        return any(word.lower() in one for one in lists)

    if options.find == "small":
        found = _small(names, vocabulary(document) & spelt(document), is_english)
    elif options.find == "translated":
        translations = lexicon(context.lexicons, options.first_names)
        found = _translated(names, translations)
    else:
        found = _misspelt(names, capitals(document), is_english)
    variants: dict[str, list[_Variant]] = {}
    for variant in found:
        variants.setdefault(variant.wrong, []).append(variant)
    if not variants:
        return
    for segment in document.segments:
        for match in _WHOLE.finditer(segment.text):
            for variant in variants.get(match[0], ()):
                if variant.is_meant(segment.text, *match.span()):
                    place = names.places[variant.right]
                    yield _hit(segment, Span(*match.span()), variant.right, place, document)


def _hit(segment: Segment, span: Span, right: str, place: Span, document: Document) -> Hit:
    """Return a finding; `place` is where the right form stands, in the document's body."""
    at, stop = document.body.span(*place)
    wrong = segment.text[slice(*span)]
    return replacing(
        segment,
        span,
        right,
        evidence=(Evidence(start=at, end=stop, reason=f"here it is “{right}”"),),
        message=f"“{wrong}” is “{right}” elsewhere in the document",
    )


def _anywhere(_: str, __: int, ___: int) -> bool:
    return True


def _small(
    names: _Names, words: frozenset[str], is_english: Callable[[str], bool]
) -> Iterator[_Variant]:
    """Yield surnames that have no capital here, and elsewhere have one."""
    for name in names.first:
        small = name.lower()
        if small not in words or is_english(name):
            continue
        if names.counts[name] >= _ENOUGH > names.counts[small]:
            yield _Variant(small, name, _anywhere)


def _translated(names: _Names, translations: Mapping[str, str]) -> Iterator[_Variant]:
    """Yield first names that are translated, where the same surname has the original as well."""
    for surname, firsts in names.first.items():
        for first in sorted(firsts):
            meant = [one for one in _meant_by(first, translations) if one in firsts]
            if len(meant) == 1 and meant[0] in names.counts:
                yield _Variant(first, meant[0], _before(surname))


def _meant_by(first: str, translations: Mapping[str, str]) -> Iterator[str]:
    """Yield what other languages call a first name, each part of it or some of them."""
    parts = [[part, *translations.get(part, "").split()] for part in first.split("-")]
    for choice in islice(product(*parts), _MOST):
        name = "-".join(choice)
        if name != first:
            yield name


def _before(surname: str) -> Callable[[str, int, int], bool]:
    """Return what tells whether a surname stands behind a place of a text."""
    behind = re.compile(rf"\s{re.escape(surname)}(?![\w-])")
    return lambda text, _, end: behind.match(text, end) is not None


def _is_translation(english: str, other: str, translations: Mapping[str, str]) -> bool:
    """Whether each part of an English first name means the same part of the other one."""
    parts, others = english.split("-"), other.split("-")
    return len(parts) == len(others) and all(
        a == b or b in translations.get(a, "").split() for a, b in zip(parts, others, strict=True)
    )


def _misspelt(
    names: _Names, words: frozenset[str], is_english: Callable[[str], bool]
) -> Iterator[_Variant]:
    """Yield surnames, alone, that one letter or accent parts from one that is known better."""
    near: dict[str, set[str]] = {}  # what is left of names without one of their letters
    for name in names.first:
        if (names.counts[name] >= _ENOUGH or not name.isascii()) and not is_english(name):
            for rest in _shortened(name):
                near.setdefault(rest, set()).add(name)
    for word in sorted(words):
        if len(word) < SHORTEST or word in names.first or word.isupper():
            continue
        likely = {name for rest in _shortened(word) for name in near.get(rest, ())}
        meant = [name for name in likely if _is_near(word, name)]
        if len(meant) != 1 or is_english(word):
            continue
        counts = names.counts
        if _bare(word) == _bare(meant[0]):
            # Accents are lost, not won: the name that has them need not be seen twice.
            known = word.isascii() and not meant[0].isascii() and counts[meant[0]] >= counts[word]
        else:
            known = counts[meant[0]] > max(counts[word], _ENOUGH - 1)
        if known:
            yield _Variant(word, meant[0], _is_alone)


def _shortened(word: str) -> set[str]:
    """Return a word without accents, and that without each of its letters."""
    bare = _bare(word)
    return {bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))}


def _is_alone(text: str, start: int, _: int) -> bool:
    """Whether no capital stands before a word, which would make it another's surname."""
    before = text[:start].split()[-1:]
    return not before or not before[0][:1].isupper() or starts_sentence(text, start)


def _is_near(word: str, name: str) -> bool:
    """Whether one inner letter is changed, lost or added, or only accents differ."""
    if _bare(word) == _bare(name):
        return word != name
    if word[0] != name[0] or abs(len(word) - len(name)) > 1:
        return False
    if word[:-1] in (name, name[:-1]) or name[:-1] == word:
        return False  # an ending: of another person, of a people, of several
    at = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), 0)
    return (
        word[at + 1 :] == name[at + 1 :]
        or word[at + 1 :] == name[at:]
        or word[at:] == name[at + 1 :]
    )


def _bare(word: str) -> str:
    """Return a word without accents, also as German writes them without: oe for ö, ss for ß."""
    if not word.isascii():
        word = "".join(one for one in normalize("NFD", word) if not combining(one))
        word = word.replace("ß", "ss")
    return re.sub(r"(?<=[aou])e", "", word) if "e" in word else word
