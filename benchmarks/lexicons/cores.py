#!/usr/bin/env python3
"""Derive the lexicon of what listed phrases leave, without articles and prepositions, that
English has, for the check phrases.

    python benchmarks/lexicons/cores.py

writes rules/lexicons/english-cores.txt. Counted in the corpus of human English that `make
benchmark-quality` assembles, and in the look-alikes of the rules and what their examples become;
one word alone counts as English where it is among the commonest, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from glued import LEXICONS, words_of

from transclean.checks.phrase_cores import Core
from transclean.rulebook.decode import decode_rule_file
from transclean.rulebook.lexicons import phrase_of
from transclean.rulebook.types import RuleEntry

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))
from english import articles, assemble, cache_folder

LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")
LISTS = [f"{code}-{kind}" for code in LANGUAGES for kind in ("idioms", "senses")]
HEAD = """\
# What phrases of the lists of idioms and senses leave without articles and prepositions that human
# English has, too. Made by benchmarks/lexicons/cores.py from the English that packages ship (free
# terms; benchmarks/quality/RESULTS.md names them). Do not edit by hand.
"""


def main() -> None:
    """Write the lexicon."""
    asked = {core: core.split(" ")[1] for core in (Core(phrase).text for phrase in listed())}
    longest = max(core.count(" ") - 1 for core in asked)
    common = words_of("common-english-words")
    known = {core for core in asked if core.strip() in common}
    firsts = set(asked.values())
    for line in lines():
        words = Core(line).text.split()
        for at, word in enumerate(words):
            if word in firsts:
                row = words[at : at + longest]
                rows = (f" {' '.join(row[:n])} " for n in range(1, len(row) + 1))
                known.update(core for core in rows if core in asked)
    path = LEXICONS / "english-cores.txt"
    path.write_text(HEAD + "".join(f"{core.strip()}\n" for core in sorted(known)), "utf-8")
    print(f"{path.stem}: {len(known)} of {len(asked)} cores")


def lines() -> Iterator[str]:
    """Yield lines of good English."""
    cache = cache_folder()
    for shelf in assemble(cache):
        for path in articles(cache, shelf):
            yield from path.read_text("utf-8").splitlines()
    for path in sorted(LEXICONS.parent.rglob("*.yaml")):
        for entry in decode_rule_file(path.read_text("utf-8"), path.name).entries:
            if isinstance(entry.entry, RuleEntry):
                yield from (getattr(alike, "text", alike) for alike in entry.entry.not_)
                yield from (example.good for example in entry.entry.examples if example.good)


def listed() -> set[str]:
    """Return the phrases of all lists."""
    entries = [
        line.partition(" = ")[0]
        for name in LISTS
        for line in (LEXICONS / f"{name}.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    return {phrase_of(entry)[0] for entry in entries}


if __name__ == "__main__":
    main()
