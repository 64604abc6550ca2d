"""Rule files and what becomes of them: a rulebook that the engine runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache

from transclean.rulebook.book import BookData, Rulebook
from transclean.rulebook.cache import (
    book_key,
    load_book,
    recall_book,
    remember_book,
    stamp_of,
    store_book,
)
from transclean.rulebook.checktypes import CheckTypes
from transclean.rulebook.packs import SourceFile, find_packs, shipped_rules


def load_rulebook(folders: Iterable[str | os.PathLike[str]], checks: CheckTypes) -> Rulebook:
    """Return the rulebook of the shipped packs and those in `folders`.

    It comes from the cache where the rules' content and the versions are the same. Raises
    RuleFileError with all faults of the rule files, TranscleanError for unreadable ones.
    """
    found = find_packs([shipped_rules(), *folders])
    stamp = stamp_of(found)

    @lru_cache(maxsize=1)
    def files() -> list[SourceFile]:
        return [file.read() for file in found]

    def build() -> BookData:
        # Only here is YAML parsed, so only here is its parser imported.
        from transclean.rulebook.build import build_book

        data = build_book(files(), checks, book_key(files()))
        store_book(data)
        return data

    data = recall_book(stamp, build)
    if data is None:
        key = book_key(files())
        data = load_book(key, build)
        if data is None:
            data = build()
        remember_book(stamp, key)
    return Rulebook(data)
