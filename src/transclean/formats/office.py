"""Word (.docx) and OpenDocument (.odt), to be checked: their paragraphs, one a line.

Both are archives of XML. What programs keep in them beside the text (runs, revisions, their own
extensions) can't be promised to survive a repair, so there is none.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from transclean.formats import DEFAULTS, Options
from transclean.formats.views import Builder
from transclean.model import Document, Edit, Segment, SegmentKind, TranscleanError

NAME = "office"

_LARGEST = 1 << 28  # bytes of XML in one part: an archive may unpack to more than any memory
_WORD = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_OPEN = "content.xml"
_PREFIXES = (
    ("/wordprocessingml/", "w"),
    ("markup-compatibility", "mc"),
    ("opendocument:xmlns:text:", "text"),
    ("opendocument:xmlns:table:", "table"),
    ("opendocument:xmlns:office:", "office"),
    ("opendocument:xmlns:style:", "style"),
    ("opendocument:xmlns:drawing:", "draw"),
    ("opendocument:xmlns:svg-compatible:", "svg"),
)
_SKIPPED = frozenset(
    ["mc:Fallback", "w:moveFrom", "w:del", "text:tracked-changes", "text:note-citation",
     "office:annotation", "text:ruby-text", "svg:title", "svg:desc", "text:sequence-decls",
     "text:index-title-template", "office:scripts"]
)  # fmt: skip
_SHOWN = {
    "w:tab": "\t", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "‑", "w:sym": "\ufffc",
    "text:tab": "\t", "text:line-break": " ",
}  # fmt: skip
_CELLS = frozenset(["w:tc", "table:table-cell"])
_STYLES = (
    (re.compile(r"code|preformatted|source|verbatim|listing", re.IGNORECASE), None),
    (re.compile(r"heading|title|subtitle", re.IGNORECASE), SegmentKind.HEADING),
    (re.compile(r"quot", re.IGNORECASE), SegmentKind.QUOTATION),
    (re.compile(r"caption", re.IGNORECASE), SegmentKind.CAPTION),
    (re.compile(r"list", re.IGNORECASE), SegmentKind.LIST_ITEM),
)
_BLANKS = re.compile(r"[ \t\r\n]+")


class _Paragraph:
    """A paragraph under way; `kind` is None where it is no prose."""

    def __init__(self, kind: SegmentKind | None) -> None:
        self.kind = kind
        self.parts: list[str] = []


class _Said(NamedTuple):
    kind: SegmentKind | None
    text: str


def read(data: bytes, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a file's bytes: its text as read, a paragraph a line."""
    said = [paragraph for part in _parts(data) for paragraph in part]
    builder = Builder("\n".join(paragraph.text for paragraph in said))
    at = 0
    for paragraph in said:
        end = at + len(paragraph.text)
        if paragraph.kind is not None:
            builder.begin(paragraph.kind, None)
            builder.text(at, end)
        at = end + 1
    return builder.finish(path, NAME, options)


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Refuse: there is no text of these formats but in their archives."""
    raise TranscleanError("Word and OpenDocument are read from files, not from text")


def _parts(data: bytes) -> Iterator[list[_Said]]:
    """Yield the paragraphs of each part of an archive that holds text."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            found = [name for name in (_WORD, *_NOTES) if name in names and _WORD in names]
            found = found or [name for name in (_OPEN,) if name in names]
            if not found:
                raise TranscleanError("is neither a Word nor an OpenDocument file")
            for name in found:
                yield _read_part(archive, name)
    except BadZipFile as error:
        reason = str(error) or "no archive"
        raise TranscleanError(
            f"is no whole Word or OpenDocument file ({reason}); it may be cut short, or locked"
            " with a password"
        ) from None
    except (NotImplementedError, RuntimeError) as error:  # its compression, a password
        raise TranscleanError(f"cannot be unpacked: {error}") from None
    except (zlib.error, EOFError, OSError, ValueError) as error:
        raise TranscleanError(f"cannot be unpacked, it is damaged: {error}") from None


