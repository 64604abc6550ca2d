"""Sentences and quotations of a segment, found by form alone."""

from __future__ import annotations

import re
from functools import cache

from transclean.model import Segment, Span

# Words before a full stop that does not end a sentence, English and the source languages'.
_ABBREVIATIONS = """
    mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm rev hon pres st ste mt ft m mm
    mme mmes mlle me sr sra srta srs sig dott avv fr hr dra no nos nr vs vol ed fig pp art jan
    feb mar apr jun jul aug sep sept oct nov dec approx ca cf al
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
_LONGEST = max(map(len, ABBREVIATIONS))
OPENERS = "“‘„«‹\"'([¿¡—–- \t\u00a0\u202f"

# Compiled on use: in most articles no rule asks for sentences or quotations.
# A class first, not a group of several: `re` leaps to its next character.
_BREAK = r"[.!?…][.!?…]*([”’»›\"')\]]*)\s+(?=[“‘„«‹\"'(\[¿¡]*(\w))"
_LAST_WORD = r"((?:[^\W\d_]|\.)+)\.$"
_MARKS = r"[“”„«»\"]"
_CLOSING = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_STOPS, _BRACKETS = ",.;", "([—–-"


_compiled = cache(re.compile)


def _ends_sentence(text: str, stop: int) -> bool:
    """Whether the full stop before `stop` ends a sentence rather than an abbreviation."""
    if stop > _LONGEST + 1 and text[stop - _LONGEST - 2 : stop - 1].isalpha():
        return True  # after a word that is longer than all of them
    known = text[max(0, stop - 24) : stop - 1].rpartition(" ")[2].lower()
    if not known.isalpha():
        word = _compiled(_LAST_WORD).search(text, max(0, stop - 24), stop)
        if not word:
            return True
        known = word[1].lower()
    return not (known in ABBREVIATIONS or len(known) == 1 or ("." in known and len(known) < 6))


def _sentences(segment: Segment) -> tuple[Span, ...]:
    text, spans, start = segment.text, [], 0
    for mark in _compiled(_BREAK).finditer(text):
        first = mark[2]
        if not (first.isupper() or first.istitle() or first.isdecimal()):
            continue
        stop, end = mark.span(1)
        if stop - mark.start() > 1 or text[stop - 1] != "." or _ends_sentence(text, stop):
            spans.append(Span(start, end))
            start = mark.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return tuple(spans)


def sentences(segment: Segment) -> tuple[Span, ...]:
    """Return the sentences of the segment's view, in order, without the space between them."""
    return segment.once("sentences", _sentences)


def sentence_at(segment: Segment, offset: int) -> Span:
    """Return the sentence that holds `offset`, or the one before it in a gap."""
    found = Span(0, len(segment.text))
    for span in sentences(segment):
        if span.start > offset:
            break
        found = span
    return found


def starts_sentence(text: str, offset: int) -> bool:
    """Whether a sentence begins at `offset` of `text`, opening marks before it left aside."""
    before = text[max(0, offset - 80) : offset].rstrip(OPENERS)
    if not before:
        return offset <= 80 or not text[:offset].rstrip(OPENERS)
    if before[-1] in "\n\r":
        return True
    if before[-1] in "”’»›\"')]":
        before = before.rstrip("”’»›\"')]")
    if not before or before[-1] not in ".!?…" or offset == 0 or text[offset - 1] in ".!?…":
        return False
    return before[-1] != "." or _ends_sentence(before, len(before))


def _quotations(segment: Segment) -> tuple[Span, ...]:
    text, spans, opened, closing = segment.text, [], -1, ""
    inner: set[str] = set()  # marks of another kind that opened within
    for mark in _compiled(_MARKS).finditer(text):
        char, at = mark[0], mark.start()
        closes = _closes(text, at)
        if opened < 0:
            if char in _CLOSING and not closes:
                opened, closing = at, _CLOSING[char]
        elif char in closing or (closes and not any(char in _CLOSING[one] for one in inner)):
            spans.append(Span(opened, at + 1))
            opened = -1
            inner.clear()
        elif closes:
            inner = {one for one in inner if char not in _CLOSING[one]}
        elif char in _CLOSING and char != text[opened]:
            inner.add(char)
    if opened >= 0:
        spans.append(Span(opened, len(text)))
    return tuple(spans)


def _closes(text: str, at: int) -> bool:
    """Whether the mark at a place closes by what stands around it, be it turned or not."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if after and after in _STOPS:
        return True
    return bool(before) and not before.isspace() and before not in _BRACKETS and not after.isalnum()


def quotations(segment: Segment) -> tuple[Span, ...]:
    """Return the quotations of the segment's view with their marks.

    One that is not closed reaches to the end, as in a quotation of several paragraphs.
    """
    return segment.once("quotations", _quotations)


def in_quotation(segment: Segment, offset: int) -> bool:
    """Whether `offset` of the view lies inside quotation marks."""
    return any(span.start < offset < span.end for span in quotations(segment))


def begins_large(text: str) -> bool:
    """Whether the first letter of a text is a capital."""
    return next((char.isupper() for char in text if char.isalpha()), False)


def like_case(old: str, new: str) -> str:
    """Return `new` in the capitals of `old`: CAPITALS, Capital, or as it is."""
    letters = [char for char in old if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return new.upper()
    return new[:1].upper() + new[1:] if begins_large(old) else new
