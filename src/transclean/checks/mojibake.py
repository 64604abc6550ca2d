"""Letters and marks that were decoded in a wrong encoding: “â€™” for “’”, “Ã©” for “é”."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit, replacing
from transclean.model import Applicability, Segment, Span
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    subject: Annotated[
        list[str],
        Meta(description="Words, in lower case, of texts that show such letters on purpose."),
    ] = []


# What stands behind nearly all mojibake in Western text; anything else is left alone.
_TARGETS = frozenset(
    chain("“”‘’‚„…–—•€™‹›", map(chr, range(0xA0, 0x180)), "\u0218\u0219\u021a\u021b")
)
_ENCODINGS = ("latin-1", "cp1252", "cp1251", "mac-roman")

_RUN = re.compile(r"[^\x00-\x7f]+ {0,2}")
_TOKEN = re.compile(r"[^\x00-\x20]*[^\x00-\x7f]+(?:[^\x00-\x20]| (?<=[ÃÂ] ))*")
_REACH = 40
_LOST_BYTE = "â€"  # “”” in Windows-1252, its last byte undefined there and dropped


def _literals(_: Options, __: Lexicons) -> frozenset[str]:
    return frozenset(_spellings())


def _spellings() -> set[str]:
    """Return what each target looks like when it is misread."""
    spelt = {_misread(char, encoding) for char in _TARGETS for encoding in _ENCODINGS}
    # A no-break space that became a plain one on the way.
    return spelt | {"Â ", "Ã ", _LOST_BYTE}


def _misread(char: str, encoding: str) -> str:
    return "".join(
        bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in char.encode()
    )


@cache
def _suspects() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_spellings()))))


TYPE = CheckType(Options, _literals)


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the stretches that make sense in another encoding, repaired by ftfy."""
    document = context.document
    options: Options = context.options
    hits = [hit for segment in document.segments for hit in _of_segment(segment)]
    if hits and not any(word in document.body.text.lower() for word in options.subject):
        yield from hits


def _of_segment(segment: Segment) -> Iterator[Hit]:
    text = segment.text
    if text.isascii():
        return
    done = 0
    for found in _suspects().finditer(text):
        if found.start() < done:
            continue
        run = _run_around(text, found.start())
        span, repaired = _repaired(text, run)
        done = max(run.end, span.end)
        if repaired is None:
            continue
        sure = Applicability.SUGGESTED if _is_lost_byte(text, span) else Applicability.SAFE
        yield replacing(
            segment,
            span,
            repaired,
            sure,
            message=f"“{text[span.start : span.end]}” is “{repaired}” in a wrong encoding",
        )


def _run_around(text: str, offset: int) -> Span:
    """Return the run of characters beyond ASCII that holds `offset`, with a space after it."""
    start = offset
    while start and not text[start - 1].isascii():
        start -= 1
    found = _RUN.match(text, start)
    return Span(*found.span()) if found else Span(offset, offset)


def _is_lost_byte(text: str, span: Span) -> bool:
    return text[span.start : span.end] == _LOST_BYTE


def _repaired(text: str, run: Span) -> tuple[Span, str | None]:
    """Return the smallest stretch around a run that is mojibake, and what it should be."""
    from ftfy import fix_encoding

    for span in (run, _token(text, run)):
        old = text[span.start : span.end]
        # An English sentence has no use for the no-break spaces of other typography.
        new = fix_encoding(old).replace("\u00a0", " ")
        if new != old and all(char.isascii() or char in _TARGETS for char in new):
            return _trimmed(old, new, span.start)
    at = text.find(_LOST_BYTE, run.start, run.end)
    if at >= 0 and not text[at + 2 : at + 3].isalnum():
        return Span(at, at + 2), "”"
    return run, None


def _token(text: str, run: Span) -> Span:
    """Return the run with the rest of its word, which tells ftfy more; at most _REACH on."""
    low = max(0, run.start - _REACH)
    start = max(low, *(text.rfind(space, low, run.start) + 1 for space in " \n"))
    found = _TOKEN.match(text, start, run.end + _REACH)
    return Span(*found.span()) if found and found.end() >= run.end else run


def _trimmed(old: str, new: str, start: int) -> tuple[Span, str]:
    """Return the span of what changed, without what both have at either end."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Span(start + head, start + len(old) - tail), new[head : len(new) - tail]
