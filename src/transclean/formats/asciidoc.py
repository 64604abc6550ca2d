"""AsciiDoc: paragraphs, headings, lists, quotations, simple tables; the rest is kept.

No parser of it for Python gives places of characters, so lines are told by their form, carefully.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from transclean.formats import DEFAULTS, Options
from transclean.formats.blocks import Line, lines, prose, removal
from transclean.formats.views import Builder, Escape, words
from transclean.model import Document, SegmentKind, Span

__all__ = ["NAME", "escape", "parse", "removal"]

NAME = "asciidoc"

_MARKER = (
    r"(?:\*{1,5}|-|\.{1,5}|\d+\.|[a-zA-Z]\.|[ivxIVX]+\)|<(?:\d+|\.)>)[ \t]+(?:\[[ x*]\][ \t]+)?"
)
_LIST = re.compile(rf"[ \t]*{_MARKER}(?=\S)")
_TERM = re.compile(r"[ \t]*(?P<term>\S.*?)(?P<mark>:::?:?|;;)(?:$|[ \t]+(?P<rest>.*)$)")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING):[ \t]+(?=\S)")
_HEADING = re.compile(r"(?P<sign>={1,6}|\#{1,6})[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"([=\-~^+])\1+[ \t]*")
_TITLE = re.compile(r"\.(?=[^\s.])")
_ATTRIBUTES = re.compile(r"\[(?:|\[[^\[\]]*\]|[\w\".,#%$&'{].*)\][ \t]*")
_ENTRY = re.compile(r":!?\w[^:]*!?:(?:[ \t]|$)")
_MACRO = re.compile(r"[\w-]+::(?:\S.*)?\[.*\][ \t]*")
_COMMENT = re.compile(r"//(?!/)")
_BREAK = re.compile(r"'{3,}|<{3,}|-{3}|\*{3}|- - -|\* \* \*|_{3}|_ _ _")
# Blocks that are kept, and blocks whose content is read.
_KEPT = re.compile(r"-{4,}|\.{4,}|\+{4,}|/{4,}|`{3}.*|[|,:!]={3,}")
_CONTAINER = re.compile(r"={4,}|\*{4,}|_{4,}|--")
_TABLE = re.compile(r"\|={3,}")
_CELL = re.compile(r"\|")
# What a block may be called in brackets above it, and still be prose.
_PROSE = words(
    "quote NOTE TIP IMPORTANT CAUTION WARNING abstract partintro example sidebar discrete float"
    " normal preface foreword appendix dedication colophon glossary bibliography qanda horizontal"
    " arabic decimal loweralpha upperalpha lowerroman upperroman lowergreek square circle disc"
    " none no-bullet unstyled separator open"
)
_STYLE = re.compile(r"\[([^\]\[,.#%=]*)[^=]*?(?:[,.#%\]]|$)")
_HARD = re.compile(r"hardbreaks|subs=|separator=|format=|%(?:header,)?format")
_COLUMN_STYLE = re.compile(r"cols=(?:\"[^\"]*[a-z][^\"]*\"|[^\",\]]*[a-z])")

_TEXT = r"[^\[\]=\"\n](?:[^\[\]=]{0,300}?[^\[\]=\s^])??"
_INLINE = re.compile(
    r"\+\+\+(?:(?!\+\+\+).)+\+\+\+|\+\+(?:(?!\+\+).)+\+\+"
    r"|(?<![\w;:])\+(?:[^\s+]|[^\s+][^+]*[^\s+])\+(?!\w)"
    r"|[ \t]\+(?=[ \t]*(?:\r|\n|\Z))"  # a line break
    r"|(?P<char>[\"']`(?=\S)|(?<=\S)`[\"'](?![\w`])|&(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z]\w*);)"
    r"|``(?P<code2>(?:(?!``).)+)``"
    r"|(?<![\w\"';:}`\\])`(?P<code>[^\s`](?:[^`]*[^\s`])?)`(?![\w\"'`])"
    r"|\{[\w][\w:.-]*\}"
    rf"|(?P<keep_open>(?:\b(?:link|xref|mailto):|\bhttps?://)[^\s\[\]<>]{{1,300}}\[)(?P<keep>{_TEXT})"
    r"(?P<keep_close>\^?\])"
    r"|<<[^<>,\n]+,[ ]?(?P<keep2>[^<>]*?[^<>\s])>>|<<[^<>]+>>"
    r"|(?<![\w-])[a-z][\w-]{0,30}:[^\s\[\]]{0,300}\[(?:\\\]|[^\]]){0,1000}\]"  # any other macro
    r"|\[\[[^\[\]]+\]\]|\(\(\([^()]+\)\)\)|\(\([^()]+\)\)"
    r"|(?<!\\)(?P<open>(?P<attributes>\[[\w.#%-]+\])?(?P<double>\*\*|__|\#\#))(?P<body>(?:(?!(?P=double)).){1,1000}?)"
    r"(?P<close>(?P=double))"
    r"|(?<![\w;:}\\*_\#])(?P<open1>(?:\[[\w.#%-]+\])?(?P<single>[*_\#]))(?=\S)(?P<body1>(?:(?!(?P=single)).){0,1000}?\S)"
    r"(?P<close1>(?P=single))(?!\w)"
    r"|(?<!\\)(?P<open2>(?P<raised>[\^~]))(?P<body2>[^\s^~]+)(?P<close2>(?P=raised))",
    re.DOTALL,
)
_SIGNS = re.compile(r"[*_`#^~+\\{}|]|<<|>>|\(\(|\)\)")
_WRITTEN = re.compile(r"[*_`#^~+\\{}|\[\]\r\n=&]|<<|>>|\(\(|\)\)|::|;;|://|\w:\S*\[|^-- ")
_WITH_NEIGHBOURS = re.compile(r"[-=]>|<[-=]|\w@\w")  # arrows, addresses
_BEFORE_BLOCK = re.compile(rf"[ \t]*(?:{_MARKER}|\.)?")


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a text in AsciiDoc."""
    builder = Builder(text)
    _Reader(builder, list(lines(text))).read()
    return builder.finish(path, NAME, options)


