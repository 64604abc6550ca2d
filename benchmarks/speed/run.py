#!/usr/bin/env python3
"""Time transclean against codespell: whole processes, in pairs, on the same articles.

Installs both into an environment of its own in the cache folder, writes RESULTS.md beside
this file, and ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "quality"))

from english import articles, assemble, cache_folder  # noqa: E402  # a neighbour's module

RESULTS = Path(__file__).with_name("RESULTS.md")
ARTICLES = 2_000
SIZE = 3_500  # bytes
TRANSLATED = 4  # one article in so many holds a paragraph that was translated
SHELVES = ("news-abc", "editorials", "wikipedia", "sotu", "news-sites", "fiction")
CODESPELL = "codespell==2.4.1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Race:
    """What is timed: how many articles, how many pairs of processes, and the target."""

    name: str
    path: Path
    pairs: int
    target: float  # × the time of codespell


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The times of both tools in seconds, pair by pair."""

    race: Race
    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios."""
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))


def write_articles(folder: Path) -> None:
    """Write the articles: running text that people wrote, with translated paragraphs between."""
    if len(list(folder.glob("*.txt"))) == ARTICLES:
        return
    folder.mkdir(parents=True, exist_ok=True)
    human, raw = cycle(human_paragraphs()), cycle(raw_paragraphs())
    for number in range(ARTICLES):
        text = f"{next(raw)}\n\n" if number % TRANSLATED == 0 else ""
        while len(text.encode()) < SIZE:
            text += f"{next(human)}\n\n"
        cut = text.encode()[:SIZE].decode(errors="ignore")
        (folder / f"{number:04}.txt").write_text(cut.rstrip() + "\n", encoding="utf-8")


def human_paragraphs() -> list[str]:
    """Return paragraphs of the corpus of human English, its sources taken in turn."""
    cache = cache_folder()
    shelves = [
        [p for file in articles(cache, shelf) for p in file.read_text("utf-8").split("\n\n")]
        for shelf in assemble(cache)
        if shelf.name in SHELVES
    ]
    if not shelves:
        sys.exit("no corpus of human English could be assembled")
    most = max(map(len, shelves))
    in_turn = zip(*(islice(cycle(shelf), most) for shelf in shelves), strict=True)
    return [paragraph.strip() for row in in_turn for paragraph in row]


def raw_paragraphs() -> list[str]:
    """Return the paragraphs of the example articles, which are raw translations."""
    files = sorted((ROOT / "examples" / "articles").glob("*.txt"))
    return [p.strip() for file in files for p in file.read_text("utf-8").split("\n\n") if p.strip()]


def environment(folder: Path) -> Path:
    """Return the folder of programs of an environment with both tools, made anew."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not programs.is_dir():
        venv.create(folder, with_pip=True)
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet"]
    pip.append("--disable-pip-version-check")
    subprocess.run([*pip, CODESPELL], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(ROOT)], check=True)
    subprocess.run([*pip, str(ROOT)], check=True)  # what it depends on
    return programs


def run(command: list[str]) -> float:
    """Return how long a process takes from its start to its end."""
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - began
    if b"Traceback" in done.stderr or done.returncode not in (0, 1, 65):  # 65: codespell found
        sys.exit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-500:]}")
    return seconds


def hold(race: Race, programs: Path) -> Outcome:
    """Time both tools in turn, after a run of each that counts for nothing."""
    ours = [str(programs / "transclean"), "check", "--isolated", "--quiet"]
    ours += ["--format", "concise", str(race.path)]
    theirs = [str(programs / "codespell"), str(race.path)]
    run(ours), run(theirs)
    pairs = [(run(ours), run(theirs)) for _ in range(race.pairs)]
    return Outcome(race=race, ours=[a for a, _ in pairs], theirs=[b for _, b in pairs])


def report(outcomes: list[Outcome], version: str) -> Iterator[str]:
    """Yield the lines of RESULTS.md."""
    yield "# Speed"
    yield ""
    yield "Written by `make benchmark-speed`; see ../README.md."
    yield ""
    yield f"{version}, {CODESPELL.replace('==', ' ')}, Python {sys.version.split()[0]}."
    yield f"{ARTICLES:,} plain-text articles of {SIZE:,} bytes; one process, default rules."
    yield ""
    yield "| articles | pairs | transclean, s | codespell, s | ratio | at most | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for o in outcomes:
        verdict = "met" if o.ratio <= o.race.target else "missed"
        times = f"{median(o.ours):.3f} | {median(o.theirs):.3f} | {o.ratio:.2f}"
        yield f"| {o.race.name} | {o.race.pairs} | {times} | {o.race.target:g} | {verdict} |"


def main() -> None:
    """Install, write the articles, time, report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--pairs", type=int, default=5, help="of processes over all articles")
    given = arguments.parse_args()
    speed = cache_folder() / "speed"
    folder = speed / "articles"
    write_articles(folder)
    programs = environment(speed / "venv")
    races = [
        Race(name=f"{ARTICLES:,}", path=folder, pairs=given.pairs, target=3),
        Race(name="1", path=folder / "0001.txt", pairs=5 * given.pairs, target=1),
    ]
    outcomes = [hold(race, programs) for race in races]
    version = subprocess.check_output([programs / "transclean", "--version"], text=True)
    text = "\n".join(report(outcomes, version.strip().replace(", version", ""))) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    if any(o.ratio > o.race.target for o in outcomes):
        sys.exit(1)


if __name__ == "__main__":
    main()
