"""The words of transclean as data: documents, segments, findings and fixes.

All offsets count characters (code points) from 0. A document's offsets count in its
decoded text, without BOM and with its line endings as they stand on disk; a segment's
offsets count in its view, the plain text that patterns and checks read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar, get_args

import msgspec

Category = Literal[
    "honorific",
    "superscript",
    "bracket",
    "seam",
    "pronoun",
    "verb",
    "attribution",
    "quotation",
    "number",
    "date-time",
    "money",
    "punctuation",
    "spacing",
    "hyphenation",
    "article",
    "word-order",
    "calque",
    "false-friend",
    "title",
    "institution",
    "place",
    "name",
    "untranslated",
    "mojibake",
    "entity",
    "character",
    "repetition",
    "chrome",
    "leakage",
    "consistency",
    "source",
]
CATEGORIES: tuple[str, ...] = get_args(Category)

T = TypeVar("T")


class TranscleanError(Exception):
    """A fault to tell the user about, in one line or a few, without a traceback."""


class PassedOverError(TranscleanError):
    """Why a file that merely lies in a folder is passed over: no fault, unless it was named."""


class Applicability(str, Enum):
    """What a fix promises."""

    SAFE = "safe"  # right wherever the rule fires
    SUGGESTED = "suggested"  # plausible; a person or --suggested decides


class Severity(str, Enum):
    """How much a finding matters to a reader of the article."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class SegmentKind(str, Enum):
    """What a stretch of prose is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    CELL = "cell"
    CAPTION = "caption"
    TITLE = "title"
    LINE = "line"
    DOCUMENT = "document"


class Span(NamedTuple):
    """A half-open stretch of text."""

    start: int
    end: int


class Edit(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Replace document[start:end] by `replacement`; an insertion where both are equal."""

    start: int
    end: int
    replacement: str


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """Edits that belong together: all are made, or none."""

    applicability: Applicability
    edits: tuple[Edit, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the document that speaks for a finding, and what it says."""

    start: int
    end: int
    reason: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One flagged place. Its fields, in this order, are the JSON that outsiders read.

    `line` and `column` count from 1; `record` counts from 0 and is unset, as `field`
    is, outside files of records. `fixes` stand in the order of preference.
    """

    path: str
    rule: str
    category: str
    severity: Severity
    message: str
    confidence: float
    text: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    evidence: tuple[Evidence, ...] = ()
    fixes: tuple[Fix, ...] = ()
    record: int | msgspec.UnsetType = msgspec.UNSET
    field: str | msgspec.UnsetType = msgspec.UNSET


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could not be done: the place, and the reason in plain words.

    `path` is a file, a folder or the word for standard input; `rule` is set where a
    single rule failed on the file and the others went on.
    """

    path: str
    reason: str
    rule: str | None = None

    def __str__(self) -> str:
        rule = f" rule {self.rule}:" if self.rule else ""
        return f"{self.path}:{rule} {self.reason}"


class Run(NamedTuple):
    """A stretch of a view and the stretch of the document that it stands for.

    Where both are equally long they correspond character by character; otherwise
    (an entity, a line break in a wrapped paragraph) the stretch is one indivisible unit.
    """

    view_start: int
    view_end: int
    start: int
    end: int

    @property
    def exact(self) -> bool:
        """Whether view and document correspond character by character."""
        return self.view_end - self.view_start == self.end - self.start


class Segment(msgspec.Struct, frozen=True, dict=True, eq=False):
    """A stretch of prose: its kind, its view, and the map from the view to the document.

    `runs` cover the view without gaps, in order; the document may have markup between.
    """

    kind: SegmentKind
    text: str
    runs: tuple[Run, ...]

    @classmethod
    def exact(cls, kind: SegmentKind, document: str, start: int, end: int) -> Segment:
        """Return the segment whose view is document[start:end] itself."""
        return cls(kind, document[start:end], (Run(0, end - start, start, end),))

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.view_start for run in self.runs]

    @property
    def start(self) -> int:
        """Where the segment begins in the document."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Where the segment ends in the document."""
        return self.runs[-1].end

    def span(self, start: int, end: int) -> Span:
        """Return the document's span for view[start:end].

        An empty span lies directly before the character at `start`; at the end of the
        view, directly after the last one.
        """
        if len(self.runs) == 1 and self.runs[0].exact:
            return Span(self.runs[0].start + start, self.runs[0].start + end)
        if start == end == self.runs[-1].view_end:
            return Span(self.end, self.end)
        first = self.runs[max(0, bisect_right(self._run_starts, start) - 1)]
        begin = first.start + (start - first.view_start if first.exact else 0)
        if start == end:
            return Span(begin, begin)
        last = self.runs[bisect_right(self._run_starts, end - 1) - 1]
        return Span(begin, last.start + end - last.view_start if last.exact else last.end)

    def view(self, start: int, end: int) -> str:
        """Return what the view shows of the document's characters from `start` to `end`."""
        runs = self._sorted_runs
        first = bisect_right(runs, start, key=lambda run: run.end)
        last = bisect_left(runs, end, key=lambda run: run.start) - 1
        if first > last:
            return ""
        begin, finish = runs[first].view_start, runs[last].view_end
        if runs[first].exact:
            begin += max(0, start - runs[first].start)
        if runs[last].exact:
            finish -= max(0, runs[last].end - end)
        return self.text[begin:finish]

    @cached_property
    def _sorted_runs(self) -> list[Run]:
        """The runs that stand for something in the document, in its order."""
        return sorted((run for run in self.runs if run.start < run.end), key=lambda r: r.start)

    def edits(self, start: int, end: int, replacement: str) -> tuple[Edit, ...] | None:
        """Return the document's edits that replace view[start:end], or None where none can."""
        begin, finish = self.span(start, end)
        return (Edit(start=begin, end=finish, replacement=replacement),)

    def once(self, key: str, make: Callable[[Segment], T]) -> T:
        """Return what `make` derives from the segment, derived at most once."""
        known: dict[str, Any] = self.__dict__
        if key not in known:
            known[key] = make(self)
        value: T = known[key]
        return value


class Mark(NamedTuple):
    """A piece of markup that an edit leaves as it is, or takes out whole: its place, its kind."""

    start: int
    end: int
    kind: str


class Document(msgspec.Struct, frozen=True, dict=True, eq=False, kw_only=True):
    """One article, as the engine and the checks see it.

    `path` is only a label for findings. `segments` stand in the order of the text;
    `protected` are the document's spans, sorted and disjoint, that no finding may touch.
    `body` is the view of the whole document for rules that need it. `markup` is the
    document without its text: what must be the same after a repair.
    """

    path: str
    text: str
    format: str
    segments: tuple[Segment, ...]
    body: Segment
    protected: tuple[Span, ...] = ()
    markup: tuple[Mark, ...] = ()
    options: Any = None  # what its format was told when it was read
    source_language: str | None = None  # what a file of translations says they were made from
    source_text: str = ""  # a sample of that, where the file does not say the language
    original: Document | None = None  # what it was translated from, where it is at hand
    # Which segments of the original, by number, became which of these, where the format says it.
    steps: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    record: int | msgspec.UnsetType = msgspec.UNSET
    field: str | msgspec.UnsetType = msgspec.UNSET

    @cached_property
    def _line_starts(self) -> list[int]:
        """Offsets at which lines begin; a line ends with LF, CRLF or CR."""
        return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of `offset`, both from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def said(self, start: int, end: int) -> str:
        """Return what a reader reads of document[start:end], without its markup."""
        body = self.body
        if len(body.runs) == 1 and body.text is self.text:
            return self.text[start:end]
        return body.view(start, end)

    def is_protected(self, start: int, end: int) -> bool:
        """Whether document[start:end] shares a character with a protected span."""
        at = bisect_right(self.protected, (start, start)) - 1
        return any(
            span.start < max(end, start + 1) and start < span.end
            for span in self.protected[max(at, 0) : at + 2]
        )

    def once(self, key: str, make: Callable[[Document], T]) -> T:
        """Return what `make` derives from the document, derived at most once."""
        known: dict[str, Any] = self.__dict__
        if key not in known:
            known[key] = make(self)
        value: T = known[key]
        return value


class ProvenanceSign(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of evidence that the document was translated: what, from where, how often."""

    rule: str  # the rule or evidence entry that found it
    languages: tuple[str, ...]
    weight: float  # how much one occurrence proves, 0 to 1
    label: str  # the text found, for people: ‘Mme’
    spans: tuple[Span, ...]


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """What the whole document says of the language it was translated from.

    `strengths` maps language codes to 0 to 1; “any” is the strength that it was
    translated at all. `given` is the language that the user named, if any. `density` is how many
    leftovers of a translation 100 words have, None where nobody asked.
    """

    strengths: Mapping[str, float] = {}
    signs: tuple[ProvenanceSign, ...] = ()
    given: str | None = None
    density: float | None = None

    def strength(self, languages: Iterable[str]) -> float:
        """Return the strength of the strongest of `languages`."""
        return max((self.strengths.get(language, 0.0) for language in languages), default=0.0)

    def leads(self, languages: Iterable[str]) -> bool:
        """Whether no other language is likelier than one of `languages`."""
        named = [strength for code, strength in self.strengths.items() if code != "any"]
        return self.strength(languages) >= max(named, default=0.0)
