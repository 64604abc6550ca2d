"""HTML and XHTML: what a browser shows as prose, and the texts of some attributes.

tree-sitter finds the tags, comments and attributes; which of them belong together is decided
here, since the pages that articles come from are seldom well formed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

import tree_sitter_html
from tree_sitter import Language, Node, Parser

from transclean.formats import DEFAULTS, Options
from transclean.formats.plain import without_lines
from transclean.formats.views import FIRM, LOOSE, Builder, Escape, Offsets, Piece, words
from transclean.model import Document, Edit, Segment, SegmentKind, Span, TranscleanError

NAME = "html"

_OBJECTS = words("img input embed")
_VOID = words("area base col hr link meta param source track")
_SILENT = words("wbr script style template noscript")
_CODE = words("code kbd samp var")
# What is in these is no prose.
_HIDDEN = words(
    "script style pre textarea svg math template iframe object canvas audio video "
    "noscript select listing plaintext xmp"
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend"), SegmentKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt"), SegmentKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), SegmentKind.CELL),
    **dict.fromkeys(("figcaption", "caption"), SegmentKind.CAPTION),
    "title": SegmentKind.TITLE,
}
_TEXTS = words("alt title")
_META = words(
    "description twitter:description twitter:title twitter:image:alt og:title "
    "og:description og:image:alt og:site_name dc.title dc.description"
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);?")
# What the parser takes for text in a page that is not well formed.
_OVERLOOKED = re.compile(
    r"<(?:[?!][^>]*|(/?)([A-Za-z][\w:-]*)(?:\s[^<>]*)?)>|&(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);"
)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_IMPLIED_END = words("p li dd dt td th tr option")


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_html.language()))


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a page."""
    builder = Builder(text)
    Reader(builder).feed(0, len(text))
    builder.protected += template_spans(text)
    return builder.finish(path, NAME, options)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the page declares, under the name that the standard means by it."""
    found = _CHARSET.search(data, 0, _DECLARED_WITHIN)
    if found is None:
        return None
    label = found[1].decode("ascii").lower()
    # What calls itself Latin-1 is read as windows-1252, and UTF-16 can't declare itself so.
    if label in _LATIN:
        return "cp1252"
    if label.startswith("utf-16"):
        return "utf-8"
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


_DECLARED_WITHIN = 1024  # bytes
_CHARSET = re.compile(
    rb"""(?:<meta[^>]+charset\s*=\s*|<\?xml[^>]+encoding\s*=\s*)["']?([\w.:-]+)""", re.IGNORECASE
)
_LATIN = words("iso-8859-1 iso8859-1 latin1 latin-1 l1 us-ascii ascii ansi_x3.4-1968")


def template_spans(text: str) -> Iterator[Span]:
    """Yield where tags of templates stand (Jinja, Liquid, Hugo), which are no prose."""
    if "{{" in text or "{%" in text:
        for found in _TEMPLATE.finditer(text):
            yield Span(*found.span())


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """Return the edit that takes out the element that holds the segment and nothing else."""
    text = document.text
    before = _OPENING.search(text, text.rfind("<", 0, segment.start), segment.start)
    after = _CLOSING.match(text, segment.end)
    if not before or not after or before[1].lower() != after[1].lower():
        return None
    if before[1].lower() not in _REMOVABLE:
        return None
    start, end = without_lines(text, before.start(), after.end())
    return (Edit(start=start, end=end, replacement=""),)


_REMOVABLE = words("p li div h1 h2 h3 h4 h5 h6 dd dt blockquote section aside")
_OPENING = re.compile(r"<(\w+)\b[^<>]*>\s*\Z")
_CLOSING = re.compile(r"\s*</(\w+)\s*>")


def escape_text(new: str, document: str, start: int, end: int) -> str:
    """Return a replacement as it is written between tags, in XML as in HTML."""
    written = new.replace("&", "&amp;").replace("<", "&lt;")
    if "]]>" in f"{document[max(0, start - 2) : start]}{written}":
        written = written.replace(">", "&gt;")
    return written.replace("\u00a0", "&nbsp;") if "&nbsp;" in document[start:end] else written


def _escape_quoted(quote: str) -> Escape:
    entity = "&quot;" if quote == '"' else "&#39;"

    def escape(new: str, document: str, start: int, end: int) -> str:
        return escape_text(new, document, start, end).replace(quote, entity)

    return escape


class Token(NamedTuple):
    """A piece of a page that is no text."""

    kind: str  # open, close, void, comment, entity, raw
    start: int
    end: int
    name: str = ""
    attributes: tuple[tuple[str, int, int, str], ...] = ()  # name, value's span, its quote

    def value(self, document: str, name: str) -> str | None:
        """Return the value of an attribute, or None without one."""
        for key, start, end, _ in self.attributes:
            if key == name:
                return unescape(document[start:end])
        return None


class _Level(NamedTuple):
    """An element that is open, and what its content is for us."""

    name: str
    hidden: bool  # no prose at all
    protected: bool  # shown, but not to be touched
    english: bool
    kind: SegmentKind


