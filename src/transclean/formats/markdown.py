"""Markdown (CommonMark and GitHub's additions) and MDX: the prose between the markup.

tree-sitter finds the blocks, and in each stretch of prose the inline elements. Whether
“[une]” is a link depends on the definitions of the document, so that is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from transclean.formats import DEFAULTS, Options
from transclean.formats.frontmatter import read_front_matter
from transclean.formats.html import Reader, template_spans
from transclean.formats.plain import without_lines
from transclean.formats.views import LOOSE, Builder, Offsets, Piece, words
from transclean.model import Document, Edit, Segment, SegmentKind, Span

NAME = "markdown"

_SOFT_BREAK = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)[^<>]*?(/?)>\Z", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_DEFINITION = re.compile(r"^ {0,3}(?:> ?)*\[([^\[\]\n]+)\]:", re.MULTILINE)
_MODULE = re.compile(r"(?:import|export)\s[\w{*\"'].*(?:from\s+[\"']|[\"'=;{(])")
_EXPRESSION = re.compile(r"\{[^{}\n]*\}")
_MDX_SUFFIX = ".mdx"
_BLOCK_MARKERS = words(
    "thematic_break fenced_code_block_delimiter setext_h1_underline setext_h2_underline "
    "block_quote_marker task_list_marker_checked task_list_marker_unchecked "
    "pipe_table_delimiter_row"
)
_SKIPPED = words("fenced_code_block indented_code_block thematic_break pipe_table_delimiter_row")
_EMPHASIS = words("emphasis strong_emphasis strikethrough")
_LINKS = words("inline_link full_reference_link collapsed_reference_link shortcut_link")
# An escape or an entity, and what else is markup in a description.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_MARKUP = re.compile(r"[*_`\[\]\\\n]|<(?=[\w/!?])")
# Marks of emphasis in one paragraph above which it is not read: finding their pairs takes
# quadratic time, and nobody writes so many.
_MOST_MARKS = 2000
# Signs in the text that another parser may take for markup.
_SIGNS = re.compile(r"[*`]+|~~+|(?<!\w)_+|_+(?!\w)")
_PIECES = words(
    "backslash_escape entity_reference numeric_character_reference hard_line_break "
    "code_span uri_autolink email_autolink image html_tag latex_block"
)
_SPECIAL = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|~~|<(?=[\w/!?]|\Z)|&(?=#?\w+;)|\$(?=\S)")


@cache
def _parsers() -> tuple[Parser, Parser]:
    return (
        Parser(Language(tree_sitter_markdown.language())),
        Parser(Language(tree_sitter_markdown.inline_language())),
    )


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a Markdown text."""
    builder = Builder(text)
    _Reader(builder, options, path.lower().endswith(_MDX_SUFFIX)).read()
    builder.protected += template_spans(text)
    return builder.finish(path, NAME, options)


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """Return the edit that takes out a paragraph or heading of the document's own level."""
    text = document.text
    begin = text.rfind("\n", 0, segment.start) + 1
    if not _PLAIN_LINE.fullmatch(text, begin, segment.start):
        return None
    stop = text.find("\n", segment.end)
    if text[segment.end : len(text) if stop < 0 else stop].strip(" \t\r*_#"):
        return None
    start, end = without_lines(text, begin, segment.end, whole=True)
    return (Edit(start=start, end=end, replacement=""),)


_PLAIN_LINE = re.compile(r" {0,3}(?:#{1,6}[ \t]+)?[*_]{0,3}")


def escape(new: str, document: str, start: int, end: int) -> str | None:
    """Return a replacement as Markdown needs it; None for one of several lines."""
    if "\n" in new or "\r" in new:
        return None
    written = _SPECIAL.sub(lambda found: f"\\{found[0]}" if found[0] != "&" else "&amp;", new)
    line = document[document.rfind("\n", 0, start) + 1 : start]
    if _BEFORE_BLOCK.fullmatch(line) and _STARTS_BLOCK.match(written):
        at = re.match(r"\d*", written).end()  # type: ignore[union-attr]  # always matches
        written = f"{written[:at]}\\{written[at:]}"
    return written


_BEFORE_BLOCK = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")
_STARTS_BLOCK = re.compile(r"#{1,6}(?:\s|$)|[-+>](?:\s|$|-)|=+\s*$|\d{1,9}[.)](?:\s|$)")


