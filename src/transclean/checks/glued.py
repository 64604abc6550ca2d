"""Words glued together where a link or a bold run of the page began or ended."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import repeat
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.wordlists import pieces, unlisted
from transclean.model import Applicability, Document, Fix, Segment
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons, PackedEntries

Form = Literal["lower", "capital", "camel", "capitals"]
Entries = tuple[Mapping[str, str], ...]  # of lexicons


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    first: Annotated[
        list[str], Meta(description="Lexicons of what the first word may be; any if none.")
    ] = []
    second: Annotated[
        list[str], Meta(description="Lexicons of what the second word may be; any in camel form.")
    ] = []
    known: Annotated[
        list[str], Meta(description="Lexicons of words that are whole, also those that look glued.")
    ]
    applicability: Annotated[Applicability, Meta(description="Of the space put in.")]
    form: Annotated[
        Form,
        Meta(
            description="lower: verdictthe; capital: Regionchaired; camel: ofSerra; "
            "capitals: LilianeRoux."
        ),
    ] = "lower"
    names: Annotated[
        bool,
        Meta(description="The first word may be a name that stands elsewhere in the document."),
    ] = False
    comma: Annotated[
        bool, Meta(description="Offer a comma and a space as well; a comma may have been lost.")
    ] = False
    never: Annotated[
        list[str], Meta(description="Lexicons of what the second word may not be.")
    ] = []
    once: Annotated[
        bool, Meta(description="Only words that stand once: what recurs is a term.")
    ] = False
    ends: Annotated[list[str], Meta(description="How the first word must end.")] = []
    min_first: Annotated[int, Meta(ge=1, description="Letters of the first word.")] = 3
    min_second: Annotated[int, Meta(ge=1, description="Letters of the second word.")] = 1
    min_letters: Annotated[int, Meta(ge=5, description="Letters of both words.")] = 7


def _literals(options: Options, lexicons: Lexicons) -> None:
    for name in (*options.first, *options.second, *options.never, *options.known):
        lexicons[name]


TYPE = CheckType(Options, _literals)

# A word of letters alone: no part of a name with signs, a path, an address or a handle. After a
# hyphen it may be the end of “100-year-oldwoman”.
_LONG_WORD = r"(?<![\w’'.@/#\\(])[^\W\d_]{5,}(?![\w’'@/\\(=-]|[.:]\w)"  # compiled on use
_MARKS = ".,;:!?…()[]“”‘’«»„'\""
_LEAST = 5  # letters
_CAMEL = re.compile(r"([a-z]{2,})[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+")
_CAPITALS = re.compile(r"([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,})[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,}")
_MOST_CAMELS = 3  # more of them in a document are names of programs and their parts


class _Words(dict[str, str]):
    """Long words of a document that can be glued ones, each with its lower case."""

    @cached_property
    def heads(self) -> frozenset[str]:
        """What they begin with, in lower case."""
        return frozenset(word[:at] for word in self.values() for at in range(1, len(word)))

    @cached_property
    def tails(self) -> frozenset[str]:
        """What they end with, in lower case."""
        return frozenset(word[at:] for word in self.values() for at in range(1, len(word)))


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the words that are two, with a space put between them."""
    options: Options = context.options
    splits = _splits(context, options)
    if not splits:
        return
    for segment in context.document.segments:
        for found in re.finditer(_LONG_WORD, segment.text):
            if found[0] in splits:
                yield _hit(segment, found.start(), found[0], splits[found[0]], options)


def _hit(segment: Segment, at: int, word: str, length: int, options: Options) -> Hit:
    start, end = segment.span(at, at + len(word))
    fixes = []
    for between in (" ", ", ") if options.comma else (" ",):
        edits = segment.edits(at + length, at + length, between)
        if edits:
            fixes.append(Fix(applicability=options.applicability, edits=edits))
    return Hit(start=start, end=end, fixes=tuple(fixes))


