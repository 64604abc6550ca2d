"""Formats: how a document's text is read for its prose.

A format is a module with NAME, `parse` (text to document) and `removal` (the
edits that take out a whole segment); `FORMATS` names each, so that only those in use are
imported.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Protocol

from transclean.model import Document, Edit, Segment

FORMATS: dict[str, str] = {
    "text": "transclean.formats.plain",
}
# File name endings, in lower case, and the formats that read them.
SUFFIXES: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
}


class Format(Protocol):
    """What a format's module offers."""

    NAME: str

    def parse(self, text: str, path: str) -> Document:
        """Return the document of `text`; `path` is its label."""

    def removal(self, document: Document, segment: Segment) -> tuple[Edit, ...] | None:
        """Return the edits that take out `segment`, or None where none can."""


def get_format(name: str) -> Format:
    """Return the format called `name`."""
    module: Format = import_module(FORMATS[name])
    return module


def format_of(path: str) -> str | None:
    """Return the name of the format that `path`'s ending tells, or None."""
    return SUFFIXES.get(PurePath(path).suffix.lower())