def escape_cell(new: str, document: str, start: int, end: int) -> str | None:
    """Return a replacement as a cell of a table needs it."""
    written = escape(new, document, start, end)
    return None if written is None else written.replace("|", "\\|")


class _Reader:
    def __init__(self, builder: Builder, options: Options, is_mdx: bool) -> None:
        self.builder, self.document, self.options = builder, builder.document, options
        self.is_mdx = is_mdx
        self.offsets = Offsets(self.document)
        self.lost: Span | None = None
        self.labels = {_label(found[1]) for found in _DEFINITION.finditer(self.document)}

    def read(self) -> None:
        """Walk the blocks, which may lie deeper than Python's stack is."""
        cursor = _parsers()[0].parse(self.offsets.data).walk()
        kinds: list[SegmentKind] = [SegmentKind.PARAGRAPH]
        while True:
            node = cursor.node
            assert node is not None
            kind = _kind(node.type, kinds[-1])
            if not self._block(node, kind) and cursor.goto_first_child():
                kinds.append(kind)
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return
                kinds.pop()

    def span(self, node: Node) -> Span:
        return Span(self.offsets(node.start_byte), self.offsets(node.end_byte))

    def _block(self, node: Node, kind: SegmentKind) -> bool:
        """Take a block that is read as a whole; whether it was one."""
        name = node.type
        start, end = self.span(node)
        if name == "ERROR":  # the parser gave up on a link at the beginning of a paragraph
            self.lost = Span(start, end)
            return True
        if name in _BLOCK_MARKERS or name.startswith(("atx_h", "list_marker")):
            if name != "atx_heading":
                self.builder.mark(start, end, name)
                return True
            return False
        if name == "inline" or name == "pipe_table_cell":
            self._prose(node, kind)
        elif name == "html_block":
            self.builder.mark(start, start, name)
            if not any(c.type == "block_continuation" and c.start_byte < c.end_byte
                       for c in node.children):  # fmt: skip
                Reader(self.builder).feed(start, end)
        elif name in ("minus_metadata", "plus_metadata"):
            self.builder.mark(start, start, name)
            read_front_matter(self.builder, start, end, self.options.front_matter)
        elif name == "link_reference_definition":
            self._definition(start, end)
        elif name in _SKIPPED:
            self.builder.mark(start, end, name)
        else:
            return False
        return True

    def _definition(self, start: int, end: int) -> None:
        note = _NOTE.match(self.document, start, end)
        self.builder.mark(start, end if note is None else note.end(), "definition")
        if note is not None:
            self.builder.begin(SegmentKind.PARAGRAPH, escape)
            stop = start + len(self.document[start:end].rstrip())
            self.builder.text(note.end(), stop)
            self.builder.begin(SegmentKind.PARAGRAPH, escape)

    def _prose(self, node: Node, kind: SegmentKind) -> None:
        start, end = self.span(node)
        if self.lost and self.lost.end == start:
            start = self.lost.start
        self.lost = None
        if self.is_mdx and _MODULE.match(self.document[start:end]):
            self.builder.mark(start, start, "module")
            return
        pieces: list[str] = []
        done = start
        for child in node.children:
            if child.type == "block_continuation" and child.start_byte < child.end_byte:
                # Markers at the beginning of a line read as white space.
                a, b = self.span(child)
                pieces += self.document[done:a], " " * (b - a)
                done = b
                self.builder.mark(a, b, "continuation")
        raw = "".join([*pieces, self.document[done:end]])
        note = _NOTE.match(raw)
        skipped = note.end() if note else 0
        if note:
            self.builder.mark(start, start + skipped, "note")
        cell = node.type == "pipe_table_cell"
        stop = len(raw.rstrip())
        if self.is_mdx:
            self.builder.protected += (
                Span(start + found.start(), start + found.end())
                for found in _EXPRESSION.finditer(raw)
            )
        self.builder.begin(kind, escape_cell if cell else escape)
        _Inline(self.builder, raw[:stop], start, self.labels).read(skipped)
        self.builder.begin(kind, escape)
        self.builder.settle()


def _kind(name: str, around: SegmentKind) -> SegmentKind:
    """Return what the prose in a block is."""
    if name in ("atx_heading", "setext_heading"):
        return SegmentKind.HEADING
    if name == "list_item":
        return SegmentKind.LIST_ITEM
    if name == "pipe_table_cell":
        return SegmentKind.CELL
    if name == "block_quote":
        return SegmentKind.QUOTATION
    return around


