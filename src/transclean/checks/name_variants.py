"""Names that the document writes two ways: without a capital, translated, or misspelt.

Who is called by first name and surname somewhere shows how the name is right.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Literal, NamedTuple
from unicodedata import combining, normalize

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.wordlists import lexicon
from transclean.model import Applicability, Document, Evidence, Fix, Segment
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
_ENOUGH = 2  # times that a name stands in its right form
_WORD = r"(?<![\w@#./’'-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@-]|[./]\w)"
_NAME_BEFORE = re.compile(r"(?<![\w’'-])([^\W\d_]+(?:-[^\W\d_]+)*)\.?\s$")


class _Found(NamedTuple):
    """A word with its place in a segment."""

    segment: Segment
    start: int
    end: int
    text: str

    def before(self) -> str:
        """Return the word before it, if only a blank parts them."""
        match = _NAME_BEFORE.search(self.segment.text, max(0, self.start - 40), self.start)
        return match[1] if match else ""


class _Names:
    """The words of a document that may be names or parts of them."""

    def __init__(self, document: Document) -> None:
        self.words = [
            _Found(segment, *match.span(), match[0])
            for segment in document.segments
            for match in re.finditer(_WORD, segment.text)
            if len(match[0]) >= SHORTEST
        ]
        self.counts = Counter(word.text for word in self.words)
        # What stands behind a first name, which is a capital behind a capital inside a sentence.
        self.first: dict[str, set[str]] = {}
        for word in self.words:
            before = word.before()
            if word.text[0].isupper() and before[:1].isupper() and not before.isupper():
                self.first.setdefault(word.text, set()).add(before)


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the variants, each with the form that the document has elsewhere."""
    options: Options = context.options
    lists = [lexicon(context.lexicons, name) for name in options.english]

    def is_english(word: str) -> bool:
        return any(word.lower() in one for one in lists)

    names = context.document.once("names twice", _Names)
    if not names.first:
        return
    if options.find == "small":
        found = _small(names, is_english)
    elif options.find == "translated":
        found = _translated(names, lexicon(context.lexicons, options.first_names))
    else:
        found = _misspelt(names, is_english)
    for word, right in found:
        yield _hit(word, right, context.document)


def _hit(word: _Found, right: str, document: Document) -> Hit:
    edits = word.segment.edits(word.start, word.end, right)
    start, end = word.segment.span(word.start, word.end)
    there = re.search(rf"(?<!\w){re.escape(right)}(?!\w)", document.body.text)
    at, stop = document.body.span(*there.span()) if there else (start, end)
    return Hit(
        start=start,
        end=end,
        fixes=(Fix(applicability=Applicability.SUGGESTED, edits=edits),) if edits else (),
        evidence=(Evidence(start=at, end=stop, reason=f"here it is “{right}”"),),
        message=f"“{word.text}” is “{right}” elsewhere in the document",
    )


def _small(names: _Names, is_english: Callable[[str], bool]) -> Iterator[tuple[_Found, str]]:
    """Yield surnames that have no capital here, and elsewhere have one."""
    right = {
        name.lower(): name
        for name in names.first
        if names.counts[name] >= _ENOUGH and not is_english(name)
    }
    for word in names.words:
        if word.text.islower() and word.text in right and names.counts[word.text] < _ENOUGH:
            yield word, right[word.text]


def _translated(names: _Names, translations: Mapping[str, str]) -> Iterator[tuple[_Found, str]]:
    """Yield first names that are translated, where the same surname has the original as well."""
    for word in names.words:
        after = re.compile(rf"\s({_WORD})").match(word.segment.text, word.end)
        others = names.first.get(after[1], set()) - {word.text} if after else set()
        meant = [one for one in sorted(others) if _is_translation(word.text, one, translations)]
        if len(meant) == 1:
            yield word, meant[0]


def _is_translation(english: str, other: str, translations: Mapping[str, str]) -> bool:
    """Whether each part of an English first name means the same part of the other one."""
    parts, others = english.split("-"), other.split("-")
    return len(parts) == len(others) and all(
        a == b or b in translations.get(a, "").split() for a, b in zip(parts, others, strict=True)
    )


def _misspelt(names: _Names, is_english: Callable[[str], bool]) -> Iterator[tuple[_Found, str]]:
    """Yield surnames, alone, that one letter or accent parts from one that is known better."""
    known = [
        name
        for name in names.first
        if names.counts[name] >= _ENOUGH and len(name) > SHORTEST - 1 and not is_english(name)
    ]
    for word in names.words:
        if not word.text[0].isupper() or word.text in names.first or is_english(word.text):
            continue
        if word.text.isupper() or word.before()[:1].isupper():
            continue
        if not starts_sentence(word.segment.text, word.start) and names.counts[word.text] > 1:
            continue
        near = [
            name
            for name in known
            if names.counts[name] > names.counts[word.text] and _is_near(word.text, name)
        ]
        if len(near) == 1:
            yield word, near[0]


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
    return "".join(one for one in normalize("NFD", word) if not combining(one))
