#!/usr/bin/env python3
"""Derive the lexicon of word endings that are no words, “-tant” of “impor- tant”.

    python benchmarks/lexicons/endings.py --frequencies DICTIONARY --words FILE

writes rules/lexicons/common-word-endings.txt. Facts: as for glued.py, symspellpy's
frequency_dictionary_en_82_765.txt and a list of SCOWL. Needed when the list is made again.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

LEXICON = Path(__file__).resolve().parents[2] / "rules" / "lexicons" / "common-word-endings.txt"
COMMONEST = 15000  # words whose endings count
KNOWN = 60000  # words; an ending that is one of them may stand by itself
LEAST = 4  # words that have the ending


def main() -> None:
    """Write the lexicon."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    given.add_argument("--frequencies", type=Path, required=True)
    given.add_argument("--words", type=Path, required=True)
    paths = given.parse_args()
    rows = [row.split() for row in paths.frequencies.read_text("utf-8-sig").splitlines()]
    ranked = [word for word, count in sorted(rows, key=lambda row: -int(row[1]))]
    spelt = {word for word in paths.words.read_text("utf-8").split() if word.islower()}
    common = [word for word in ranked if word in spelt and len(word) >= 6][:COMMONEST]
    known = set(ranked[:KNOWN])
    endings = Counter(
        word[cut:]
        for word in common
        for cut in range(2, len(word) - 2)
        if re.search("[aeiouy]", word[:cut]) and re.fullmatch("[^aeiouy]?.*[aeiouy].*", word[cut:])
    )
    kept = sorted(end for end, count in endings.items() if count >= LEAST and end not in known)
    head = (
        "# Endings of English words that are no words themselves. Made by\n"
        "# benchmarks/lexicons/endings.py from symspellpy's frequency dictionary (MIT licence).\n"
    )
    LEXICON.write_text(head + "\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
