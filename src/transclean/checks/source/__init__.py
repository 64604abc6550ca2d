"""What the article and its original do not have in common: numbers, links, names, paragraphs.

The paragraphs of the two are aligned first. What the original has and the article lacks is
told at the paragraph that stands for the original's, or after which it would stand. Whatever a
translator may rightly write in another way (spelt numbers, hours, units) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.source.links import links, quotations_lost
from transclean.checks.source.names import names, sentences_left
from transclean.checks.source.numbers import numbers_added, numbers_changed, numbers_lost
from transclean.checks.source.pair import Pair
from transclean.checks.source.paragraphs import (
    lengths,
    paragraphs_added,
    paragraphs_doubled,
    paragraphs_lost,
)
from transclean.checks.wordlists import lexicon
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons

What = Literal[
    "numbers-lost",
    "numbers-added",
    "numbers-changed",
    "links",
    "quotations",
    "paragraphs",
    "paragraphs-added",
    "paragraphs-doubled",
    "lengths",
    "names",
    "sentences",
]


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    compare: Annotated[What, Meta(description="What is compared.")]
    english: Annotated[
        str | None, Meta(description="For sentences, the lexicon of English function words.")
    ] = None
    first_names: Annotated[
        list[str], Meta(description="For names, the lexicons that tell that a word begins one.")
    ] = []


def _literals(options: Options, lexicons: Lexicons) -> None:
    for name in [*options.first_names, *([options.english] if options.english else [])]:
        lexicon(lexicons, name)


TYPE = CheckType(Options, _literals, sourced=True)


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield what was lost, added or changed of what the rule compares."""
    original = context.document.original
    if original is None or not original.segments or not context.document.segments:
        return
    pair = context.document.once("source-pair", Pair)
    options: Options = context.options
    if options.compare in _COMPARED:
        yield from _COMPARED[options.compare](pair)
    elif options.compare == "names":
        known = frozenset(
            word for name in options.first_names for word in lexicon(context.lexicons, name)
        )
        yield from names(pair, known)
    elif options.english:
        yield from sentences_left(pair, frozenset(lexicon(context.lexicons, options.english)))


_COMPARED: Mapping[str, Callable[[Pair], Iterator[Hit]]] = {
    "numbers-lost": numbers_lost,
    "numbers-added": numbers_added,
    "numbers-changed": numbers_changed,
    "links": links,
    "quotations": quotations_lost,
    "paragraphs": paragraphs_lost,
    "paragraphs-added": paragraphs_added,
    "paragraphs-doubled": paragraphs_doubled,
    "lengths": lengths,
}
