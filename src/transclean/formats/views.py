"""Views of prose that lies in markup: built from pieces, and edited so that markup stays whole.

A reader walks a document and hands its pieces to a `Builder`: text, characters written
otherwise (entities, escapes), inline elements, and markup that shows nothing. What comes out
are segments whose edits keep every element in one piece.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from transclean.formats import Options
from transclean.formats.plain import LONGEST
from transclean.formats.protected import protected_spans
from transclean.model import Document, Edit, Mark, Run, Segment, SegmentKind, Span

OBJECT = "\ufffc"  # stands in a view for what is no text: an image, a formula
# Writes a replacement as document[start:end] asks for it; None where that place can't hold it.
Escape = Callable[[str, str, int, int], "str | None"]


def words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


# Inline elements of HTML that may vanish with all their text, and those that may not.
LOOSE = words("b big em font i mark nobr s small span strike strong sub sup tt u")
FIRM = words(
    "a abbr acronym bdi bdo cite data del dfn ins label q rb rt rp ruby time code kbd samp var"
)

_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
_LETTER = re.compile(r"[^\W_]")
_MOST_WORDS = 400  # of a stretch that is compared word by word


class Element(NamedTuple):
    """An inline element of a segment: where it stands, its text, and its text in the view.

    A loose one (emphasis) may go with all of its text; a firm one (a link, a comment) may not.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    view_start: int
    view_end: int
    loose: bool


