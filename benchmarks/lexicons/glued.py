#!/usr/bin/env python3
"""Derive the lexicons of glued words, “verdictthe” and “theold”, from word lists.

    pip download symspellpy; apt-get download wamerican-insane wbritish-insane
    python benchmarks/lexicons/glued.py --frequencies DICTIONARY --words FILE [--words FILE]

writes into rules/lexicons
  common-glued-words.txt        the commonest English words: one half of what was glued
  common-english-words.txt      fewer of them, for patterns: each takes time to compile
  common-glued-lookalikes.txt   words that look glued and are not (“elsewhere”, “Holland”)

Facts: symspellpy's frequency_dictionary_en_82_765.txt (MIT licence), made from Google Books
Ngrams (CC BY 3.0) and SCOWL; the largest American and British lists of SCOWL (free terms), as
Debian ships them. Needed when the lists are made again, never at run time.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LEXICONS = Path(__file__).resolve().parents[2] / "rules" / "lexicons"
COMMONEST = 32000
COMMONER = 12000
# Words of Google's Ngrams that are names, abbreviations or of another language.
NO_WORDS = re.compile(r"[b-hj-z]|(.)\1+|[bcdfghjklmnpqrstvwxz]+|[ivxlcdm]{3,}")
LEAST = 4  # letters of a common word
LONG = 6  # letters of each half of two content words


def main() -> None:
    """Write the lexicons."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    given.add_argument("--frequencies", type=Path, required=True)
    given.add_argument("--words", type=Path, action="append", required=True)
    paths = given.parse_args()
    counts = {
        word: int(count)
        for word, count in map(str.split, paths.frequencies.read_text("utf-8-sig").splitlines())
        if re.fullmatch("[a-z]+", word)
    }
    spelt = [line for path in paths.words for line in path.read_text("utf-8").splitlines()]
    lower = {word for word in spelt if re.fullmatch("[a-z]+", word)}
    ranked = sorted(counts, key=lambda word: -counts[word])
    # Names are in the frequency list in lower case; SCOWL has their capitals.
    common = [w for w in ranked if len(w) >= LEAST and w in lower and not NO_WORDS.fullmatch(w)]
    halves = {*common[:COMMONEST], *_BRITISH.split(), *_AMERICAN.split()}
    known = {word.lower() for word in spelt if re.fullmatch("[A-Za-z]+", word)} | set(counts)
    first, second = (
        words_of("common-glued-first") | words_of("common-glued-first-more"),
        words_of("common-glued-second-sure")
        | words_of("common-glued-second-mark")
        | words_of("common-glued-second-short")
        | words_of("common-glued-second-verb")
        | words_of("common-glued-the")
        | words_of("common-glued-of"),
    )
    short = words_of("common-glued-short")
    heads = halves | short
    looks = {word for word in known | halves if looks_glued(word, heads, first, second)}
    write(
        "common-glued-words",
        f"The {COMMONEST} commonest English words of {LEAST} letters or more.",
        halves,
    )
    write(
        "common-english-words",
        f"The {COMMONER} commonest English words of {LEAST} letters or more.",
        {*common[:COMMONER], *_BRITISH.split(), *_AMERICAN.split()},
    )
    write(
        "common-glued-lookalikes",
        "Words and names that two shorter words make (elsewhere, Holland): never a seam.",
        looks | {*_EXTRA.split()},
    )


def looks_glued(word: str, halves: set[str], first: set[str], second: set[str]) -> bool:
    """Whether the word has the form of two that are glued."""
    for head, tail in splits(word):
        if head in halves and (
            tail in second or (min(len(head), len(tail)) >= LONG and tail in halves)
        ):
            return True
        if head in first and (tail in halves or tail in second):
            return True
    return False


def splits(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a word."""
    return ((word[:at], word[at:]) for at in range(1, len(word)))


def words_of(name: str) -> set[str]:
    """Return the entries of a lexicon that is written by hand."""
    lines = (LEXICONS / f"{name}.txt").read_text("utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}


# The frequency list has American spellings alone.
_BRITISH = """
    behaviour centre centres colour colours defence favour harbour honour honours kilometre
    kilometres labour licence litre litres lorries lorry manoeuvre metre metres motorway
    motorways neighbour neighbourhood neighbouring neighbours organisation organisations
    programme programmes rumour rumours theatre theatres traveller travellers tyre tyres
"""
# The frequencies are of British spellings.
_AMERICAN = """
    armor behavioral canceled centers colored colorful colors endeavor favorite favorites flavor
    flavors glamor harbor harbors honored honors humor jewelry kilometer kilometers labor liters
    neighbor neighborhood neighborhoods neighboring neighbors rumor rumors savior theater theaters
    traveled traveler travelers traveling
"""
# What the lists lack, from findings in English that people wrote.
_EXTRA = """
    breakthrough checkin decisionmaking feedthrough followthrough foreach installability
    problemsolving readonly redirector servicemembers standfor strikethrough writeonly
    whodepends writethrough
"""


def write(name: str, what: str, entries: Iterable[str]) -> None:
    """Write a lexicon with a comment on where it is from."""
    head = (
        f"# {what}\n# Made by benchmarks/lexicons/glued.py from symspellpy's dictionary of English"
        " (MIT; from Google\n"
        "# Books Ngrams, CC BY 3.0) and SCOWL (free terms). Do not edit by hand.\n"
    )
    kept = sorted(entries)
    (LEXICONS / f"{name}.txt").write_text(head + "\n".join(kept) + "\n", "utf-8")
    print(f"{name}: {len(kept)} entries")


if __name__ == "__main__":
    main()