class Reader:
    """Hands the tokens and texts of a page to a builder."""

    def __init__(self, builder: Builder, kind: SegmentKind = SegmentKind.PARAGRAPH) -> None:
        self.builder, self.document, self.kind = builder, builder.document, kind
        self.levels: list[_Level] = []

    def feed(self, start: int, end: int) -> None:
        """Read document[start:end]."""
        self._block(self.kind)
        done = start
        for token in tokens(self.document, start, end):
            if done < token.start:
                self._text(done, token.start)
            done = max(done, token.end)
            self._token(token)
        if done < end:
            self._text(done, end)
        self._block(self.kind)

    @property
    def _hidden(self) -> bool:
        return bool(self.levels) and self.levels[-1].hidden

    def _text(self, start: int, end: int) -> None:
        if self._hidden:
            return
        self._guarded()
        for found in _OVERLOOKED.finditer(self.document, start, end):
            self.builder.flowing(start, found.start())
            start = found.end()
            kind = "close" if found[1] else "open" if found[2] else "comment"
            kind = "entity" if found[0][0] == "&" else kind
            self._token(Token(kind, *found.span(), (found[2] or "").lower()))
            if self._hidden:
                return
            self._guarded()
        self.builder.flowing(start, end)

    def _guarded(self) -> None:
        self.builder.protecting = int(bool(self.levels) and self.levels[-1].protected)

    def _token(self, token: Token) -> None:
        builder = self.builder
        if token.kind == "entity":
            if not self._hidden:
                self._guarded()
                shown = unescape(self.document[token.start : token.end])
                if shown.strip(" \t\r\n\f"):
                    builder.unit(shown, token.start, token.end)
                else:
                    builder.space(token.start, token.end)
        elif token.kind in ("comment", "raw"):
            builder.atom(token.start, token.end, token.kind)
        elif token.kind == "close":
            self._close(token)
        else:
            self._open(token)

    def _open(self, token: Token) -> None:
        builder, name = self.builder, token.name
        if name == "br" and not self._hidden:
            self._break(token)
        elif name in _SILENT or (self._hidden and token.kind == "void"):
            builder.atom(token.start, token.end, name)
        elif name in _OBJECTS and not self._hidden:
            self._guarded()
            builder.thing(token.start, token.end, name)
        elif name in LOOSE or name in FIRM or "-" in name:
            if token.kind == "void" or self._hidden:
                builder.atom(token.start, token.end, name)
            else:
                loose = name in LOOSE and not any(key == "id" for key, *_ in token.attributes)
                builder.open(token.start, token.end, name, loose=loose)
        elif name in _HIDDEN and name in _SHOWN_INLINE and not self._hidden:
            builder.thing(token.start, token.end, name)
        else:
            if name in _IMPLIED_END:
                self._leave(name, _SCOPES.get(name, frozenset()))
            self._block(_KINDS.get(name, self.kind))
            builder.mark(token.start, token.end, name)
        if token.kind == "open" and name not in _VOID and name not in _OBJECTS and name != "br":
            self._enter(token)
        self._attributes(token)

    def _enter(self, token: Token) -> None:
        last = self.levels[-1] if self.levels else _Level("", False, False, True, self.kind)
        language = token.value(self.document, "lang") or token.value(self.document, "xml:lang")
        english = last.english
        if language:
            english = language.lower().split("-")[0] in ("en", "x")
        translated = token.value(self.document, "translate")
        classes = (token.value(self.document, "class") or "").split()
        guarded = (
            token.name in _CODE
            or (translated or "").lower() == "no"
            or "notranslate" in classes
            or (last.protected and last.english and translated != "yes")
            or not english
        )
        inline = token.name in LOOSE or token.name in FIRM
        hidden = last.hidden or token.name in _HIDDEN or (guarded and not inline)
        if last.hidden and english and not last.english and token.name not in _HIDDEN:
            hidden = False  # English within a text in another language
        kind = _KINDS.get(token.name, last.kind)
        self.levels.append(_Level(token.name, hidden, guarded, english, kind))

    def _close(self, token: Token) -> None:
        name = token.name
        was_hidden = self._hidden
        known = any(level.name == name for level in self.levels)
        if known:
            while self.levels.pop().name != name:
                pass
        if name in LOOSE or name in FIRM or "-" in name:
            if was_hidden or not known:
                self.builder.atom(token.start, token.end, f"/{name}")
            else:
                self.builder.close(token.start, token.end, name)
            return
        if name in _SHOWN_INLINE or name in _SILENT:
            self.builder.atom(token.start, token.end, f"/{name}")
            return
        self._block(self._kind_here())
        self.builder.mark(token.start, token.end, f"/{name}")

    def _leave(self, name: str, scope: frozenset[str]) -> None:
        """End an element whose end tag is left out where another of its kind begins."""
        for at in reversed(range(len(self.levels))):
            level = self.levels[at].name
            if level == name:
                del self.levels[at:]
                return
            if level in scope or (not scope and level not in LOOSE and level not in FIRM):
                return

    def _kind_here(self) -> SegmentKind:
        return self.levels[-1].kind if self.levels else self.kind

    def _block(self, kind: SegmentKind) -> None:
        self.builder.begin(kind, escape_text)
        self.builder.settle()

    def _break(self, token: Token) -> None:
        """Take a line break; after another one it parts paragraphs."""
        if self.builder.ends_with_break:
            self._block(self._kind_here())
            self.builder.mark(token.start, token.end, "break")
        else:
            self.builder.line_break(token.start, token.end)

    def _attributes(self, token: Token) -> None:
        if self.levels and (self.levels[-1].hidden or self.levels[-1].protected):
            return
        wanted = _TEXTS
        if token.name == "meta":
            name = token.value(self.document, "name") or token.value(self.document, "property")
            wanted = frozenset({"content"}) if (name or "").lower() in _META else frozenset()
        for name, start, end, quote in token.attributes:
            if name in wanted and quote and start < end:
                kind = SegmentKind.CAPTION if name == "alt" else SegmentKind.TITLE
                pieces = list(attribute_pieces(self.document, start, end))
                self.builder.aside(kind, _QUOTED[quote], pieces)


