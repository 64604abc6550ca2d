"""Quotation marks that do not pair: one that is never closed, or never opened."""

import re
from collections.abc import Iterator

import msgspec

from transclean.checks import CheckContext, Hit
from transclean.model import Segment
from transclean.prose import sentence_at
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check: nothing yet."""


def _literals(_: Options, __: Lexicons) -> frozenset[str]:
    return frozenset("“”")


TYPE = CheckType(Options, _literals)

_MARKS = re.compile("[“”„]")
_FOREIGN = re.compile('[„«»‹›"]')  # other marks, whose pairs are other rules' business


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the marks that have no partner; nested ones of one kind are taken for right.

    A quotation of several paragraphs opens each of them and closes the last.
    """
    segments = context.document.segments
    goes_on = False
    for number, segment in enumerate(segments):
        following = segments[number + 1] if number + 1 < len(segments) else None
        opened: list[int] = []
        for mark in _MARKS.finditer(segment.text):
            at = mark.start()
            if mark[0] != "”" or (not opened and _is_turned(segment.text, at)):
                if not _is_inches(segment.text, at):
                    opened.append(at)
            elif opened:
                opened.pop()
            elif goes_on:
                goes_on = False
            elif not _is_inches(segment.text, at):
                yield from _hit(segment, at, at + 1, "closes what was not opened")
        if opened:
            goes_on = following is not None and _continues(following)
            if not goes_on and segment.text[opened[-1]] == "“":
                # The other mark is missing somewhere in the sentence.
                end = max(opened[-1] + 1, sentence_at(segment, opened[-1]).end)
                yield from _hit(segment, opened[-1], end, "is not closed")


def _is_turned(text: str, at: int) -> bool:
    """Whether a closing mark stands where a quotation opens: no matter of pairs."""
    return text[at + 1 : at + 2].isalnum() and not text[max(0, at - 1) : at].strip("( ")


def _is_inches(text: str, at: int) -> bool:
    """Whether it stands for inches: 6” or, less well, 6 “."""
    before, after = text[max(0, at - 2) : at].strip()[-1:], text[at + 1 : at + 2]
    return before.isdigit() and not after.isalnum()


def _continues(segment: Segment) -> bool:
    """Whether the paragraph goes on with a quotation: it opens it anew, or closes it."""
    if segment.text.lstrip().startswith("“"):
        return True
    first = _MARKS.search(segment.text)
    return first is not None and first[0] == "”"


def _hit(segment: Segment, start: int, end: int, what: str) -> Iterator[Hit]:
    if not _FOREIGN.search(segment.text):
        start, end = segment.span(start, end)
        yield Hit(start=start, end=end, message=f"Quotation mark that {what}")