def opens(document: str, start: int) -> bool:
    """Whether the delimiters that begin at `start` can open an emphasis, by CommonMark's rule."""
    end = start
    while document[end : end + 1] == document[start]:
        end += 1
    return _flanks(document[start - 1 : start] if start else "", document[end : end + 1])


def closes(document: str, end: int) -> bool:
    """Whether the delimiters that end at `end` can close an emphasis."""
    start = end
    while start and document[start - 1] == document[end - 1]:
        start -= 1
    return _flanks(document[end : end + 1], document[start - 1 : start] if start else "")


def _flanks(outside: str, inside: str) -> bool:
    if not inside or inside.isspace():
        return False
    return inside.isalnum() or not outside or not outside.isalnum()


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


class _Inline:
    """The inline elements of one stretch of prose, which begins at `start` in the document."""

    def __init__(self, builder: Builder, raw: str, start: int, labels: set[str]) -> None:
        self.builder, self.raw, self.start, self.labels = builder, raw, start, labels
        self.offsets = Offsets(raw)

    def read(self, skipped: int) -> None:
        self.done = skipped
        if sum(map(self.raw.count, "*_~")) > _MOST_MARKS:
            self.builder.thing(self.start + skipped, self.start + len(self.raw), "too many marks")
            return
        root = _parsers()[1].parse(self.offsets.data).root_node
        self._children(root, 0, len(self.raw))

    def _span(self, node: Node) -> Span:
        return Span(self.offsets(node.start_byte), self.offsets(node.end_byte))

    def _text(self, end: int) -> None:
        """Add what lies between the last piece and `end`, line ends as spaces."""
        builder, start = self.builder, self.start
        for found in _SIGNS.finditer(self.raw, self.done, end):
            builder.protected.append(Span(start + found.start(), start + found.end()))
        for found in _SOFT_BREAK.finditer(self.raw, self.done, end):
            if found.start() > self.done:
                builder.text(start + self.done, start + found.start())
            if builder.empty or builder.ends_with_break:
                self.done = found.end()
                continue
            builder.unit(" ", start + found.start(), start + found.end())
            self.done = found.end()
        if self.done < end:
            builder.text(start + self.done, start + end)
            self.done = end

    def _skip(self, end: int) -> None:
        self.done = max(self.done, end)

    def _children(self, node: Node, start: int, end: int) -> None:
        # A stack of iterators: links and emphasis may lie deeper than Python's stack is.
        stack: list[tuple[Iterator[Node], int, tuple[int, int, str] | None]] = []
        stack.append((iter(node.children), end, None))
        while stack:
            children, stop, closing = stack[-1]
            child = next(children, None)
            if child is None:
                self._text(stop)
                if closing:
                    a, b, name = closing
                    self.builder.close(self.start + a, self.start + b, name)
                    self._skip(b)
                stack.pop()
                continue
            a, b = self._span(child)
            if b <= self.done and b > a:
                continue
            kind = child.type
            if kind in _EMPHASIS:
                inner = self._inside(child)
                self._text(a)
                begin, finish = self.start + a, self.start + b
                document = self.builder.document
                sound = opens(document, begin) and closes(document, finish)
                # An edit that leaves one standing where it is none has broken it.
                name = kind if sound else f"{kind}?"
                self.builder.open(begin, self.start + inner.start, name, loose=True)
                self._skip(inner.start)
                stack.append((iter(child.children), inner.end, (inner.end, b, name)))
            elif kind in _LINKS and self._is_link(child):
                text = next((c for c in child.children if c.type == "link_text"), None)
                if text is None:
                    self._text(a)
                    self.builder.atom(self.start + a, self.start + b, kind)
                    self._skip(b)
                    continue
                inner = self._span(text)
                self._text(a)
                if self.raw.startswith("[^", a) and kind == "shortcut_link":
                    self.builder.atom(self.start + a, self.start + b, "note")
                    self._skip(b)
                    continue
                self.builder.open(self.start + a, self.start + inner.start, kind, loose=False)
                self._skip(inner.start)
                stack.append((iter(text.children), inner.end, (inner.end, b, kind)))
            elif kind in _LINKS or kind in ("link_text", "link_label"):
                stack.append((iter(child.children), b, None))
            elif kind in _PIECES:
                self._piece(child, kind, a, b)

    def _inside(self, node: Node) -> Span:
        """Return what lies between the delimiters of an emphasis."""
        a, b = self._span(node)
        for child in node.children:
            if child.type != "emphasis_delimiter" or self._span(child).start != a:
                break
            a = self._span(child).end
        for child in reversed(node.children):
            if child.type != "emphasis_delimiter" or self._span(child).end != b or b <= a:
                break
            b = self._span(child).start
        return Span(a, b)

    def _is_link(self, node: Node) -> bool:
        """Whether it leads somewhere: a reference does only where it is defined."""
        if node.type == "inline_link":
            return True
        a, b = self._span(node)
        if node.type == "shortcut_link" and self.raw.startswith("[^", a):
            return True
        label = next((c for c in node.children if c.type == "link_label"), None)
        if label is None:
            label = next((c for c in node.children if c.type == "link_text"), None)
            inner = self._span(label) if label else Span(a + 1, b - 1)
        else:
            inner = Span(self._span(label).start + 1, self._span(label).end - 1)
        return _label(self.raw[inner.start : inner.end]) in self.labels

    def _piece(self, node: Node, kind: str, a: int, b: int) -> None:
        builder, start = self.builder, self.start
        self._text(a)
        if kind == "backslash_escape":
            builder.unit(self.raw[a + 1 : b], start + a, start + b)
        elif kind in ("entity_reference", "numeric_character_reference"):
            builder.unit(unescape(self.raw[a:b]), start + a, start + b)
        elif kind == "hard_line_break":
            found = _SOFT_BREAK.match(self.raw, a + (self.raw[a] == "\\"))
            b = max(b, found.end()) if found else b
            builder.line_break(start + a, start + b)
        elif kind == "code_span":
            builder.atom(start + a, start + b, kind)
            builder.protecting = 1
            self.done = a + len(self.raw[a:b]) - len(self.raw[a:b].lstrip("`"))
            self._text(max(self.done, a + len(self.raw[a:b].rstrip("`"))))
            builder.protecting = 0
        elif kind in ("uri_autolink", "email_autolink"):
            builder.atom(start + a, start + b, kind)
            builder.protecting = 1
            builder.text(start + a + 1, start + b - 1)
            builder.protecting = 0
        elif kind == "image":
            self._image(node, a, b)
        elif kind == "html_tag":
            self._tag(a, b)
        elif kind == "latex_block":
            builder.thing(start + a, start + b, kind)
        self._skip(b)

    def _image(self, node: Node, a: int, b: int) -> None:
        self.builder.thing(self.start + a, self.start + b, "image")
        alt = next((c for c in node.children if c.type == "image_description"), None)
        if alt is not None:
            inner = self._span(alt)
            pieces = list(self._plain(inner))
            if not any(
                _MARKUP.search(shown) for shown, start, end in pieces if end - start == len(shown)
            ):
                self.builder.aside(SegmentKind.CAPTION, escape, pieces)

    def _plain(self, span: Span) -> Iterator[Piece]:
        """Yield the text of a span with its escapes and entities read, nothing else."""
        done = span.start
        for found in _ESCAPED.finditer(self.raw, span.start, span.end):
            if found.start() > done:
                yield self.raw[done : found.start()], self.start + done, self.start + found.start()
            shown = found[1] or unescape(found[0])
            yield shown, self.start + found.start(), self.start + found.end()
            done = found.end()
        if done < span.end:
            yield self.raw[done : span.end], self.start + done, self.start + span.end

    def _tag(self, a: int, b: int) -> None:
        builder, start = self.builder, self.start
        found = _TAG.match(self.raw, a, b)
        if not found:
            builder.atom(start + a, start + b, "html")
            return
        name = found[2].lower()
        if name == "br" and not found[1]:
            builder.line_break(start + a, start + b)
        elif found[1]:
            builder.close(start + a, start + b, name)
            builder.protecting = max(0, builder.protecting - (name in _GUARDED))
        elif found[3] or name in ("img", "input", "wbr"):
            builder.thing(start + a, start + b, name)
        else:
            builder.open(start + a, start + b, name, loose=name in LOOSE)
            builder.protecting += name in _GUARDED


_GUARDED = words("code kbd samp var pre script style")