class _Reader:
    """Takes the lines of a text one after the other."""

    def __init__(self, builder: Builder, found: list[Line]) -> None:
        self.builder, self.lines = builder, found
        self.at = 0
        self.kept = False  # whether the brackets above say that the next block is no prose
        self.simple = True  # whether they leave a table's cells as they are by default
        self.begun = False  # whether anything but comments and attributes was read
        self.quoted = False

    def read(self) -> None:
        if self.lines and self.lines[0].text.rstrip() == "---":  # front matter, if it ends
            self.at = 1
            if not self._skip_to("---"):
                self.at = 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            bare = line.text.rstrip()
            if not bare:
                continue
            if not self._aside(line, bare):
                self._block(line, bare)
                self.kept, self.simple, self.begun = False, True, True

    def _aside(self, line: Line, bare: str) -> bool:
        """Take a line that says something about the text, or is none of it."""
        if _ENTRY.match(bare):
            self._mark(line, "entry")
            while bare.endswith((" \\", " +")) and self.at < len(self.lines):
                bare = self.lines[self.at].text.rstrip()
                self.at += 1
        elif _COMMENT.match(bare):
            self._mark(line, "comment")
        elif _ATTRIBUTES.fullmatch(bare):
            self._mark(line, "attributes")
            style = _STYLE.match(bare)
            name = style[1].strip() if style else "?"
            known = not name or name in _PROSE or bare.startswith("[[")
            self.kept = self.kept or not known or bool(_HARD.search(bare))
            self.simple = self.simple and not _COLUMN_STYLE.search(bare)
        elif _TITLE.match(bare) and not _LIST.match(bare):
            self._mark(line, "title")
            self._add([line], SegmentKind.TITLE, 1)
        elif bare == "+" or (_CONTAINER.fullmatch(bare) and not self.kept):
            self._mark(line, bare)
            self.quoted = bare[0] == "_" and not self.quoted
        elif _BREAK.fullmatch(bare) or _MACRO.fullmatch(bare):
            self._mark(line, "macro")
            self.kept, self.simple, self.begun = False, True, True
        else:
            return False
        return True

    def _block(self, line: Line, bare: str) -> None:
        if _CONTAINER.fullmatch(bare) or _KEPT.fullmatch(bare):
            self._delimited(line, bare)
            return
        heading = _HEADING.match(bare)
        if heading and not self.kept:
            self._mark(line, heading["sign"])
            self._add([line], SegmentKind.HEADING, heading.end())
            if not self.begun and len(heading["sign"]) == 1:  # author, revision, attributes
                while self.at < len(self.lines) and self.lines[self.at].text.strip():
                    self.at += 1
            return
        if self._underlined(line):
            self._mark(line, "title line")
            under = self.lines[self.at]
            self._add([line], SegmentKind.HEADING, 0, _title_escape(line, under))
            self.at += 1
            return
        block = [line]
        while self.at < len(self.lines) and not self._ends(self.lines[self.at]):
            block.append(self.lines[self.at])
            self.at += 1
        self.builder.mark(line.start, line.start, "block")
        indented = bare[0] in " \t" and not _LIST.match(bare) and not _TERM.match(bare)
        if not (self.kept or indented or bare.startswith(">")):
            self._paragraph(block)

    def _ends(self, line: Line) -> bool:
        """Whether a line is not of the paragraph above it."""
        bare = line.text.rstrip()
        return (
            bare in ("", "+", "--")
            or bool(_ATTRIBUTES.fullmatch(bare) or _ENTRY.match(bare) or _COMMENT.match(bare))
            or bool(_KEPT.fullmatch(bare) or _CONTAINER.fullmatch(bare) or _MACRO.fullmatch(bare))
        )

    def _underlined(self, line: Line) -> bool:
        """Whether the next line makes a title of this one."""
        if self.kept or self.at >= len(self.lines) or not re.search(r"\w", line.text):
            return False
        under = self.lines[self.at].text
        length = len(line.text.rstrip())
        return bool(_UNDERLINE.fullmatch(under)) and abs(len(under.rstrip()) - length) <= 1

    def _delimited(self, line: Line, bare: str) -> None:
        """Take a block between two lines that are alike."""
        self._mark(line, f"block {bare[:3]}")
        first = self.at
        closed = self._skip_to("```" if bare.startswith("```") else bare)
        inside = self.lines[first : self.at - closed]
        if _TABLE.fullmatch(bare) and closed and self.simple and not self.kept:
            self._table(inside)

    def _skip_to(self, closing: str) -> bool:
        """Pass over the lines to the closing one and this one; return whether there is one."""
        while self.at < len(self.lines):
            self.at += 1
            if self.lines[self.at - 1].text.rstrip() == closing:
                return True
        return False

    def _table(self, inside: list[Line]) -> None:
        """Take the cells of a table, if each row stands on a line or more by itself."""
        rows: list[list[tuple[int, int]]] = []
        for line in inside:
            bare = line.text.rstrip()
            if not bare:
                continue
            bars = [found.start() for found in _CELL.finditer(bare)]
            if not bars or bars[0] or any(bare[at - 1] not in " \t|" for at in bars[1:]):
                return
            bars.append(len(bare))
            rows.append([(line.start + a + 1, line.start + b) for a, b in pairwise(bars)])
        text = self.builder.document
        for start, end in (cell for row in rows for cell in row):
            shown = text[start:end]
            self.builder.mark(start - 1, start, "cell")
            begin = start + len(shown) - len(shown.lstrip())
            stop = start + len(shown.rstrip())
            if begin < stop:
                self._prose(begin, stop, SegmentKind.CELL, escape)

    def _paragraph(self, block: list[Line]) -> None:
        """Take lines without an empty one: a paragraph, or items of a list."""
        plain = SegmentKind.QUOTATION if self.quoted else SegmentKind.PARAGRAPH
        part: list[Line] = []
        skip, kind = 0, plain
        for line in block:
            item, term = _LIST.match(line.text), _TERM.match(line.text)
            if not (item or term or line.text.startswith("-- ")):
                if not part:
                    label = _ADMONITION.match(line.text)
                    skip = label.end() if label else line.indent
                    if label:
                        self._mark(line, "label")
                part.append(line)
                continue
            self._add(part, kind, skip)
            part, kind = [], SegmentKind.LIST_ITEM
            if line.text.startswith("-- "):  # whom a quotation is of
                self._mark(line, "attribution")
                return
            if item:
                self._mark(line, "item")
                part, skip = [line], item.end()
            elif term:
                self._mark(line, "term")
                begin, end = (line.start + at for at in term.span("term"))
                self._prose(begin, end, SegmentKind.HEADING, escape)
                self.builder.mark(line.start + term.start("mark"), line.start + term.end("mark"),
                                  "term mark")  # fmt: skip
                if term["rest"] and term["rest"].strip():
                    part, skip = [line], term.start("rest")
        self._add(part, kind, skip)

    def _add(
        self, block: list[Line], kind: SegmentKind, skip: int, write: Escape | None = None
    ) -> None:
        """Add lines as one piece of prose, without what stands before it in the first."""
        if not block:
            return
        end = block[-1].start + len(block[-1].text.rstrip())
        self._prose(block[0].start + skip, end, kind, write or escape)

    def _prose(self, start: int, end: int, kind: SegmentKind, write: Escape) -> None:
        prose(self.builder, Span(start, end), kind, _INLINE, _SIGNS, write,
              nested=True, characters=_shown)  # fmt: skip

    def _mark(self, line: Line, kind: str) -> None:
        self.builder.mark(line.start, line.start, kind)


