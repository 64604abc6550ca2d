"""Subtitles (SubRip, WebVTT): the words of each cue; times, numbers and tags are protected.

A cue is one piece of prose: its lines read as one, and a repair never moves words from one cue
to another.
"""

from __future__ import annotations

import re

from transclean.formats import DEFAULTS, Options
from transclean.formats.html import escape_text
from transclean.formats.views import Builder
from transclean.model import Document, Edit, Segment, SegmentKind

NAME = "subtitles"

_TIMES = re.compile(r"[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->.*")
_BLOCK = re.compile(r"(?:[^\r\n]+(?:\r\n?|\n|\Z))+")
_LINE = re.compile(r"([^\r\n]+)(?:\r\n?|\n|\Z)")
_TAG = re.compile(r"<(/?)([A-Za-z]+)?[^<>\r\n]*>|\{\\?[^{}\r\n]*\}|&(?:#\d+|\w+);")
_SPEECH = re.compile(r"[-–—][ \t]*\S")


def parse(text: str, path: str, options: Options = DEFAULTS) -> Document:
    """Return the document of a file of subtitles."""
    builder = Builder(text)
    for block in _BLOCK.finditer(text):
        times = None
        for line in _LINE.finditer(text, *block.span()):
            if times is not None:
                _line(builder, line.start(1), line.end(1))
            elif _TIMES.fullmatch(line[1]):
                times = line
                builder.begin(SegmentKind.PARAGRAPH, escape)
                builder.mark(line.start(), line.end(), "cue")
            elif line.start() != block.start():
                break  # only one line stands above the times
        builder.begin(SegmentKind.PARAGRAPH, escape)
    return builder.finish(path, NAME, options)


def _line(builder: Builder, start: int, end: int) -> None:
    from html import unescape

    text = builder.document
    if _SPEECH.match(text, start):
        builder.mark(start, start, "speech")
        if not builder.empty:  # another speaker
            builder.begin(SegmentKind.PARAGRAPH, escape)
    if not builder.empty:
        builder.space(start - 1, start)
    for found in _TAG.finditer(text, start, end):
        builder.flowing(start, found.start())
        start = found.end()
        if found[0][0] == "&":
            builder.unit(unescape(found[0]), *found.span())
        elif found[2] and found[2].lower() in ("i", "b", "u", "font", "c"):
            name = found[2].lower()
            if found[1]:
                builder.close(*found.span(), name)
            else:
                builder.open(*found.span(), name, loose=True)
        else:
            builder.atom(*found.span(), "tag")
    builder.flowing(start, end)


def escape(new: str, document: str, start: int, end: int) -> str | None:
    """Return a replacement as a cue takes it: on one line, without tags and arrows."""
    if "\n" in new or "\r" in new or "-->" in new or "{" in new:
        return None
    if "WEBVTT" in document[:16]:
        return escape_text(new, document, start, end)
    return None if "<" in new or _TAG.search(new) else new


def removal(document: Document, segment: Segment) -> tuple[Edit, ...] | None:
    """A cue is not taken out: its number and its time belong to the picture."""
    return None
