"""The library: check and repair texts without files or a command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache

from transclean.checks import check_types
from transclean.engine import Engine, Outcome, select_rules
from transclean.fixer import FixResult, examined, fix_document
from transclean.formats import get_format, with_original
from transclean.model import Document, Finding
from transclean.rulebook import load_rulebook
from transclean.rulebook.style import Style

TEXT = "<text>"  # the path of a text that came from no file


class Cleaner:
    """Rules, a selection of them and a house style, ready for any number of texts.

    Build it once and use it again, also in other processes: it pickles.
    """

    def __init__(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        rules: Iterable[str | os.PathLike[str]] = (),
        source_language: str = "auto",
        style: Style | None = None,
        timeout: float = 2.0,
        min_confidence: float = 0.0,
    ) -> None:
        """`select` and `ignore` name rules, categories or packs; `rules` are folders of
        rule files beside the shipped ones; `source_language` is a code, “none” or “auto”;
        `timeout` is in seconds, for one pattern on one segment; `min_confidence` leaves out
        findings that are less sure.

        Raises TranscleanError for rules that can't be used and for names that select nothing.
        """
        book = load_rulebook(rules, check_types())
        self.engine = Engine(
            book,
            select_rules(book.headings, select, ignore),
            style=style or Style(),
            source_language=source_language,
            timeout=timeout,
            min_confidence=min_confidence,
        )

    def check(
        self, text: str, *, path: str = TEXT, format: str = "text", source: str | None = None
    ) -> list[Finding]:
        """Return the findings of `text`, in its order; `source` is what it was translated from."""
        return list(self.examine(text, path=path, format=format, source=source).findings)

    def examine(
        self, text: str, *, path: str = TEXT, format: str = "text", source: str | None = None
    ) -> Outcome:
        """Return the findings of `text` with the rules that failed on it."""
        document = self.document(text, path=path, format=format, source=source)
        return examined(document, self.engine)

    def fix(
        self,
        text: str,
        *,
        suggested: bool = False,
        path: str = TEXT,
        format: str = "text",
        source: str | None = None,
    ) -> FixResult:
        """Return `text` with its safe fixes made, with `suggested` the suggested ones too."""
        document = self.document(text, path=path, format=format, source=source)
        return fix_document(document, self.engine, suggested=suggested)

    def document(
        self, text: str, *, path: str = TEXT, format: str = "text", source: str | None = None
    ) -> Document:
        """Return the document that `text` is in a format, beside its `source` in the same."""
        parse = get_format(format).parse
        document = parse(text, path)
        return document if source is None else with_original(document, parse(source, path))


@lru_cache(maxsize=1)
def _default_cleaner() -> Cleaner:
    return Cleaner()


def check_text(text: str, *, cleaner: Cleaner | None = None, format: str = "text") -> list[Finding]:
    """Return the findings of `text`, by the default rules or those of `cleaner`."""
    return (cleaner or _default_cleaner()).check(text, format=format)


def fix_text(
    text: str, *, suggested: bool = False, cleaner: Cleaner | None = None, format: str = "text"
) -> FixResult:
    """Return the repair of `text`, by the default rules or those of `cleaner`."""
    return (cleaner or _default_cleaner()).fix(text, suggested=suggested, format=format)
