#!/usr/bin/env python3
"""Measure transclean's quality and write RESULTS.md beside this file.

Human English from packages says how often it is wrong; the labelled sets of
../shared/quality, where they are present, say how much it finds and repairs.
"""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from pathlib import Path

from english import Shelf, assemble, cache_folder
from human import SHARED, WORKERS, measure, shown, tables

from transclean import __version__

RESULTS = Path(__file__).with_name("RESULTS.md")
COMMAND = f"{shlex.quote(sys.executable)} -m transclean"
EDITS = "fr-en/fr-en.dev.jsonl"
CASES = {
    "articles/articles.dev.jsonl": (),
    "wild/wild.dev.jsonl": (),
    "pronouns/news.dev.jsonl": ("--category", "pronoun"),
    "pronouns/pronouns-gum.dev.jsonl": ("--category", "pronoun"),
    "pronouns/pronouns-gap.dev.jsonl": ("--category", "pronoun"),
}
CASE_LINE = re.compile(
    r"recall (\S+) +corrected (\S+) +precision (\S+) +F0\.5 (\S+) +false on clean text "
    r"(\d+) in (\d+) words = (\S+) per"
)


def human_english() -> Iterator[str]:
    """Yield the section on English that people wrote."""
    cache = cache_folder()
    shelves = assemble(cache)
    measured = measure(cache)
    print(*shown(measured.hits, None), sep="\n")
    yield "## Human English"
    yield ""
    yield "Every finding here is suspect; a safe fix that is wrong is a fault."
    yield ""
    yield from tables(measured)
    yield ""
    yield from sources(shelves)


def sources(shelves: Iterable[Shelf]) -> Iterator[str]:
    """Yield the table of where the human English is from."""
    yield "### Sources"
    yield ""
    yield "| source | what | package | version | licence | articles | words |"
    yield "| --- | --- | --- | --- | --- | ---: | ---: |"
    for s in shelves:
        counts = f"{s.articles:,} | {s.words:,}"
        yield f"| {s.name} | {s.about} | {s.package} | {s.version} | {s.licence} | {counts} |"


def labelled(outputs: dict[str, str]) -> Iterator[str]:
    """Yield the section on marked places, from what score.py printed for each set."""
    yield "## Marked places"
    yield ""
    yield "| set | recall | corrected | precision | F0.5 | false on clean text per 10,000 words |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, output in outputs.items():
        figures = CASE_LINE.search(output)
        if figures is None:
            print(f"{name}: the scorer failed: {last_line(output)}", file=sys.stderr)
            yield f"| {name} | failed | | | | |"
            continue
        recall, corrected, precision, half, false, words, rate = figures.groups()
        clean = f"{rate} ({false} in {int(words):,})"
        yield f"| {name} | {recall} | {corrected} | {precision} | {half} | {clean} |"
    yield ""
    yield "| set | kind | marked | found | corrected |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for name, output in outputs.items():
        for kind, found, gold, right in re.findall(
            r"^  (.+): (\d+)/(\d+) found, (\d+) corrected$", output, re.MULTILINE
        ):
            yield f"| {name} | {kind} | {gold} | {found} | {right} |"


def edits(output: str) -> Iterator[str]:
    """Yield the section on edits of real translations, from what score_edits.py printed."""
    yield "## Edits of real machine translation"
    yield ""
    yield "Nearer and farther compare the line with a human's version before and after the edit."
    yield ""
    summary = re.findall(r"^(?:machine|human) text: .*|^\S+ fixes: .*", output, re.MULTILINE)
    if not summary:
        print(f"{EDITS}: the scorer failed: {last_line(output)}", file=sys.stderr)
    yield from (f"- {line}" for line in summary or ["failed"])
    yield ""
    yield "| rule | nearer | farther | undecided | no fix | on human text | precision at least |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for rule, counts in re.findall(r"^  (\S+): (\{.*\})$", output, re.MULTILINE):
        found: dict[str, int] = ast.literal_eval(counts)
        keys = ("nearer", "farther", "same", "no fix", "on human text")
        cells = " | ".join(str(found.get(key, 0)) for key in keys)
        bound = wilson(found.get("nearer", 0), found.get("farther", 0))
        yield f"| `{rule}` | {cells} | {bound} |"


def wilson(right: int, wrong: int) -> str:
    """Return the lower end of the 95% Wilson interval of a share, or a dash without data."""
    n = right + wrong
    if not n:
        return "–"
    z, share = 1.96, right / n
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return f"{(share + z * z / (2 * n) - spread) / (1 + z * z / n):.3f}"


def last_line(text: str) -> str:
    """Return a text's last line that says something."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no output")


def score(script: str, name: str, *arguments: str) -> str:
    """Return what a scorer of ../shared/quality prints for one of its sets."""
    scorer = [sys.executable, str(SHARED / script), str(SHARED / name)]
    ran = subprocess.run(
        [*scorer, "--command", COMMAND, *arguments], capture_output=True, text=True
    )
    return ran.stdout if ran.returncode == 0 else ran.stderr


def scored() -> Iterator[str]:
    """Yield the sections that need ../shared/quality, or a line that says it is absent."""
    if not SHARED.is_dir():
        yield "The labelled sets (../shared/quality) were absent: only human English was measured."
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        edited = pool.submit(score, "score_edits.py", EDITS, "--rules")
        outputs = pool.map(lambda name: score("score.py", name, *CASES[name]), CASES)
        yield from labelled(dict(zip(CASES, outputs, strict=True)))
        yield ""
        yield from edits(edited.result())


def main() -> None:
    """Measure everything and write the figures."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "--only", choices=("human", "scored"), help="print one part and write nothing"
    )
    given = arguments.parse_args()
    lines = ["# Quality", "", "Written by `make benchmark-quality`; see ../README.md.", ""]
    lines.append(f"transclean {__version__}")
    for name, section in (("human", human_english), ("scored", scored)):
        if given.only in (None, name):
            lines += ["", *section()]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.only is None:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
