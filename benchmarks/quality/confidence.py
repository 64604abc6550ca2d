#!/usr/bin/env python3
"""Write into the rule files the confidence that was measured, where enough was decided.

Reads rules/figures.json, which run.py writes. A rule with too few decisions keeps its
estimate. Prints every rule that changed.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from transclean.rulebook.figures import ENOUGH, Worth, read_figures
from transclean.rulebook.packs import shipped_rules

TOLERANCE = 0.05  # what tests/test_figures.py allows
_ENTRY = re.compile(r"^  - id: (?P<id>\S+)\n(?:(?!  - id: |\S).*\n)*", re.MULTILINE)
_CONFIDENCE = re.compile(r"^    confidence: (?P<value>[\d.]+)(?P<comment>.*)\n", re.MULTILINE)
_BASIS = re.compile(r"^    confidence_basis: .*\n", re.MULTILINE)


def measured(entry: str, worth: Worth) -> str:
    """Return a rule's text with the confidence that `worth` asks for."""
    found = _CONFIDENCE.search(entry)
    if found is None:
        return entry
    value = found["value"]
    basis = ""
    if worth.decided >= ENOUGH and worth.precision_at_least is not None:
        basis = "    confidence_basis: measured\n"
        if abs(float(value) - worth.precision_at_least) > TOLERANCE:
            value = f"{worth.precision_at_least:.2f}"
    entry = _BASIS.sub("", entry)
    line = f"    confidence: {value}{found['comment']}\n{basis}"
    return _CONFIDENCE.sub(lambda _: line, entry, count=1)


def rewrite(path: Path, rules: dict[str, Worth]) -> None:
    """Rewrite the confidences of one rule file."""

    def replaced(match: re.Match[str]) -> str:
        entry = match[0]
        new = measured(entry, rules[match["id"]]) if match["id"] in rules else entry
        if new != entry:
            print(f"{path.name}: {match['id']}")
        return new

    text = path.read_text(encoding="utf-8")
    new = _ENTRY.sub(replaced, text)
    if new != text:
        path.write_text(new, encoding="utf-8")


def main() -> None:
    """Rewrite all rule files."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    rules = read_figures().rules
    for path in sorted(Path(shipped_rules()).glob("*/*.yaml")):
        rewrite(path, rules)


if __name__ == "__main__":
    main()
