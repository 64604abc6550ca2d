"""Lines of page furniture, told by their words.

A line's score is the sum of the weights of its marks: its words, pairs of them, beginnings of
long ones, and its shape. The weights are a logistic regression over lines of furniture and of
text; `make train-chrome` makes them, benchmarks/chrome holds the lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import fsum
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.wordlists import lexicon, pieces
from transclean.formats import get_format
from transclean.model import Applicability, Fix, Segment
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    weights: Annotated[str, Meta(description="Lexicon: mark of a line = its weight.")]
    least: Annotated[float, Meta(description="Score from which a line is furniture.")]
    min_words: Annotated[int, Meta(ge=1, description="Words of the shortest line.")] = 1
    first: Annotated[
        float, Meta(ge=0, description="How much more the first line needs: it may be the headline.")
    ] = 1.0


def _literals(options: Options, lexicons: Lexicons) -> None:
    lexicon(lexicons, options.weights)


TYPE = CheckType(Options, _literals)

LONGEST = 220  # characters
MOST_WORDS = 30
BIAS = "(bias)"  # the weight of every line
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_HEAD, _TAIL = 9, 4  # tokens of a long line that count: a headline may stand between
_LONG_WORD, _BEGINNING = 5, 5  # letters
_FIGURES = 5
_LENGTHS = (1, 2, 3, 4, 6, 10, 16)  # words, from which a line is of another length
_TITLE = 0.6  # share of words with a capital
_ALONE = 3.0  # how much more a line needs that is all of the text
_SENTENCE = 2.0  # and one that ends like a sentence
_STOPS = (".", "!", "?", "…", "”", '"')


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the lines whose score is high enough, with their removal."""
    options: Options = context.options
    document = context.document
    lines = [
        segment
        for segment in document.segments
        if may_be_furniture(segment.text) and len(pieces(segment)) >= options.min_words
    ]
    if not lines:
        return
    weights = lexicon(context.lexicons, options.weights)
    first = document.segments[0]
    for line in lines:
        least = options.least + (options.first if line is first else 0.0)
        least += _ALONE if len(document.segments) == 1 else 0.0
        least += _SENTENCE if line.text.endswith(_STOPS) else 0.0
        score = line.once(
            f"furniture {options.weights}",
            lambda line: score_of(line.text, weights),
        )
        if score >= least:
            yield _hit(context, line)


def _hit(context: CheckContext, line: Segment) -> Hit:
    document = context.document
    edits = get_format(document.format).removal(document, line)
    fixes = (Fix(applicability=Applicability.SUGGESTED, edits=edits),) if edits else ()
    start, end = line.span(0, len(line.text))
    return Hit(start=start, end=end, fixes=fixes)


def may_be_furniture(text: str) -> bool:
    """Whether a line is short enough, has a letter, and is no row of a table."""
    return (
        len(text) <= LONGEST
        and len(text.split()) <= MOST_WORDS
        and text.upper() != text.lower()
        and "  " not in text.strip()
    )


def score_of(text: str, weights: Mapping[str, str | float]) -> float:
    """Return the score of a line: the sum of the weights of its marks."""
    # Exact, for a set has another order in every process.
    return fsum(float(weights[mark]) for mark in (BIAS, *marks(text)) if mark in weights)


def marks(text: str) -> set[str]:
    """Return the marks of a line, without blanks and signs of a lexicon."""
    tokens = _folded(_TOKEN.findall(text))
    if len(tokens) > _HEAD + _TAIL + 1:
        tokens = [*tokens[:_HEAD], "…", *tokens[-_TAIL:]]
    words = text.split()
    found = {*tokens, *map("_".join, pairwise(["^", *tokens, "$"]))}
    found |= {f"{token[:_BEGINNING]}-" for token in tokens if len(token) > _LONG_WORD}
    found.add(f"(words{_LENGTHS[max(bisect_right(_LENGTHS, len(words)) - 1, 0)]})")
    if text == text.upper():
        found.add("(capitals)")
    if len(words) > 2 and sum([word[0].isupper() for word in words]) > _TITLE * len(words):
        found.add("(title)")
    if text.count("#") >= len(words) and all(word.startswith("#") for word in words):
        found.add("(tags)")
    if not text.endswith(_STOPS):
        found.add("(open)")
    if "=" in text or "#" in text:
        return {mark for mark in found if "=" not in mark and "#" not in mark}
    return found


def _folded(tokens: list[str]) -> list[str]:
    """Return tokens in lower case with figures as 0, of a long number the first five."""
    if not tokens:
        return []
    folded = re.sub(r"\d", "0", "\n".join(tokens).lower().replace("’", "'")).split("\n")
    return [token[:_FIGURES] if token.isdigit() else token for token in folded]