_QUOTED = {quote: _escape_quoted(quote) for quote in "\"'"}
_SHOWN_INLINE = words("svg math object canvas audio video iframe select textarea")
_SCOPES = {
    "li": frozenset(("ul", "ol", "menu", "dir")),
    "dd": frozenset(("dl",)),
    "dt": frozenset(("dl",)),
    "td": frozenset(("table", "tr")),
    "th": frozenset(("table", "tr")),
    "tr": frozenset(("table",)),
    "option": frozenset(("select",)),
}


def attribute_pieces(document: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of a value that may hold entities, white space as single spaces."""
    done = start
    for found in _ENTITY.finditer(document, start, end):
        yield from _spaced(document, done, found.start())
        yield unescape(found[0]), found.start(), found.end()
        done = found.end()
    yield from _spaced(document, done, end)


def _spaced(document: str, start: int, end: int) -> Iterator[Piece]:
    for found in re.finditer(r"[^\t\r\n]+|[\t\r\n ]+", document[start:end]):
        shown = found[0] if found[0].strip() else " "
        yield shown, start + found.start(), start + found.end()


def tokens(document: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tags, comments, entities and raw texts of document[start:end], in order."""
    _check_depth(document, start, end)
    offsets = Offsets(document[start:end])

    def span(node: Node) -> tuple[int, int]:
        return start + offsets(node.start_byte), start + offsets(node.end_byte)

    cursor = _parser().parse(offsets.data).walk()
    while True:
        node = cursor.node
        assert node is not None
        kind = node.type
        leaf = True
        if kind in ("start_tag", "end_tag", "self_closing_tag", "erroneous_end_tag"):
            if node.start_byte < node.end_byte:
                yield _tag(node, document, span)
        elif kind in ("comment", "doctype", "xml_declaration"):
            yield Token("comment", *span(node))
        elif kind == "entity":
            yield Token("entity", *span(node))
        elif kind == "raw_text":
            yield Token("raw", *span(node))
        else:
            leaf = False
        if not leaf and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _check_depth(document: str, start: int, end: int) -> None:
    """Raise TranscleanError for elements so deep that the parser takes quadratic time."""
    if document.count("<", start, end) <= _DEEPEST:
        return
    depth = 0
    for found in _ANY_TAG.finditer(document, start, end):
        if found[1]:
            depth = max(0, depth - 1)
        elif found[2].lower() not in _WITHOUT_END:
            depth += 1
            if depth > _DEEPEST:
                line = document.count("\n", 0, found.start()) + 1
                raise TranscleanError(f"line {line}: has elements more than {_DEEPEST:,} deep")


_DEEPEST = 25_000  # browsers stop at 512
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_WITHOUT_END = _VOID | _OBJECTS | _IMPLIED_END | {"br", "wbr"}


def _tag(node: Node, document: str, span: Callable[[Node], tuple[int, int]]) -> Token:
    start, end = span(node)
    name, attributes = "", []
    for child in node.children:
        if child.type in ("tag_name", "erroneous_end_tag_name"):
            begin, finish = span(child)
            name = document[begin:finish].lower()
        elif child.type == "attribute":
            attributes.append(_attribute(child, document, span))
    closing = node.type in ("end_tag", "erroneous_end_tag")
    void = node.type == "self_closing_tag"
    return Token("close" if closing else "void" if void else "open", start, end, name,
                 tuple(attributes))  # fmt: skip


def _attribute(
    node: Node, document: str, span: Callable[[Node], tuple[int, int]]
) -> tuple[str, int, int, str]:
    finish = span(node)[1]
    name, value, quote = "", Span(finish, finish), ""
    for child in node.children:
        at = Span(*span(child))
        if child.type == "attribute_name":
            name = document[at.start : at.end].lower()
        elif child.type == "quoted_attribute_value":
            quote, value = document[at.start], Span(at.start + 1, at.end - 1)
        elif child.type == "attribute_value":
            value = at
    return name, value.start, value.end, quote