def _read_part(archive: ZipFile, name: str) -> list[_Said]:
    reader = _Reader(open_document=name == _OPEN)
    size = 0
    try:
        with archive.open(name) as file:
            while chunk := file.read(1 << 16):
                size += len(chunk)
                if size > _LARGEST:
                    raise TranscleanError(f"is too large: {name} unpacks to more than 256 MB")
                reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise TranscleanError(
            f"{name}, line {error.lineno}: is not valid XML: {expat.ErrorString(error.code)}"
        ) from None
    return [_Said(p.kind, "".join(p.parts).strip()) for p in reader.found]


class _Reader:
    """Follows the elements of a part and notes its paragraphs, in their order."""

    def __init__(self, *, open_document: bool) -> None:
        self.open_document = open_document
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.found: list[_Paragraph] = []
        self.open: list[_Paragraph] = []
        self.skipping = 0
        self.texts = 0  # elements w:t that are open
        self.cells = self.items = 0
        self.parents: dict[str, str] = {}  # of OpenDocument's styles

    def refuse(self, *_: object) -> None:
        """Refuse what neither format has, and what could grow without end."""
        raise TranscleanError("is not read: its XML declares a document type")

    def begin(self, raw: str, given: dict[str, str]) -> None:
        """Take the beginning of an element."""
        name = _name(raw)
        self.skipping += name in _SKIPPED
        if self.skipping:
            return
        self.cells += name in _CELLS
        self.items += name == "text:list-item"
        self.texts += name == "w:t"
        attributes = {_name(key): value for key, value in given.items()}
        if name in ("w:p", "text:p", "text:h"):
            kind = SegmentKind.HEADING if name == "text:h" else self._kind()
            self.open.append(_Paragraph(kind))
            self.found.append(self.open[-1])
            self._style(attributes.get("text:style-name", ""))
        elif name == "style:style":
            own = attributes.get("style:name", "")
            self.parents[own] = attributes.get("style:parent-style-name", "")
        elif self.open:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "w:pStyle":
            self._style(attributes.get("w:val", ""))
        elif name == "w:numPr" and self.open[-1].kind is SegmentKind.PARAGRAPH:
            self.open[-1].kind = SegmentKind.LIST_ITEM
        elif name == "text:s":
            count = attributes.get("text:c", "1")
            self._say(" " * min(int(count) if count.isdecimal() else 1, 1000))
        elif name in _SHOWN and self._in_text(name, attributes):
            self._say(_SHOWN[name])

    @staticmethod
    def _in_text(name: str, attributes: dict[str, str]) -> bool:
        """Whether a sign is shown; the tab stops of a style are called as tabs are."""
        return name != "w:tab" or "w:pos" not in attributes

    def finish(self, raw: str) -> None:
        """Take the end of an element."""
        name = _name(raw)
        if self.skipping:
            self.skipping -= name in _SKIPPED
            return
        self.cells -= name in _CELLS
        self.items -= name == "text:list-item"
        self.texts -= name == "w:t"
        if name in ("w:p", "text:p", "text:h") and self.open:
            self.open.pop()

    def characters(self, text: str) -> None:
        """Take text: in Word only that of w:t, in OpenDocument with its white space as one."""
        if self.skipping or not self.open:
            return
        if self.texts:
            self._say(text.replace("\n", " ").replace("\r", " "))
        elif self.open_document:
            shown = _BLANKS.sub(" ", text)
            last = self.open[-1].parts[-1] if self.open[-1].parts else " "
            self._say(shown[1:] if shown[:1] == " " and last.endswith(" ") else shown)

    def _say(self, text: str) -> None:
        if text:
            self.open[-1].parts.append(text)

    def _kind(self) -> SegmentKind:
        if self.cells:
            return SegmentKind.CELL
        return SegmentKind.LIST_ITEM if self.items else SegmentKind.PARAGRAPH

    def _style(self, name: str) -> None:
        """Say what a paragraph is by the name of its style, or that of a style above it."""
        for _ in range(10):
            for pattern, kind in _STYLES:
                if pattern.search(name):
                    if kind is None or self.open[-1].kind is SegmentKind.PARAGRAPH:
                        self.open[-1].kind = kind
                    return
            name = self.parents.get(name, "")


def _name(raw: str) -> str:
    """Return the name of an element or attribute with a prefix that stands for its namespace."""
    space, _, local = raw.rpartition(" ")
    prefix = next((short for part, short in _PREFIXES if part in space), "")
    return f"{prefix}:{local}" if prefix else local


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """Nothing is taken out of what is only checked."""
    return None
