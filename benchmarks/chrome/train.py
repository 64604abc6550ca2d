#!/usr/bin/env python3
"""Train the weights by which the check `chrome` knows lines of page furniture.

    python benchmarks/chrome/train.py            writes rules/lexicons/chrome-line-weights.txt
    python benchmarks/chrome/train.py --measure  writes nothing: trained on a part, measured on
                                                 the lines and the human English held out

Furniture: furniture.txt, written for this project in the manner of news sites of six languages,
translated and not, and the lists of furniture in rules/lexicons. Text: text.txt, headlines,
subheadings and other short lines, and short paragraphs, sentences and pieces of sentences of the
human English that benchmarks/quality assembles. Needs the extra “train” (scikit-learn).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from transclean.checks.chrome import BIAS, MOST_WORDS, marks, may_be_furniture, score_of

HERE = Path(__file__).resolve().parent
LEXICONS = HERE.parents[1] / "rules" / "lexicons"
sys.path.insert(0, str(HERE.parent / "quality"))

from english import articles, assemble, cache_folder  # noqa: E402  # a neighbour's module

LISTS = (
    "comments", "comments-margins", "foreign", "french", "navigation", "navigation-margins",
    "notices", "notices-margins", "share", "share-margins",
)  # fmt: skip
SEED = 7
STRENGTH = 10.0  # of the data against the prior of small weights
IMPORTANCE_OF_TEXT = 2.0  # of the lines of text.txt, which are hard
PARAGRAPHS, SENTENCES, PIECES = 12_000, 8_000, 12_000
LEAST_SEEN, LEAST_SEEN_IN_TEXT = 2, 5  # lines that must have a mark
LEAST_WEIGHT = 0.25
HELD_OUT = 5  # one line in so many
HEAD = """\
# Marks of a line and how much they speak for page furniture: logits, summed by the check chrome.
# Made by benchmarks/chrome/train.py; its help says of what. Do not edit by hand.
"""


def main() -> None:
    """Train; write the lexicon, or measure."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("--measure", action="store_true")
    measure = given.parse_args().measure
    rng = random.Random(SEED)
    furniture, text = lines_of("furniture.txt"), lines_of("text.txt")
    human, held = human_lines(rng)
    if not measure:
        write(train([*furniture, *listed()], text, human))
        return
    rng.shuffle(furniture)
    rng.shuffle(text)
    weights = train([*part(furniture), *listed()], part(text), human)
    print("least  furniture found  lines of text  of", len(held), "paragraphs of human English")
    for least in (0.0, 1.0, 2.0, 3.0, 4.0, 5.0):
        shares = [
            [score_of(line, weights) >= least for line in lines]
            for lines in (furniture[::HELD_OUT], text[::HELD_OUT], held)
        ]
        found, wrong, human_wrong = (numpy.array(share) for share in shares)
        print(f"{least:5}  {found.mean():15.3f}  {wrong.mean():13.3f}  {human_wrong.sum()}")


def lines_of(name: str) -> list[str]:
    """Return the lines of a file beside this one."""
    return [line for line in (HERE / name).read_text("utf-8").splitlines() if line]


def listed() -> list[str]:
    """Return the entries of the lists of furniture, with a capital."""
    files = [LEXICONS / f"chrome-{name}.txt" for name in LISTS]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [line[:1].upper() + line[1:] for line in lines if line and not line.startswith("#")]


def human_lines(rng: random.Random) -> tuple[list[str], list[str]]:
    """Return lines of human English to learn from, and short paragraphs of it to measure on."""
    cache = cache_folder()
    files = [file for shelf in assemble(cache) for file in articles(cache, shelf)]
    rng.shuffle(files)
    half = len(files) // 2
    paragraphs, held = (
        [p.replace("\n", " ") for f in some for p in f.read_text("utf-8").strip().split("\n\n")]
        for some in (files[:half], files[half:])
    )
    sentences = [s for p in paragraphs for s in re.split(r"(?<=[.!?]) ", p)]
    sentences = [s for s in sentences if 3 <= len(s.split()) <= MOST_WORDS]
    short = [p for p in paragraphs if may_be_furniture(p)]
    for lines in (short, sentences):
        rng.shuffle(lines)
    # Headlines and labels have no stop, and neither has furniture.
    pieces = [s.rstrip(".") for s in sentences[:SENTENCES] if len(s.split()) <= 12]
    pieces += [
        piece[:1].upper() + piece[1:]
        for s in sentences[:SENTENCES]
        for piece in re.split(r"[,;:—()] ?", s.rstrip("."))
        if 1 <= len(piece.split()) <= 8
    ]
    rng.shuffle(pieces)
    learned = short[:PARAGRAPHS] + sentences[:SENTENCES] + pieces[:PIECES]
    return learned, [p for p in held if may_be_furniture(p)]


def part(lines: Sequence[str]) -> list[str]:
    """Return the lines that are not held out."""
    return [line for number, line in enumerate(lines) if number % HELD_OUT]


def train(furniture: Sequence[str], text: Sequence[str], human: Sequence[str]) -> dict[str, float]:
    """Return the weights of marks."""
    good, bad = [marks(line) for line in furniture], [marks(line) for line in (*text, *human)]
    seen, seen_in_text = count(good), count(bad)
    known = sorted(
        mark
        for mark in seen | seen_in_text
        if seen[mark] + seen_in_text[mark] >= (LEAST_SEEN if seen[mark] else LEAST_SEEN_IN_TEXT)
    )
    places = {mark: place for place, mark in enumerate(known)}
    rows = [[places[mark] for mark in sorted(line) if mark in places] for line in (*good, *bad)]
    ends = numpy.cumsum([0, *map(len, rows)])
    columns = numpy.concatenate(rows).astype(int)
    table = csr_matrix((numpy.ones(len(columns)), columns, ends), shape=(len(rows), len(known)))
    model = LogisticRegression(
        C=STRENGTH, max_iter=2000, solver="liblinear", random_state=SEED
    ).fit(
        table,
        [1] * len(good) + [0] * len(bad),
        [1.0] * len(good) + [IMPORTANCE_OF_TEXT] * len(text) + [1.0] * len(human),
    )
    weights = dict(zip(known, model.coef_[0].tolist(), strict=True))
    kept = {mark: round(w, 1) for mark, w in weights.items() if abs(w) >= LEAST_WEIGHT}
    return kept | {BIAS: round(float(model.intercept_[0]), 1)}


def count(lines: Iterable[set[str]]) -> Counter[str]:
    """Return how many lines have each mark."""
    return Counter(mark for line in lines for mark in line)


def write(weights: dict[str, float]) -> None:
    """Write the lexicon."""
    path = LEXICONS / "chrome-line-weights.txt"
    entries = "".join(f"{mark} = {weight:g}\n" for mark, weight in sorted(weights.items()))
    path.write_text(HEAD + entries, "utf-8")
    print(f"{path.stem}: {len(weights)} entries")


if __name__ == "__main__":
    main()
