"""The sources that a file of translations holds, as the original of its document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from transclean.model import Document, Segment, SegmentKind

_BETWEEN = "\n\n"


class Entry(NamedTuple):
    """What a source says, and which segments of the document, by number, are its translation."""

    source: tuple[Segment, ...]
    translation: range


def with_sources(document: Document, entries: Iterable[Entry]) -> Document:
    """Return the document with an original: the sources, beside the segments made of them."""
    texts: list[str] = []
    steps: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for entry in entries:
        if entry.source and entry.translation:
            theirs = range(len(texts), len(texts) + len(entry.source))
            texts += (segment.text for segment in entry.source)
            steps.append((tuple(theirs), tuple(entry.translation)))
    if not steps:
        return document
    text = _BETWEEN.join(texts)
    segments, at = [], 0
    for said in texts:
        segments.append(Segment.exact(SegmentKind.PARAGRAPH, text, at, at + len(said)))
        at += len(said) + len(_BETWEEN)
    original = Document(
        path=document.path,
        text=text,
        format="text",
        segments=tuple(segments),
        body=Segment.exact(SegmentKind.DOCUMENT, text, 0, len(text)),
    )
    return msgspec.structs.replace(document, original=original, steps=tuple(steps))
