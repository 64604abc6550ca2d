"""Formats: how a document's text is read for its prose.

A format is a module with NAME, `parse` (text to document) and `removal` (the
edits that take out a whole segment); `FORMATS` names each, so that only those in use are
imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple, Protocol, cast

import msgspec

from transclean.model import Document, Edit, PassedOverError, Segment

FORMATS: dict[str, str] = {
    "text": "transclean.formats.plain",
    "markdown": "transclean.formats.markdown",
    "html": "transclean.formats.html",
    "rst": "transclean.formats.rst",
    "asciidoc": "transclean.formats.asciidoc",
    "jsonl": "transclean.formats.json_lines",
    "json": "transclean.formats.json_file",
    "csv": "transclean.formats.csv_file",
    "parquet": "transclean.formats.parquet",
    "arrow": "transclean.formats.arrow",
    "po": "transclean.formats.po",
    "exchange": "transclean.formats.exchange",
    "subtitles": "transclean.formats.subtitles",
    "office": "transclean.formats.office",
}
# Formats whose files are archives: their modules `read` bytes, and their files are only checked.
ARCHIVES = frozenset({"office"})
# Formats of records: read record by record, each a document in the format `record`.
RECORDS = frozenset({"jsonl", "json", "csv", "parquet", "arrow"})
# Those of them whose files are no text: repaired into a new file.
COLUMNAR = frozenset({"parquet", "arrow"})
_RECORD = {"record": "transclean.formats.records"}
# What the value of a field may be.
FIELD_FORMATS = ("text", "html", "markdown")
# Formats that hold the source beside each translation.
BILINGUAL = frozenset({"po", "exchange"})
_SAMPLE = 2000  # characters of a source by which its language is told
# File name endings, in lower case, and the formats that read them.
SUFFIXES: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".po": "po",
    ".xlf": "exchange",
    ".xliff": "exchange",
    ".tmx": "exchange",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".docx": "office",
    ".odt": "office",
}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a user says about reading: which fields of a front matter and of records are prose."""

    front_matter: tuple[str, ...] = (
        "title", "subtitle", "description", "summary", "excerpt", "caption"
    )  # fmt: skip
    fields: tuple[str, ...] = ("title", "headline", "description", "text", "body", "content")
    field_formats: tuple[tuple[str, str], ...] = ()


DEFAULTS = Options()


class Support(NamedTuple):
    """What a format asks for beside transclean itself, and what is done with its files."""

    needs: tuple[str, ...] = ()  # modules
    extra: str | None = None  # the name that installs them
    what: str = "check and fix"

    @property
    def missing(self) -> tuple[str, ...]:
        """The modules that are not installed."""
        from importlib.util import find_spec

        return tuple(name for name in self.needs if find_spec(name) is None)


_TREES = "tree_sitter"
SUPPORT: dict[str, Support] = {
    "markdown": Support((_TREES, "tree_sitter_markdown", "tree_sitter_html")),
    "html": Support((_TREES, "tree_sitter_html")),
    "exchange": Support((_TREES, "tree_sitter_html")),
    "subtitles": Support((_TREES, "tree_sitter_html")),
    "parquet": Support(("pyarrow",), "parquet", "check, and fix to a new file"),
    "arrow": Support(("pyarrow",), "parquet", "check, and fix to a new file"),
    "office": Support(what="check"),
}


class MissingError(PassedOverError):
    """A format whose parser is not installed."""

    def __init__(self, name: str, missing: tuple[str, ...]) -> None:
        self.name, self.missing = name, missing
        extra = support(name).extra
        how = f"pip install 'transclean[{extra}]'" if extra else f"pip install {' '.join(missing)}"
        super().__init__(f"reading {name} needs {' and '.join(missing)}: {how}")

    def __reduce__(self) -> tuple[type[MissingError], tuple[str, tuple[str, ...]]]:
        return MissingError, (self.name, self.missing)


class Format(Protocol):
    """What a format's module offers."""

    NAME: str

    def parse(self, text: str, path: str, options: Options = DEFAULTS) -> Document:
        """Return the document of `text`; `path` is its label."""

    def removal(self, document: Document, segment: Segment) -> tuple[Edit, ...] | None:
        """Return the edits that take out `segment`, or None where none can."""


def get_format(name: str) -> Format:
    """Return the format called `name`."""
    try:
        module: Format = import_module(FORMATS.get(name) or _RECORD[name])
    except ImportError as error:
        missing = support(name).missing
        if not missing:
            raise
        raise MissingError(name, missing) from error
    return module


class Archive(Protocol):
    """What the module of a format in `ARCHIVES` offers."""

    def read(self, data: bytes, path: str, options: Options = DEFAULTS) -> Document:
        """Return the document of a file's bytes, whose text is what was read of it."""


def read_archive(name: str, data: bytes, path: str, options: Options) -> Document:
    """Return the document of the bytes of an archive."""
    return cast("Archive", get_format(name)).read(data, path, options)


def declared_encoding(name: str, data: bytes) -> str | None:
    """Return the encoding that a file of the format called `name` says it has, or None."""
    declared = getattr(get_format(name), "declared_encoding", None)
    encoding: str | None = declared(data) if declared else None
    return encoding


def format_of(path: str) -> str | None:
    """Return the name of the format that `path`'s ending tells, or None."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower())


def reread(document: Document, text: str, edits: Iterable[Edit]) -> Document:
    """Return the document that `edits` made `text` of, read in the same way."""
    module = get_format(document.format)
    read = getattr(module, "reread", None)  # of formats that hold more than the text says
    if read is not None:
        made: Document = read(document, text, edits)
        return made
    made = module.parse(text, document.path, document.options)
    made = msgspec.structs.replace(made, record=document.record, field=document.field)
    if document.original is None or made.original is not None:
        return made
    return with_original(made, document.original)


def with_original(document: Document, original: Document) -> Document:
    """Return `document` with what it was translated from, which tells the language, too."""
    sample = original.body.text[:_SAMPLE]
    return msgspec.structs.replace(document, original=original, source_text=sample)


def support(name: str) -> Support:
    """Return what the format called `name` asks for."""
    return SUPPORT.get(name, Support())