class MarkupSegment(Segment, frozen=True, dict=True, eq=False):
    """A segment with inline elements, whose replacements are written as its format asks for."""

    document: str = ""
    elements: tuple[Element, ...] = ()
    escape: Escape | None = None

    def edits(self, start: int, end: int, replacement: str) -> tuple[Edit, ...] | None:
        """Return the edits that replace view[start:end] and cut no element, or None."""
        if start == end:
            return self._insertion(start, replacement)
        if len(self._pieces(start, end)) == 1:
            edit = self._edit(start, end, replacement)
            return None if edit is None else (edit,)
        changes = _changes(self.text[start:end], replacement)
        return self._several((start + a, start + b, new) for a, b, new in changes)

    def _several(self, changes: Iterable[tuple[int, int, str]]) -> tuple[Edit, ...] | None:
        made: list[Edit] = []
        emptied: list[tuple[int, int]] = []
        for start, end, new in changes:
            part = self._change(start, end, new)
            if part is None:
                return None
            made += part
            emptied.append((start, end if not new else start))
        made.sort()
        if any(one.end > other.start for one, other in pairwise(made)):
            return None
        return None if self._leaves_empty(made) else tuple(made)

    def _leaves_empty(self, edits: list[Edit]) -> bool:
        """Whether the edits take all text out of an element and leave its markup."""
        for element in self.elements:
            if element.view_start == element.view_end:
                continue
            inside = [
                e for e in edits if e.start < element.inner_end and e.end > element.inner_start
            ]
            if any(e.start <= element.start and element.end <= e.end for e in inside):
                continue
            if any(e.replacement for e in edits if element.inner_start <= e.start
                   and e.end <= element.inner_end):  # fmt: skip
                continue
            taken = sum(
                min(run.end, e.end) - max(run.start, e.start)
                for e in inside
                for run in self._runs(element.view_start, element.view_end)
                if run.start < e.end and e.start < run.end
            )
            whole = sum(r.end - r.start for r in self._runs(element.view_start, element.view_end))
            if taken >= whole:
                return True
        return False

    def _change(self, start: int, end: int, new: str) -> tuple[Edit, ...] | None:
        """Return the edits of one change: a single one, or one for each run of text."""
        if start == end:
            return self._insertion(start, new)
        edit = self._edit(start, end, new)
        if edit is not None:
            return (edit,)
        pieces = self._pieces(start, end)
        if len(pieces) == 1:
            return None
        made = []
        for number, piece in enumerate(pieces):
            edit = self._edit(*piece, "" if number else new)
            if edit is None:
                return None
            made.append(edit)
        return tuple(made)

    def _edit(self, start: int, end: int, new: str) -> Edit | None:
        """Return the one edit that replaces view[start:end], or None where it cuts an element.

        Loose elements whose text it covers go with it, unless they hold all of it.
        """
        begin, finish = self.span(start, end)
        grown = True
        while grown:
            grown = False
            for element in self.elements:
                covers = start <= element.view_start < element.view_end <= end
                within = element.inner_start <= begin and finish <= element.inner_end
                if element.loose and covers and (not within or not new):
                    wider = Span(min(begin, element.start), max(finish, element.end))
                    grown = grown or wider != (begin, finish)
                    begin, finish = wider
        for element in self.elements:
            if finish <= element.start or element.end <= begin:
                continue
            covers = start <= element.view_start < element.view_end <= end
            if element.inner_start <= begin and finish <= element.inner_end:
                if covers and not new:
                    return None
            elif not (element.loose and begin <= element.start and element.end <= finish):
                return None
        return self._written(begin, finish, new)

    def _insertion(self, at: int, new: str) -> tuple[Edit, ...] | None:
        """Return the edit that inserts at `at`: between two elements rather than inside one."""
        place = self.span(at, at).start
        if 0 < at < len(self.text):
            before = self.span(at - 1, at).end
            if before <= place:
                ends = [e.end for e in self.elements if e.start < before <= e.end <= place]
                place = max([before, *ends])
        inside = any(e.inner_start == e.inner_end and e.start < place < e.end
                     for e in self.elements)  # fmt: skip
        edit = None if inside else self._written(place, place, new)
        return None if edit is None else (edit,)

    def _written(self, begin: int, finish: int, new: str) -> Edit | None:
        if self.escape is not None:
            written = self.escape(new, self.document, begin, finish)
            if written is None:
                return None
            new = written
        return Edit(start=begin, end=finish, replacement=new)

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        """Yield the runs of view[start:end], those at either end cut to it."""
        at = max(0, bisect_right(self._run_starts, start) - 1)
        while at < len(self.runs) and self.runs[at].view_start < end:
            run = self.runs[at]
            if run.exact:
                a, b = max(start, run.view_start), min(end, run.view_end)
                shift = run.start - run.view_start
                run = Run(a, b, a + shift, b + shift)
            yield run
            at += 1

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return view[start:end] in pieces between which the document has markup."""
        pieces: list[tuple[int, int]] = []
        last = -1
        for run in self._runs(start, end):
            a, b = max(start, run.view_start), min(end, run.view_end)
            if pieces and run.start == last:
                pieces[-1] = (pieces[-1][0], b)
            else:
                pieces.append((a, b))
            last = run.end
        return pieces


def _changes(old: str, new: str) -> list[tuple[int, int, str]]:
    """Return what makes `new` of `old`, word by word; what both have is left alone."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > _MOST_WORDS**2:
        return [(0, len(old), new)]
    longest = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            longest[i][j] = (
                longest[i + 1][j + 1] + 1
                if before[i] == after[j]
                else max(longest[i + 1][j], longest[i][j + 1])
            )
    changes: list[tuple[int, int, str]] = []
    i = j = at = 0
    begin, said = 0, ""
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and before[i] == after[j]:
            if begin < at or said:
                changes.append((begin, at, said))
            at += len(before[i])
            begin, said = at, ""
            i, j = i + 1, j + 1
        elif j == len(after) or (i < len(before) and longest[i + 1][j] >= longest[i][j + 1]):
            at += len(before[i])
            i += 1
        else:
            said += after[j]
            j += 1
    if begin < at or said:
        changes.append((begin, at, said))
    return [_trimmed(old, *change) for change in changes]


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _trimmed(old: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Return a change of letters alone where it only inserts some, or only takes some out."""
    said = old[start:end]
    head = _alike(said, new)
    tail = min(_alike(said[::-1], new[::-1]), min(len(said), len(new)) - head)
    if head + tail == min(len(said), len(new)):
        return start + head, end - tail, new[head : len(new) - tail]
    return start, end, new


class _Open(NamedTuple):
    """An inline element that is not closed yet."""

    name: str
    start: int
    end: int
    view_start: int
    loose: bool


class Builder:
    """Takes the pieces of a document in its order, and gives its segments."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.segments: list[Segment] = []
        self.protected: list[Span] = []
        self.marks: list[Mark] = []
        self.protecting = 0  # while above 0, what is shown is protected
        self._later: list[Segment] = []
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._elements: list[Element] = []
        self._stack: list[_Open] = []
        self._gap: Span | None = None

    @property
    def empty(self) -> bool:
        """Whether the view under way shows nothing yet."""
        return not self._length

    @property
    def ends_with_break(self) -> bool:
        """Whether a line break is the last that the view shows."""
        return bool(self._parts) and self._parts[-1] == "\n" and self._gap is None

    def text(self, start: int, end: int) -> None:
        """Add document[start:end] as it stands."""
        while self._length + end - start > LONGEST:
            cut = self.document.rfind(" ", start, max(start, start + LONGEST - self._length))
            if cut < 0:  # a word without end is no prose
                cut = self.document.find(" ", start, end)
                if self._length:
                    self.flush(*self._last)
                if cut < 0:
                    return
                start = cut + 1
                continue
            self._add(self.document[start:cut], start, cut)
            self.flush(*self._last)
            start = cut + 1
        if start < end:
            self._add(self.document[start:end], start, end)

    def unit(self, shown: str, start: int, end: int) -> None:
        """Add characters that document[start:end] stands for as a whole."""
        if shown == self.document[start:end]:
            self.text(start, end)
        elif shown:
            self._add(shown, start, end)

    def flowing(self, start: int, end: int) -> None:
        """Add text in which any white space reads as one space, and none at either end."""
        for found in _FLOW.finditer(self.document, start, end):
            if found[0][0] in _BLANKS:
                self.space(*found.span())
            else:
                self.text(*found.span())

    def space(self, start: int, end: int) -> None:
        """Note white space, to be shown as one space before the next text."""
        if not self._length:
            return
        if self._gap is None and not self._parts[-1].endswith((" ", "\n")):
            self._gap = Span(start, end)
        elif start < end and not self._parts[-1].endswith("\n"):
            # Two spaces with markup between read as one, which an edit can't take out.
            first = self._gap or Span(self._runs[-1].end - 1, self._runs[-1].end)
            self._elements.append(Element(*first[:1], *first[1:] * 3, 0, 0, False))

    def line_break(self, start: int, end: int) -> None:
        """Add a line break that is markup."""
        self._gap = None
        if self._length and not self._parts[-1].endswith("\n"):
            self._add("\n", start, end)
        self.atom(start, end, "break")

    def atom(self, start: int, end: int, kind: str) -> None:
        """Note markup that shows nothing and stays."""
        self.mark(start, end, kind)
        at = self._length + (self._gap is not None)
        self._elements.append(Element(start, end, end, end, at, at, False))

    def thing(self, start: int, end: int, kind: str) -> None:
        """Add something that is no text; its first character stands for it."""
        self.atom(start, end, kind)
        self._add(OBJECT, start, start + 1)
        self.protected.append(Span(start, start + 1))

    def open(self, start: int, end: int, name: str, *, loose: bool) -> None:
        """Begin an inline element."""
        self.mark(start, end, name)
        self._stack.append(_Open(name, start, end, self._length + (self._gap is not None), loose))

    def close(self, start: int, end: int, name: str) -> None:
        """End the inline element of that name that was begun last."""
        self.mark(start, end, f"/{name}")
        at = next((n for n in reversed(range(len(self._stack))) if self._stack[n].name == name), -1)
        if at < 0:
            self._elements.append(Element(start, end, end, end, self._length, self._length, False))
            return
        opened = self._stack[at]
        for lost in self._stack[at + 1 :]:
            self._elements.append(_kept(lost))
        del self._stack[at:]
        view_end = max(self._length, opened.view_start)
        self._elements.append(
            Element(opened.start, opened.end, start, end, opened.view_start, view_end, opened.loose)
        )

    def mark(self, start: int, end: int, kind: str) -> None:
        """Note markup that an edit may only take out whole."""
        self.marks.append(Mark(start, end, kind))

    _last: tuple[SegmentKind, Escape | None] = (SegmentKind.PARAGRAPH, None)

    def begin(self, kind: SegmentKind, escape: Escape | None) -> None:
        """End the view under way, and say what the next one is."""
        self.flush(*self._last)
        self._last = (kind, escape)

    def flush(self, kind: SegmentKind, escape: Escape | None) -> None:
        """End the view under way: a segment, if it says anything."""
        opened = self._stack
        while self._parts and self._parts[-1] == "\n":
            self._parts.pop()
            self._runs.pop()
        if self._parts and _LETTER.search("".join(self._parts)):
            elements = (*self._elements, *map(_kept, opened))
            self.segments.append(
                MarkupSegment(kind, "".join(self._parts), tuple(self._runs),
                              document=self.document, elements=elements, escape=escape)
            )  # fmt: skip
        self._clear()

    def aside(self, kind: SegmentKind, escape: Escape | None, pieces: list[Piece]) -> None:
        """Add a view of its own that stands within the one under way, such as a title."""
        other = Builder(self.document)
        for shown, start, end in pieces:
            other.unit(shown, start, end)
        other.flush(kind, escape)
        self._later += other.segments
        if not self._length:
            self.settle()

    def settle(self) -> None:
        """Put the views that were found aside behind the last one."""
        self.segments += self._later
        self._later = []

    def finish(self, path: str, name: str, options: Options) -> Document:
        """Return the document of all that was added."""
        self.flush(*self._last)
        self.settle()
        return assemble(self.document, path, name, self.segments, self.protected, self.marks,
                        options)  # fmt: skip

    def _add(self, shown: str, start: int, end: int) -> None:
        if self._gap is not None:
            gap, self._gap = self._gap, None
            guard, self.protecting = self.protecting, 0
            self._add(" ", *gap)
            self.protecting = guard
        view = self._length
        last = self._runs[-1] if self._runs else None
        exact = len(shown) == end - start
        if last and exact and last.exact and last.end == start:
            self._runs[-1] = Run(last.view_start, view + len(shown), last.start, end)
        else:
            self._runs.append(Run(view, view + len(shown), start, end))
        self._parts.append(shown)
        self._length += len(shown)
        if self.protecting:
            self.protected.append(Span(start, end))


Piece = tuple[str, int, int]  # what is shown, and the stretch of the document it stands for

_BLANKS = " \t\r\n\f"
_FLOW = re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]+(?: [^ \t\r\n\f]+)*")