_CURVED = {'"`': "“", '`"': "”", "'`": "‘", "`'": "’"}


def _shown(written: str) -> str:
    """Return what a sign for a character shows."""
    return _CURVED.get(written) or unescape(written)


def _title_escape(title: Line, under: Line) -> Escape:
    """Return what writes into a title, which must stay about as long as the line below it."""
    room = len(under.text.rstrip())

    def within(new: str, document: str, start: int, end: int) -> str | None:
        length = len(title.text.rstrip()) - (end - start) + len(new)
        return escape(new, document, start, end) if abs(length - room) <= 1 else None

    return within


def escape(new: str, document: str, start: int, end: int) -> str | None:
    """Return a replacement; None where it has signs that are markup here."""
    around = f"{document[max(0, start - 1) : start]}{new}{document[end : end + 1]}"
    if _WRITTEN.search(new) or _WITH_NEIGHBOURS.search(around):
        return None
    line = document[document.rfind("\n", 0, start) + 1 : start]
    if _BEFORE_BLOCK.fullmatch(line) and (
        _LIST.match(new) or _TITLE.match(new) or _ENTRY.match(new) or _ADMONITION.match(new)
        or _COMMENT.match(new) or new.startswith(("-", ".", "'", "<", ">", " ", "\t"))
    ):  # fmt: skip
        return None
    return new
