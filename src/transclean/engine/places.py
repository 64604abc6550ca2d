"""Whether a match stands where its rule looks: contexts, quotations, the margins of an article."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from transclean.model import Document, Segment, SegmentKind, Span
from transclean.prose import in_quotation, sentence_at, sentences
from transclean.rulebook.book import Rule, Rulebook
from transclean.rulebook.patterns import fill_references, references_of
from transclean.rulebook.types import Context, Where

_PROSE_WORDS = 25  # a shorter paragraph of one sentence may be a caption or a notice


class Contexts:
    """Looks for the contexts of a rule's matches, within a time limit in seconds."""

    def __init__(self, document: Document, book: Rulebook, timeout: float) -> None:
        self.document, self.book, self.timeout = document, book, timeout
        self._known: dict[int, dict[str, list[Span]]] = {}  # by segment and pattern
        self._somewhere: dict[tuple[str, bool], bool] = {}  # by pattern; in the whole or a segment

    def allow(self, rule: Rule, match: Any, segment: Segment) -> bool:
        """Whether the match stands in every context it needs, and in none it must not."""
        return (
            stands(rule.where, match.start(), segment, self.document)
            and not any(self.found(context, match, segment) for context in rule.unless)
            and all(self.found(context, match, segment) for context in rule.when)
        )

    def found(self, context: Context, match: Any, segment: Segment) -> bool:
        """Whether the context is there for this match."""
        source = context.pattern
        if references_of(source):
            source = fill_references(source, {"0": match[0], **match.groupdict()})
        if context.scope == "document":
            return self._in_document(source, segment)
        if context.scope == "segment":
            return bool(self._spans(source, segment))
        if context.scope == "sentence":
            start, end = sentence_at(segment, match.start())
        else:
            start, end = match.start(), max(match.end(), match.start() + 1)
        return _overlaps(self._spans(source, segment), start, end)

    def _in_document(self, source: str, segment: Segment) -> bool:
        """Return whether the pattern stands in the document, looked for once, not per match."""
        whole = segment.kind is SegmentKind.DOCUMENT
        key = (source, whole)
        if key not in self._somewhere:
            views = [segment] if whole else self.document.segments
            self._somewhere[key] = any(self._spans(source, view) for view in views)
        return self._somewhere[key]

    def _spans(self, source: str, segment: Segment) -> list[Span]:
        """Return where the pattern stands in a segment, looked for once."""
        known = self._known.setdefault(id(segment), {})
        if source not in known:
            found = self.book.context(source).finditer(segment.text, timeout=self.timeout)
            known[source] = [Span(*match.span()) for match in found]
        return known[source]


def _overlaps(spans: list[Span], start: int, end: int) -> bool:
    """Whether one of the spans, sorted and disjoint, shares a character with start to end."""
    at = bisect_left(spans, (start, start))
    return any(span.start < end and start < span.end for span in spans[max(0, at - 1) : at + 1])


def stands(where: Where, offset: int, segment: Segment, document: Document) -> bool:
    """Whether `offset` of a segment is where a rule looks."""
    if where.quotation != "any" and in_quotation(segment, offset) != (where.quotation == "inside"):
        return False
    if where.place == "any":
        return True
    start, end = document.once("prose", prose)
    inside = start <= segment.span(offset, offset).start < end
    return inside == (where.place == "body")


def prose(document: Document) -> tuple[int, int]:
    """Return where the article's prose begins and ends: its first and last real paragraph."""
    paragraphs = [segment for segment in document.segments if _is_prose(segment)]
    return (paragraphs[0].start, paragraphs[-1].end) if paragraphs else (0, 0)


def _is_prose(segment: Segment) -> bool:
    if segment.kind not in (SegmentKind.PARAGRAPH, SegmentKind.QUOTATION):
        return False
    return len(sentences(segment)) > 1 or len(segment.text.split()) >= _PROSE_WORDS
