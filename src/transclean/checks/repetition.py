"""What stands twice: words, loops of a translator, sentences, paragraphs, headlines."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, count, pairwise, repeat
from operator import eq
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.checks.wordlists import pieces
from transclean.formats import get_format
from transclean.model import Applicability, Document, Edit, Fix, Segment, SegmentKind, Span
from transclean.prose import in_quotation, sentences
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons

Kind = Literal["word", "loop", "sentence", "line", "paragraph"]


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    find: Annotated[Kind, Meta(description="What stands twice.")]
    min_letters: Annotated[int, Meta(ge=1, description="Letters of the shortest word.")] = 5
    min_words: Annotated[int, Meta(ge=1, description="Words of the shortest stretch.")] = 4
    doubled_on_purpose: Annotated[
        list[str], Meta(description="Words, in lower case, that people double.")
    ] = []


def _literals(_: Options, __: Lexicons) -> None:
    return None


TYPE = CheckType(Options, _literals)

_TOP = 5  # lines in which a headline stands
_PROSE = 8  # words of a sentence that is no verse
_BYLINES = 10  # lines in which a byline stands
_BOILERPLATE = 4  # times; a paragraph that stands so often is a refrain or a form
_WINDOW, _DISTINCT = 24, 18  # a window of words with few distinct ones may hold a loop
_LONGEST = 6  # words of what a translator repeats
_SITE = r"\s+[|•·–—-]\s+[^|•·–—]{2,40}$"  # compiled on use: few titles stand twice


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield what the options look for, with the second one taken out."""
    options: Options = context.options
    document = context.document
    if options.find == "line":
        yield from _lines(document, options)
    elif options.find == "paragraph":
        yield from _paragraphs(document, options)
    elif options.find != "loop" or _may_have_loops(document):
        finder = {"word": _words, "loop": _loops, "sentence": _sentences}[options.find]
        for segment in document.segments:
            yield from finder(segment, options)


def _words(segment: Segment, options: Options) -> Iterator[Hit]:
    words = pieces(segment)
    # What begins like the word before it.
    again = compress(words, map(str.startswith, words[1:], words))
    if not any(len(word) >= options.min_letters for word in again):
        return
    at, words = 0, segment.text.split(" ")
    for word, second in pairwise(words):
        core = second.rstrip(".,;:!?…”’\"')")
        end = at + len(word)
        if word == core and len(word) >= options.min_letters and _is_doubled(word, options):
            span = Span(at, end + 1 + len(core))
            if not in_quotation(segment, at):
                yield replacing(segment, span, "", taken=Span(end, span.end))
        at = end + 1


def _is_doubled(word: str, options: Options) -> bool:
    return word.isalpha() and word.islower() and word not in options.doubled_on_purpose


def _may_have_loops(document: Document) -> bool:
    """Whether three stretches of words in a row are the same.

    There each word but those of the last stretch is the same as the one a stretch later: so is
    one of any that are no farther apart than the two are long.
    """
    words = [word for segment in document.segments for word in pieces(segment)]
    for length in range(1, _LONGEST + 1):
        step = 2 * length
        for at in compress(count(0, step), map(eq, words[::step], words[length::step])):
            first = last = at
            while first and words[first - 1] == words[first - 1 + length]:
                first -= 1
            while last + length < len(words) and words[last] == words[last + length]:
                last += 1
            if last - first >= step:
                return True
    return False


def _loops(segment: Segment, options: Options) -> Iterator[Hit]:
    words = segment.text.split(" ")
    if not _may_loop(words):
        return
    offsets = list(accumulate((len(word) + 1 for word in words), initial=0))
    done = 0
    for at in range(len(words)):
        if at < done or words[at] not in words[at + 1 : at + 1 + _LONGEST]:
            continue
        for length in range(1, _LONGEST + 1):
            # Counted only where it is a loop, or a list of figures would take quadratic time.
            phrase = words[at : at + length]
            if words[at + length : at + 2 * length] != phrase or not _is_loop(phrase, options):
                continue
            times = _times(words, at, length)
            if times >= (4 if length < 3 else 3):
                done = at + times * length
                span = Span(offsets[at], offsets[done] - 1)
                if not in_quotation(segment, span.start):
                    taken = Span(offsets[at + length] - 1, span.end)
                    yield replacing(segment, span, "", taken=taken)
                break


