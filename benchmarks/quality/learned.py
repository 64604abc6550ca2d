#!/usr/bin/env python3
"""Learn rules from the machine and human columns of the development data; write LEARNED.md.

Says which candidates come first, and how many of the shipped rules a person with nothing
but these texts would have found. Only the changed words are told, no sentences.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from human import SHARED
from worth import EDITS, EDITS_LANGUAGE, SYSTEMS

from transclean import Cleaner
from transclean.engine.repair import Filler
from transclean.fixer import apply_edits
from transclean.learning import AlignedText, Pair, Weighed, align, learn
from transclean.learning.write import summary
from transclean.rulebook.lexicons import Lexicon, parse_lexicon
from transclean.rulebook.packs import read_packs, shipped_rules
from transclean.rulebook.patterns import compile_pattern
from transclean.rulebook.style import Style

RESULTS = Path(__file__).with_name("LEARNED.md")
TOP = 30
SUPPORT = 3

Repair = tuple[int, str]  # number of a segment, and what it reads after one fix


class Shipped(NamedTuple):
    """How many findings of the shipped rules have a fix that the human made, too."""

    made: Counter[str]  # by rule
    learned: Counter[str]
    learned_at_top: Counter[str]


def pairs() -> Iterator[Pair]:
    """Yield every block of lines of each system with the human's version."""
    with (SHARED / EDITS).open(encoding="utf-8") as lines:
        for block in map(json.loads, lines):
            for system in SYSTEMS:
                before, after = ("\n\n".join(block[column]) for column in (system, "human"))
                yield Pair(f"{block['id']}.{system}", before, after)


def lexicons() -> dict[str, Lexicon]:
    """Return the lexicons that ship with the rules."""
    files = read_packs([shipped_rules()])
    return {f.lexicon: parse_lexicon(f.lexicon, f.text, f.path)[0] for f in files if f.lexicon}


def repairs(weighed: Weighed, texts: list[AlignedText], words: dict[str, Lexicon]) -> set[Repair]:
    """Return what a candidate makes of the places where a human made its change."""
    pattern, filler = compile_pattern(weighed.shape.pattern, words), Filler(Style(), words)
    found = set()
    for number, start in weighed.places:
        text = texts[number].before
        match = pattern.search(text, start)
        if match:
            new = filler.fill(weighed.shape.template, match)
            found.add((number, f"{text[: match.start()]}{new}{text[match.end() :]}"))
    return found


def shipped(found: list[Weighed], texts: list[AlignedText], words: dict[str, Lexicon]) -> Shipped:
    """Return how often the human made what a shipped rule proposes, and what was learned."""
    each = [repairs(weighed, texts, words) for weighed in found]
    learned, at_top = set().union(*each), set().union(*each[:TOP])
    counts = Shipped(Counter(), Counter(), Counter())
    cleaner = Cleaner(select=["all"], source_language=EDITS_LANGUAGE)
    for number, text in enumerate(texts):
        for finding in cleaner.check(text.before):
            if finding.fixes:
                repaired = apply_edits(text.before, finding.fixes[0].edits)
                if nearer(text, repaired):
                    counts.made[finding.rule] += 1
                    counts.learned[finding.rule] += (number, repaired) in learned
                    counts.learned_at_top[finding.rule] += (number, repaired) in at_top
    return counts


def nearer(text: AlignedText, repaired: str) -> bool:
    """Whether the words of a repaired segment are more of those of the human's version."""
    wanted = Counter(text.after.split())
    return _missed(repaired, wanted) < _missed(text.before, wanted)


def _missed(text: str, wanted: Counter[str]) -> int:
    words = Counter(text.split())
    return (words - wanted).total() + (wanted - words).total()


def report(found: list[Weighed], counts: Shipped, articles: int) -> Iterator[str]:
    """Yield the lines of LEARNED.md."""
    yield "# Learned rules"
    yield ""
    yield "Written by `python benchmarks/quality/learned.py`; see ../README.md."
    yield ""
    yield (
        f"`transclean rules learn` on {articles:,} texts, machine translation (French to English)"
        f" and a human's version of it: {len(found):,} candidates whose change was made"
        f" {SUPPORT} times or more and oftener than it was left out."
    )
    yield ""
    yield f"## The first {TOP}"
    yield ""
    yield "| candidate | pattern | made | left alone | changed otherwise | made at least |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for w in found[:TOP]:
        pattern = w.shape.pattern.replace("|", "\\|")
        counted = f"{w.made} | {w.alone} | {w.otherwise} | {w.bound:.3f}"
        yield f"| {_cell(summary(w))} | `{pattern}` | {counted} |"
    yield ""
    yield "## Shipped rules that it would have found"
    yield ""
    often = [rule for rule, count in counts.made.items() if count >= SUPPORT]
    yield (
        f"{len(counts.made)} shipped rules have a fix here that brings a line nearer to the"
        f" human's version, {len(often)} of them {SUPPORT} times or more."
    )
    for title, learned in (
        ("All candidates together", counts.learned),
        (f"The first {TOP}", counts.learned_at_top),
    ):
        some = [rule for rule in counts.made if learned[rule]]
        most = [rule for rule in some if 2 * learned[rule] >= counts.made[rule]]
        yield (
            f"{title} make the same change at one place or more for {len(some)} of these rules,"
            f" and at half of their places or more for {len(most)}."
        )
    yield ""
    yield f"| shipped rule | fixes nearer | learned | by the first {TOP} |"
    yield "| --- | ---: | ---: | ---: |"
    for rule, made in sorted(counts.made.items(), key=lambda item: (-item[1], item[0])):
        yield f"| `{rule}` | {made} | {counts.learned[rule]} | {counts.learned_at_top[rule]} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Learn, compare with the shipped rules, and write the report."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    if not SHARED.is_dir():
        sys.exit("../shared/quality is absent: there is nothing to learn from")
    found_pairs = list(pairs())
    texts = [text for pair in found_pairs for text in align(pair)]
    words = lexicons()
    found = learn(texts, words, support=SUPPORT)
    counts = shipped(found, texts, words)
    RESULTS.write_text("\n".join(report(found, counts, len(found_pairs))) + "\n", encoding="utf-8")
    print(f"{len(found):,} candidates; wrote {RESULTS.name}")


if __name__ == "__main__":
    main()