def _splits(context: CheckContext, options: Options) -> dict[str, int]:
    """Return the glued words of the document, and how long the first half of each is."""
    words = _unknown_words(context, options)[options.form]
    if not words:
        return {}
    second = _entries(context, options.second)
    inside = options.form in ("lower", "capital")
    if inside and not _may_have(second, words.tails):
        return {}
    first = _entries(context, options.first)
    if inside and not options.names and not _may_have(first, words.heads):
        return {}
    never, ends = _entries(context, options.never), tuple(options.ends)
    found = {}
    for word, lower in words.items():
        if len(word) < options.min_letters:
            continue
        for length in _lengths(word, lower, second, options):
            head = lower[:length]
            said = word[:length] if options.form == "capitals" else head
            known = (
                not first
                or _is_in(said, first)
                or (options.names and word[:length] in _named(context.document))
            )
            if not known or _is_in(lower[length:], never) or (ends and not head.endswith(ends)):
                continue
            if not (options.once and context.document.body.text.count(word) > 1):
                found[word] = length
                break
    return found


def _entries(context: CheckContext, names: list[str]) -> Entries:
    return tuple([context.lexicons[name].words for name in names])


def _is_in(word: str, entries: Entries) -> bool:
    for words in entries:  # noqa: SIM110  # asked too often for a generator
        if word in words:
            return True
    return False


def _may_have(entries: Entries, parts: frozenset[str]) -> bool:
    """Whether one of `parts` may be an entry; of long lists that is not asked at once."""
    for words in entries:
        if isinstance(words, PackedEntries) or not words.keys().isdisjoint(parts):
            return True
    return not entries


def _lengths(word: str, lower: str, second: Entries, options: Options) -> list[int]:
    """Return where the word may be parted, the longest second word first."""
    if options.form == "camel":
        head = _CAMEL.fullmatch(word)
        return [len(head[1])] if head and len(head[1]) >= options.min_first else []
    if options.form == "capitals":
        head = _CAPITALS.fullmatch(word)
        if not head or len(head[1]) < options.min_first:
            return []
        tail = word[len(head[1]) :]
        fits = len(tail) >= options.min_second and (not second or _is_in(tail, second))
        return [len(head[1])] if fits else []
    lengths = range(options.min_first, len(word) - options.min_second + 1)
    return [length for length in lengths for words in second if lower[length:] in words]


def _unknown_words(context: CheckContext, options: Options) -> dict[Form, _Words]:
    """Return the document's long words that are no known ones, found once for all rules."""
    return context.document.once(
        f"unknown words {' '.join(options.known)}",
        lambda document: _long_words(document, _entries(context, options.known)),
    )


def _long_words(document: Document, known: Entries) -> dict[Form, _Words]:
    spelt = _runs_of_letters({p for s in document.segments for p in pieces(s) if len(p) >= _LEAST})
    small = set(filter(str.islower, spelt))
    large = {word: word.lower() for word in spelt - small}
    unknown = unlisted(small.union(large.values()), known)
    words: dict[Form, _Words] = {form: _Words() for form in get_args(Form)}
    words["lower"].update((word, word) for word in small & unknown)
    for word, lower in large.items():
        if lower not in unknown:
            continue
        if word[1:] == lower[1:]:
            words["capital"][word] = lower
        elif _CAMEL.fullmatch(word):
            words["camel"][word] = lower
        elif _CAPITALS.fullmatch(word):
            words["capitals"][word] = lower
    for form in ("camel", "capitals"):
        if len(words[form]) > _MOST_CAMELS:
            words[form].clear()
    return words


def _runs_of_letters(tokens: set[str]) -> set[str]:
    """Return the long words of tokens without the marks around them, or behind a hyphen there."""
    words = set(filter(str.isalpha, tokens))
    others = set(map(str.strip, tokens - words, repeat(_MARKS)))
    others.update([other.rpartition("-")[2] for other in others if "-" in other])
    words.update([word for word in filter(str.isalpha, others) if len(word) >= _LEAST])
    return words


def _named(document: Document) -> frozenset[str]:
    """Return the words of the document as they are spelt."""
    return document.once(
        "spelt-words", lambda document: frozenset(re.findall(r"[^\W\d_]+", document.body.text))
    )