def _may_loop(words: Sequence[str]) -> bool:
    """Whether a window of the words has few distinct ones."""
    for at in range(0, max(1, len(words) - _WINDOW // 2), _WINDOW // 2):
        window = words[at : at + _WINDOW]
        if len(set(window)) <= min(_DISTINCT, len(window) - 4):
            return True
    return False


def _times(words: Sequence[str], at: int, length: int) -> int:
    """Return how often words[at : at + length] stands in a row."""
    phrase, times = words[at : at + length], 1
    while words[at + times * length : at + (times + 1) * length] == phrase:
        times += 1
    return times


def _is_loop(phrase: Sequence[str], options: Options) -> bool:
    """Whether it is a stretch of prose: chants have commas, tables figures."""
    text = "".join(phrase)
    return text.replace("’", "").replace("'", "").isalpha() and len(text) >= options.min_letters


def _sentences(segment: Segment, options: Options) -> Iterator[Hit]:
    text = segment.text
    said = list(map(str.rstrip, text.split(". "), repeat('.!?…”" ')))
    again = compress(said[1:], map(str.endswith, said, said[1:]))
    if not any(len(one) > 15 for one in again):
        return
    for first, second in pairwise(sentences(segment)):
        one = text[slice(*first)]
        if one == text[slice(*second)] and len(one.split()) >= options.min_words:
            taken = Span(first.end, second.end)
            yield replacing(segment, Span(first.start, second.end), "", taken=taken)


def _lines(document: Document, options: Options) -> Iterator[Hit]:
    """Yield lines that follow themselves, and titles with the site's name that do."""
    for number, (first, second) in enumerate(pairwise(document.segments)):
        if _initial(first) != _initial(second):
            continue
        title, again = _plain(first), _plain(second)
        if title == again:
            words = len(title.split())
            if words >= options.min_words and not _is_verse(document, first, second, number):
                safe = number < _TOP and _goes_on(document, number + 2)
                yield _removal(document, first, second, taken=first, safe=safe)
            elif number < _BYLINES and _is_byline(first.text):
                yield _removal(document, first, second, taken=first, safe=False)
        elif number < _TOP and (title.startswith(again) or again.startswith(title)):
            longer, short = (first, again) if len(title) > len(again) else (second, title)
            is_same = re.sub(_SITE, "", longer.text).strip().casefold() == short
            if is_same and len(short.split()) >= options.min_words:
                yield _removal(document, first, second, taken=longer, safe=False)


def _is_verse(document: Document, first: Segment, second: Segment, number: int) -> bool:
    """Whether the lines may be a poem's: they end like one, or stand close below another."""
    if first.kind is not SegmentKind.HEADING:
        apart = document.said(first.end, second.start).count("\n") > 1
        return not apart or first.text[-1] in ",;:" or len(first.text.split()) < _PROSE
    return number > 1 and document.said(first.end, second.start).count("\n") < 2


def _initial(segment: Segment) -> str:
    return segment.text.lstrip()[:1].casefold()[:1]


def _plain(segment: Segment) -> str:
    return segment.once("plain", lambda segment: " ".join(segment.text.split()).casefold())


def _is_byline(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _goes_on(document: Document, number: int) -> bool:
    """Whether an article follows, and no poem or table."""
    return any(len(segment.text.split()) >= 20 for segment in document.segments[number:])


def _paragraphs(document: Document, options: Options) -> Iterator[Hit]:
    seen: dict[str, list[int]] = {}
    for number, segment in enumerate(document.segments):
        if len(segment.text) > 40:
            seen.setdefault(segment.text, []).append(number)
    if len(seen) == len(document.segments):
        return
    for text, numbers in seen.items():
        if 1 < len(numbers) < _BOILERPLATE and len(text.split()) >= options.min_words:
            for number in numbers[1:]:
                # Side by side: a line that stands twice.
                if number - 1 not in numbers:
                    segment = document.segments[number]
                    yield _removal(document, segment, segment, taken=segment, safe=False)


def _removal(
    document: Document, first: Segment, second: Segment, *, taken: Segment, safe: bool
) -> Hit:
    edits: tuple[Edit, ...] | None = get_format(document.format).removal(document, taken)
    sure = Applicability.SAFE if safe else Applicability.SUGGESTED
    fixes = (Fix(applicability=sure, edits=edits),) if edits else ()
    return Hit(start=first.start, end=second.end, fixes=fixes)
