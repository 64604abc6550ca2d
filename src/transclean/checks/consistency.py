"""Names that the document has twice: as they are, and translated word for word."""

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.wordlists import capitals, lexicon, spelt
from transclean.model import Applicability, Document, Evidence, Fix, Segment, Span
from transclean.prose import starts_sentence
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    names: Annotated[str, Meta(description="Lexicon: English word = names that mean it.")]


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    return frozenset(f"|{word}|" for word in lexicon(lexicons, options.names))


TYPE = CheckType(Options, _literals)

# Before a name that is translated: a first name, an office, a title.
_BEFORE = r"([^\W\d_]+\.?)[\s]$"
_HONORIFICS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lord", "Lady", "Prof"})
# Words before it that make it part of another name: the White House, New Bridge.
_AFTER_NAME = r"\s[A-Z]"


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield translated names whose right form stands elsewhere in the document."""
    document, options = context.document, context.options
    names_of = lexicon(context.lexicons, options.names)
    if names_of.keys().isdisjoint(spelt(document)):
        return
    large = capitals(document)
    for word in names_of:
        if word not in large:
            continue
        right = [name for name in names_of[word].split() if name in large]
        if len(right) == 1 and not _stands_small(document, word):
            yield from _hits(document, word, right[0])


def _stands_small(document: Document, word: str) -> bool:
    """Whether the document has the word in lower case as well, as an ordinary one."""
    return re.search(rf"\b{word.lower()}\b", document.body.text) is not None


def _hits(document: Document, word: str, name: str) -> Iterator[Hit]:
    """Yield where the word stands for the name; a first name of its own makes it another's."""
    people, others = _first_names(document, name), _first_names(document, word)
    if others - people:
        # A full name first, the surname alone after it: one person. Any other is another.
        if people or len(others) > 1 or others & _HONORIFICS:
            return
        if document.body.text.find(word) > document.body.text.find(name):
            return
        people = others
    found = re.search(rf"\b{re.escape(name)}\b", document.body.text)
    if found is None:
        return
    at, stop = document.body.span(*found.span())
    evidence = Evidence(start=at, end=stop, reason=f"here it is “{name}”")
    for segment in document.segments:
        for match in re.finditer(rf"\b{word}\b", segment.text):
            span = Span(*match.span())
            if _is_the_name(segment, span, people):
                edits = segment.edits(*span, name)
                start, end = segment.span(*span)
                fix = Fix(applicability=Applicability.SUGGESTED, edits=edits or ())
                yield Hit(
                    start=start,
                    end=end,
                    fixes=(fix,) if edits else (),
                    evidence=(evidence,),
                    message=f"“{word}” is “{name}” translated; the document has the name as well",
                )


def _first_names(document: Document, name: str) -> frozenset[str]:
    """Return the words with a capital before a name, “Mrs” and the like among them."""
    before = re.finditer(rf"([^\W\d_]+)\.?\s{re.escape(name)}\b", document.body.text)
    return frozenset(found[1] for found in before if found[1][0].isupper())


def _is_the_name(segment: Segment, span: Span, people: frozenset[str]) -> bool:
    text = segment.text
    if re.compile(_AFTER_NAME).match(text, span.end):  # the White House
        return False
    before = re.compile(_BEFORE).search(text, max(0, span.start - 30), span.start)
    word = before[1] if before else ""
    if word in ("the", "The", "a", "A", "an", "An", "of"):
        return False
    if word[:1].isupper() and not starts_sentence(text, span.start - len(word) - 1):
        return word in people
    # Alone at the start of a sentence it may be the ordinary word.
    return word in people or not starts_sentence(text, span.start)