def _kept(opened: _Open) -> Element:
    """Return the beginning of an element without an end as markup that stays."""
    at = opened.view_start
    return Element(opened.start, opened.end, opened.end, opened.end, at, at, False)


def assemble(
    text: str,
    path: str,
    name: str,
    segments: Iterable[Segment],
    protected: Iterable[Span],
    marks: Iterable[Mark],
    options: Options,
) -> Document:
    """Return the document of these segments; addresses in their views are protected as well."""
    found = tuple(segments)
    spans = list(protected)
    for segment in found:
        spans += (segment.span(*span) for span in protected_spans(segment.text))
    return Document(
        path=path,
        text=text,
        format=name,
        segments=found,
        body=body_of(text, found),
        protected=tuple(disjoint(spans)),
        markup=tuple(sorted(marks)),
        options=options,
    )


def body_of(text: str, segments: tuple[Segment, ...]) -> Segment:
    """Return the view of the whole document: its segments, an empty line between them."""
    parts: list[str] = []
    runs: list[Run] = []
    elements: list[Element] = []
    length, last = 0, 0
    for segment in segments:
        start = segment.start
        if parts:
            gap = (last, start) if last <= start else (last, last)
            runs.append(Run(length, length + 2, *gap))
            elements.append(Element(gap[0], gap[1], gap[1], gap[1], length, length, False))
            parts.append("\n\n")
            length += 2
        for run in segment.runs:
            runs.append(run._replace(view_start=run.view_start + length,
                                     view_end=run.view_end + length))  # fmt: skip
        if isinstance(segment, MarkupSegment):
            elements += (
                e._replace(view_start=e.view_start + length, view_end=e.view_end + length)
                for e in segment.elements
            )
        parts.append(segment.text)
        length += len(segment.text)
        last = max(last, segment.end)
    return MarkupSegment(
        SegmentKind.DOCUMENT, "".join(parts), tuple(runs) or (Run(0, 0, 0, 0),),
        document=text, elements=tuple(elements), escape=_escape_of(segments),
    )  # fmt: skip


