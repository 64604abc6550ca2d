#!/usr/bin/env python3
"""Derive the lexicon of rare English words that look foreign, for the check foreign-word.

    apt-get download wamerican-large wbritish-large
    python benchmarks/lexicons/rare.py --words FILE [--words FILE]

writes rules/lexicons/common-rare-words.txt: what the commonest words lack, neither they nor
their forms, and what has rather the letters of another language.

Facts: the large American and British lists of SCOWL (free terms), as Debian ships them. Needed
when the list is made again, never at run time.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from glued import LEXICONS, words_of

from transclean.checks.foreign_words import LEAST, SHORTEST, is_english
from transclean.checks.languages import foreignness
from transclean.checks.untranslated import LANGUAGES

HEAD = """\
# Rare English words with letters as in another language: no word that was left untranslated.
# Made by benchmarks/lexicons/rare.py from SCOWL (free terms). Do not edit by hand.
"""


def main() -> None:
    """Write the lexicon."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    given.add_argument("--words", type=Path, action="append", required=True)
    paths = given.parse_args().words
    spelt = {line for path in paths for line in path.read_text("utf-8").splitlines()}
    lower = {word for word in spelt if re.fullmatch(r"[^\W\d_]+", word) and word.islower()}
    common = words_of("common-glued-words") | words_of("common-english-words")
    kept = [word for word in sorted(lower) if len(word) >= SHORTEST and is_needed(word, common)]
    path = LEXICONS / "common-rare-words.txt"
    path.write_text(HEAD + "".join(f"{word}\n" for word in kept), "utf-8")
    print(f"{path.stem}: {len(kept)} entries")


def is_needed(word: str, common: set[str]) -> bool:
    """Whether the check would take the word for a foreign one."""
    return not is_english(word, common.__contains__) and any(
        foreignness(word, code) >= LEAST for code in LANGUAGES
    )


if __name__ == "__main__":
    main()
