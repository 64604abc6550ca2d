"""reStructuredText: paragraphs, headings and list items; directives, roles, literals are kept.

docutils gives no places of characters, so blocks are told by their form, carefully.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transclean.formats import DEFAULTS, Options
from transclean.formats.blocks import Line, blocks, prose, removal
from transclean.formats.views import Builder, Escape
from transclean.model import Document, SegmentKind, Span

__all__ = ["NAME", "escape", "parse", "removal"]

NAME = "rst"

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_LIST = re.compile(r"[ \t]*(?:[-*+•]|(?:\d+|#|[a-zA-Z])[.)]|\((?:\d+|[a-z])\))[ \t]+(?=\S)")
_BEFORE_BLOCK = re.compile(r"[ \t]*(?:(?:[-*+•]|(?:\d+|#|[a-zA-Z])[.)]|\((?:\d+|[a-z])\))[ \t]+)?")
_BARE_ITEM = re.compile(r"[-*+•]|(?:\d+|#|[a-zA-Z])[.)]|\((?:\d+|[a-z])\)")
_EXPLICIT = re.compile(r"\.\.(?:\s|$)|__ ")
_FIELD = re.compile(r":[^:\s][^:]*:(?:\s|$)")
_TABLE = re.compile(r"\+[-=+]+\+|={2,}(?:[ \t]+={2,})+|\|")
_INLINE = re.compile(
    r"``(?P<code>(?:(?!``).)+)``"
    r"|:[\w+.:-]+:`[^`]+`"  # a role
    r"|`(?P<keep>[^`<>]+?)(?P<keep_close>\s*<[^`<>]+>`__?)"
    r"|`[^`]+`(?:__?|:[\w:-]+:)?"
    r"|(?<![\w*\\])(?P<open>\*\*?)(?P<body>[^\s*](?:[^*]*[^\s*])?)(?P<close>(?P=open))(?![\w*])"
    r"|\|[^|\s][^|]*\|_{0,2}"
    r"|\[(?:\#?[\w-]*|\*)\]_"
    r"|\b\w+_\b(?!\w)"
    r"|(?P<char>(?<=\S)::\Z)",  # a literal follows
    re.DOTALL,
)
_MAIL = re.compile(r"\w@\w")
_REFERENCE = re.compile(r"`([^`<>]+)`_(?!_)")
_TARGET = re.compile(
    r"`(?P<name>[^`<>]+?)\s*<[^`<>]+>`_(?!_)"
    r"|^[ \t]*(?P<title>\S.*?)[ \t]*\r?\n([!-/:-@\[-`{-~])\3{2,}[ \t]*\r?$",
    re.MULTILINE,
)
_SIGNS = re.compile(r"[*`|\\]|(?<=\w)_(?!\w)")


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a text in reStructuredText."""
    builder = Builder(text)
    builder.protected += _named(text)
    skipped: int | None = None  # what is indented more than this belongs to a block left alone
    for block in blocks(text):
        first = block[0]
        if skipped is not None and first.indent > skipped:
            continue
        skipped = _block(builder, block)
    return builder.finish(path, NAME, options)


def _named(text: str) -> Iterator[Span]:
    """Yield the links and titles that a reference elsewhere calls by their words."""
    called = {_name(found[1]) for found in _REFERENCE.finditer(text)}
    if called:
        for found in _TARGET.finditer(text):
            name = "name" if found["name"] else "title"
            if _name(found[name]) in called:
                yield Span(*found.span(name))


def _name(words: str) -> str:
    return " ".join(words.split()).casefold()


def _block(builder: Builder, block: list[Line]) -> int | None:
    """Take a block; return the indent below which what follows belongs to it, if it does."""
    first, bare = block[0], block[0].text.strip()
    builder.mark(first.start, first.start, "block")
    if _EXPLICIT.match(bare) or _FIELD.match(bare) or bare.startswith(">>>"):
        return first.indent
    if _TABLE.match(bare) or any(_BARE_ITEM.fullmatch(line.text.strip()) for line in block):
        return None
    adorned = [line for line in block if _ADORNMENT.fullmatch(line.text.strip())]
    if adorned:
        titles = [line for line in block if line not in adorned]
        if len(titles) == 1 and len(block) <= 3:
            _add(builder, titles, SegmentKind.HEADING, _title_escape(titles[0], adorned))
        return None
    if bare == "::":
        return first.indent - 1
    items: list[list[Line]] = []
    for number, line in enumerate(block):
        if number and line.indent > block[number - 1].indent and not _LIST.match(block[0].text):
            items = []  # a definition list or a quotation: which lines belong together is unsure
            break
        if not items or _LIST.match(line.text):
            items.append([])
        items[-1].append(line)
    for item in items:
        _add(builder, item, SegmentKind.PARAGRAPH)
    return first.indent if block[-1].text.rstrip().endswith("::") else None


def _title_escape(title: Line, adorned: list[Line]) -> Escape:
    """Return what writes into a title, which may not grow longer than the lines around it."""
    room = min(len(line.text.rstrip()) for line in adorned)

    def within(new: str, document: str, start: int, end: int) -> str | None:
        length = len(title.text.rstrip()) - (end - start) + len(new)
        return escape(new, document, start, end) if length <= room else None

    return within


# What may stand right before inline markup begins, and right after it ends, besides blanks.
_BEFORE_INLINE, _AFTER_INLINE = "'\"([{<-/:", "'\")]}>-/\\:.,;!?"
_OPENS, _CLOSED = re.compile(r"[*`|_]+\w"), re.compile(r"\w[*`|_]+$")


def _add(
    builder: Builder, block: list[Line], kind: SegmentKind, write: Escape | None = None
) -> None:
    mark = _LIST.match(block[0].text)
    start = block[0].start + (mark.end() if mark else block[0].indent)
    if mark:
        builder.mark(block[0].start, start, "item")
    end = block[-1].start + len(block[-1].text.rstrip())
    kind = SegmentKind.LIST_ITEM if mark else kind
    prose(builder, Span(start, end), kind, _INLINE, _SIGNS, write or escape,
          characters=lambda _: ":")  # fmt: skip


def _touches_inline(new: str, document: str, start: int, end: int) -> bool:
    """Whether inline markup beside the place would be none any more: a letter stands at it."""
    last = (new or document[max(0, start - 1) : start])[-1:]
    first = (new or document[end : end + 1])[:1]
    if last and _OPENS.match(document, end) and not (last.isspace() or last in _BEFORE_INLINE):
        return True
    closed = _CLOSED.search(document, max(0, start - 4), start)
    return bool(first and closed) and not (first.isspace() or first in _AFTER_INLINE)


def escape(new: str, document: str, start: int, end: int) -> str | None:
    """Return a replacement; None where it has signs that are markup here."""
    line = document[document.rfind("\n", 0, start) + 1 : start]
    first = (new or document[end:])[:1]  # a removal leaves what stands behind it
    around = f"{document[max(0, start - 1) : start]}{new}{document[end : end + 1]}"
    if "\n" in new or _SIGNS.search(new) or "::" in new or _MAIL.search(around):
        return None
    if _touches_inline(new, document, start, end):
        return None
    if _BEFORE_BLOCK.fullmatch(line) and (
        first.isspace() or _LIST.match(new) or _EXPLICIT.match(new) or _FIELD.match(new)
    ):
        return None
    return new