def _escape_of(segments: tuple[Segment, ...]) -> Escape:
    """Return what writes a replacement as the segment that it falls into asks for."""

    def escape(new: str, document: str, start: int, end: int) -> str | None:
        for segment in segments:
            if segment.start <= start and end <= segment.end:
                own = segment.escape if isinstance(segment, MarkupSegment) else None
                return own(new, document, start, end) if own else new
        return None

    return escape


def disjoint(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order, those that touch or overlap as one."""
    last: Span | None = None
    for span in sorted(spans):
        if last and span.start <= last.end:
            last = Span(last.start, max(last.end, span.end))
        else:
            if last:
                yield last
            last = span
    if last:
        yield last


def same_markup(before: Document, edits: Iterable[Edit], after: Document) -> bool:
    """Whether all markup is still there but what the edits took out whole."""
    made = sorted((e.start, e.end) for e in edits if e.start < e.end)
    starts = [start for start, _ in made]
    kept = []
    for mark in before.markup:
        at = bisect_right(starts, mark.start) - 1
        if at < 0 or made[at][1] < mark.end or mark.start == mark.end:
            kept.append(mark.kind)
    return kept == [mark.kind for mark in after.markup]


class Offsets:
    """Turns offsets in UTF-8 into offsets in text."""

    def __init__(self, text: str) -> None:
        self.data = text.encode("utf-8", "surrogatepass")
        self._ends: list[int] = []  # in bytes, of the characters that take more than one
        self._more: list[int] = [0]
        if len(self.data) != len(text):
            at = more = 0
            last = 0
            for found in _WIDE.finditer(text):
                at += found.start() - last
                for char in found[0]:
                    size = 2 if char < "\u0800" else 3 if char < "\U00010000" else 4
                    at += size
                    more += size - 1
                    self._ends.append(at)
                    self._more.append(more)
                last = found.end()

    def __call__(self, offset: int) -> int:
        """Return the offset in the text of an offset in its bytes."""
        return offset - self._more[bisect_right(self._ends, offset)]


_WIDE = re.compile(r"[^\x00-\x7f]+")
