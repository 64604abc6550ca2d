#!/usr/bin/env python3
"""Measure transclean's quality; write RESULTS.md beside this file, and the rules' figures.

Human English from packages says how often it is wrong; the labelled sets of
../shared/quality, where they are present, say how much it finds and repairs.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from english import Shelf, assemble, cache_folder
from human import COLUMN, SHARED, WORKERS, Measure, measure, shown, tables
from worth import CASES, EDITS, VERDICTS, tallies

from transclean import __version__
from transclean.checks import check_types
from transclean.rulebook import load_rulebook
from transclean.rulebook.figures import FILE, Figures, Worth, figures_text
from transclean.rulebook.packs import shipped_rules

RESULTS = Path(__file__).with_name("RESULTS.md")
COMMAND = f"{shlex.quote(sys.executable)} -m transclean"
CASE_LINE = re.compile(
    r"recall (\S+) +corrected (\S+) +precision (\S+) +F0\.5 (\S+) +false on clean text "
    r"(\d+) in (\d+) words = (\S+) per"
)


def human_english(shelves: Iterable[Shelf], measured: Measure) -> Iterator[str]:
    """Yield the section on English that people wrote."""
    print(*shown(measured.default, None), sep="\n")
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


def worth(measured: Measure) -> Figures:
    """Return the figures of every rule, those in preview too."""
    found = tallies() if SHARED.is_dir() else {}
    million = measured.packaged / 1e6 or 1
    human = Counter(hit.rule for hit in measured.hits if hit.source != COLUMN)
    rules = {}
    for rule in rule_ids():
        verdicts = found.get(rule, Counter())
        counts = {verdict: verdicts[verdict] for verdict in VERDICTS}
        rules[rule] = Worth(
            findings=verdicts.total(), human_per_million=round(human[rule] / million, 3), **counts
        ).bounded()
    return Figures(human_words=measured.packaged, rules=rules)


def rule_ids() -> list[str]:
    """Return the ids of all shipped rules, those that are only evidence left out."""
    headings = load_rulebook([], check_types()).headings
    return [heading.id for heading in headings if heading.artifact]


def worths(figures: Figures) -> Iterator[str]:
    """Yield the section on what each rule is worth."""
    yield "## Worth of each rule"
    yield ""
    yield (
        "On the translations and the marked texts together, with the rules in preview. A fix that"
        " makes a marked place right counts as nearer, one where nothing is marked as farther."
        " Rules that found nothing anywhere are left out."
    )
    yield ""
    yield (
        "| rule | findings | nearer | farther | undecided | flags right | wrong"
        " | on human English per million words | precision at least |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for rule, w in sorted(figures.rules.items(), key=lambda item: (-item[1].findings, item[0])):
        if w.findings or w.human_per_million:
            bound = "–" if w.precision_at_least is None else f"{w.precision_at_least:.3f}"
            counts = " | ".join(str(getattr(w, verdict)) for verdict in VERDICTS)
            rate = f"{w.human_per_million:.2f}"
            yield f"| `{rule}` | {w.findings} | {counts} | {rate} | {bound} |"


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
        edited = pool.submit(score, "score_edits.py", EDITS)
        outputs = pool.map(lambda name: score("score.py", name, *_only(CASES[name])), CASES)
        yield from labelled(dict(zip(CASES, outputs, strict=True)))
        yield ""
        yield from edits(edited.result())


def _only(category: str | None) -> list[str]:
    return ["--category", category] if category else []


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
    measured = None
    if given.only != "scored":
        cache = cache_folder()
        shelves = assemble(cache)
        measured = measure(cache)
        lines += ["", *human_english(shelves, measured)]
    if given.only != "human":
        lines += ["", *scored()]
    figures = worth(measured) if measured and given.only is None else None
    if figures:
        lines += ["", *worths(figures)]
    text = "\n".join(lines) + "\n"
    print(text)
    if figures:
        Path(shipped_rules(), FILE).write_text(figures_text(figures), encoding="utf-8")
    if given.only is None:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
