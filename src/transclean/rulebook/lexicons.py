"""Lexicons: named word lists, one entry a line, that rules share.

A line is an entry, `entry = English` in a list that translates, or a comment after “#”.
"""

from collections.abc import Mapping

import msgspec

from transclean.rulebook.faults import Fault


class Lexicon(msgspec.Struct, frozen=True):
    """A word list: entry to what it is in English, empty where the list does not translate."""

    name: str
    words: dict[str, str]


Lexicons = Mapping[str, Lexicon]


def parse_lexicon(name: str, text: str, path: str) -> tuple[Lexicon, list[Fault]]:
    """Return the lexicon of `text` and the faults of its lines."""
    words: dict[str, str] = {}
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        entry, _, english = line.partition("#")[0].partition(" = ")
        entry, english = entry.strip(), english.strip()
        if not entry:
            continue
        if entry in words:
            faults.append(Fault(path, number, 1, "", f"“{entry}” stands twice in this lexicon"))
        words[entry] = english
    if not words:
        faults.append(Fault(path, 1, 1, "", "the lexicon has no entry"))
    return Lexicon(name, words), faults
