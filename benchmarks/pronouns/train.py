#!/usr/bin/env python3
"""Train the vote on pronouns and write rules/weights/pronoun-gender.json.

With --cross-validate nothing is written: three models, each trained on two thirds of the
texts and measured on the others, say what to expect of unseen texts. A text and its variants
are never in both parts. Needs the extra “train” (scikit-learn).
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import random
import sys
import zlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import corpus
import msgspec
import numpy
from binding_weights import learn, letters_of
from corpus import Case
from reading import forms_of, people_of, place_of
from sklearn.ensemble import HistGradientBoostingClassifier

from transclean.checks.pronouns.binding import Binder
from transclean.checks.pronouns.cues import DIRECTION, LEAST_OTHER, OTHER, SILENCING, Cues
from transclean.checks.pronouns.forms import find_pronouns

WEIGHTS = Path(__file__).parents[2] / "rules" / "weights" / "pronoun-gender.json"
FOLDS = 3
SEED = 7
# What goes wrong in each text of right pronouns, a variant each.
AS_TRANSLATED = ("news", "possessives", "news", "one", "other")
IN_SHORT = ("news", "possessives")
ONE_PERSON = ("possessives", "one", "other")
IMPORTANCE = {"news": 18.0, "article": 0.8, "snippet": 1.0, "gum": 6.0, "gap": 2.5,
              "litbank": 2.0, "opening": 1.0}  # fmt: skip
# Half of these texts have a wrong pronoun, far more than what people write and translate.
IMPORTANCE_OF_WRONG = {"gum": 0.6, "gap": 0.22, "opening": 0.4}
FOREST = {
    "max_iter": 300,
    "learning_rate": 0.05,
    "max_leaf_nodes": 32,
    "min_samples_leaf": 40,
    "l2_regularization": 4.0,
    "max_features": 0.3,
    "early_stopping": False,
    "random_state": SEED,
}


class Sample(NamedTuple):
    """The cues of a text's pronouns, a row each, and which of them are wrong."""

    cues: numpy.ndarray
    wrong: numpy.ndarray
    counted: numpy.ndarray  # false for a wrong pronoun that means a thing

    @property
    def suspect(self) -> numpy.ndarray:
        """Which pronouns are voted on at all."""
        return self.cues[:, OTHER] >= LEAST_OTHER


def all_cases() -> list[Case]:
    """Return the development data and the articles with their variants."""
    corpus.fetch_litbank()
    cases = list(corpus.development())
    if not cases:
        print("../shared/quality is absent: trained on the articles alone", file=sys.stderr)
    articles = list(corpus.articles())
    articles += [with_titles(case) for case in articles if not is_titled(case)]
    for texts, kinds in (
        (articles, AS_TRANSLATED),
        (map(corpus.opening, articles), IN_SHORT),
        (corpus.snippets(), ONE_PERSON),
        (corpus.litbank(), ONE_PERSON),
    ):
        for case in texts:
            people = people_of(case.text)
            letters = letters_of(case, people)
            shown = {x for x, number in letters.items() if people.genders[number]}
            forms = forms_of(people, find_pronouns(people))
            # Of its own, so that what is made of one text does not change with another.
            seed = random.Random(f"{SEED} {case.id}")
            cases += [case, *corpus.variants(case, forms, shown, seed, kinds)]
    return cases


def is_titled(case: Case) -> bool:
    """Whether a text gives its people titles: Ms., Frau, …"""
    return sum(m.kind == "name" and m.word >= 0 for m in people_of(case.text).mentions) >= 2


def with_titles(case: Case) -> Case:
    """Return a text with titles before the names that have none."""
    people = people_of(case.text)
    letters = {person: letter for letter, person in letters_of(case, people).items()}
    names = {
        place_of(people, m.start): letters[m.person]
        for m in people.mentions
        if m.kind == "name" and m.word < 0 and not m.nouns and m.person in letters
    }
    return corpus.titled(case, names, random.Random(f"{SEED} {case.id} titled"))


def fold_of(case: Case) -> int:
    """Return the part that a text and all its variants are in."""
    return zlib.crc32(case.group.encode()) % FOLDS


def tells_who_is_meant(case: Case) -> bool:
    """Whether the binder may learn of it: the gender of each right pronoun is known."""
    return case.train and case.domain != "opening" and (case.domain == "news" or not case.wrong)


def sample_of(case: Case, weights: dict[str, float]) -> Sample | None:
    """Return the cues of a text, None where it has no pronoun."""
    people = people_of(case.text)
    pronouns = Binder(people, weights).bind()
    if not pronouns:
        return None
    cues = Cues(people, pronouns)
    rows = [cues.of(number) for number in range(len(pronouns))]
    places = [place_of(people, pronoun.at) for pronoun in pronouns]
    return Sample(
        numpy.array(rows, numpy.float32),
        numpy.array([place in case.wrong for place in places]),
        numpy.array([place not in case.things for place in places]),
    )


def samples_of(cases: Iterable[Case], weights: dict[str, float]) -> list[Sample | None]:
    """Return the cues of all texts."""
    return [sample_of(case, weights) for case in cases]


def forest_of(cases: list[Case], samples: list[Sample | None]) -> HistGradientBoostingClassifier:
    """Return the trees that tell wrong pronouns from right ones."""
    pairs = [(c, s) for c, s in zip(cases, samples, strict=True) if s is not None and c.train]
    used = [s.counted & s.suspect for _, s in pairs]
    cues = numpy.concatenate([s.cues[rows] for (_, s), rows in zip(pairs, used, strict=True)])
    wrong = numpy.concatenate([s.wrong[rows] for (_, s), rows in zip(pairs, used, strict=True)])
    weight = numpy.concatenate(
        [
            IMPORTANCE[c.domain]
            * numpy.where(s.wrong[rows], IMPORTANCE_OF_WRONG.get(c.domain, 1.0), 1.0)
            for (c, s), rows in zip(pairs, used, strict=True)
        ]
    )
    # First names may only silence, so that no gender is guessed from one; and what says by its
    # nature that a pronoun is right or wrong may say nothing else.
    direction = [-1 if cue in SILENCING else DIRECTION.get(cue, 0) for cue in range(cues.shape[1])]
    forest = HistGradientBoostingClassifier(monotonic_cst=direction, **FOREST)
    return forest.fit(cues, wrong, sample_weight=weight)


def tree_of(nodes: numpy.ndarray, at: int = 0) -> list | float:
    """Return a tree as nested lists: cue, threshold, tree up to it, tree above."""
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    threshold = round(float(node["num_threshold"]), 5)
    return [
        int(node["feature_idx"]), threshold,
        tree_of(nodes, node["left"]), tree_of(nodes, node["right"]),
    ]  # fmt: skip


def train() -> None:
    """Train on everything and write the weights."""
    cases = all_cases()
    binding = learn([case for case in cases if tells_who_is_meant(case)])
    forest = forest_of(cases, samples_of(cases, binding))
    trees = [tree_of(predictor.nodes) for (predictor,) in forest._predictors]
    data = {
        "made": "by make train-pronouns; docs/pronouns.md says of what",
        "binding": binding,
        "bias": round(float(forest._baseline_prediction.item()), 5),
        "trees": trees,
    }
    WEIGHTS.parent.mkdir(exist_ok=True)
    lines = [msgspec.json.encode(tree).decode() for tree in trees]
    head = {**data, "trees": []}
    text = msgspec.json.encode(head).decode().replace('"trees":[]', '"trees":[%s]')
    WEIGHTS.write_text(text % ("\n" + ",\n".join(lines) + "\n") + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name}: {len(binding)} weights of the binder, {len(trees)} trees")


class Judged(NamedTuple):
    """A text with the cues of its pronouns and how likely each is wrong, by a model that has
    not seen it; and the binder's weights of that model."""

    case: Case
    sample: Sample
    scores: numpy.ndarray
    binding: dict[str, float]


def judged_of(cases: list[Case], fold: int) -> list[Judged]:
    """Return what a model that was trained on the other parts says of one part."""
    seen = [case for case in cases if fold_of(case) != fold]
    binding = learn([case for case in seen if tells_who_is_meant(case)])
    forest = forest_of(seen, samples_of(seen, binding))
    unseen = [case for case in cases if fold_of(case) == fold]
    return [
        Judged(case, sample, forest.predict_proba(sample.cues)[:, 1] * sample.suspect, binding)
        for case, sample in zip(unseen, samples_of(unseen, binding), strict=True)
        if sample is not None
    ]


def held_out(cases: list[Case]) -> list[Judged]:
    """Return what models say of texts that they have not seen."""
    for case in cases:
        people_of(case.text)  # known to the processes that are forked now
    gc.freeze()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        return [one for part in pool.map(partial(judged_of, cases), range(FOLDS)) for one in part]


def cross_validate() -> None:
    """Print what models find in texts that they have not seen."""
    cases = all_cases()
    judged = held_out(cases)
    for domain in ("article", "litbank"):
        bound = [right for one in judged if one.case.domain == domain for right in are_bound(one)]
        if bound:
            print(f"{domain}: {sum(bound) / len(bound):.3f} of {len(bound)} pronouns bound rightly")
    for domain in ("news", "gum", "gap"):
        rows = [one for one in judged if one.case.domain == domain]
        if rows:
            report(domain, [case for case in cases if case.domain == domain], rows)


def are_bound(judged: Judged) -> list[bool]:
    """Return of each pronoun of a marked text whether the likeliest person is the right one."""
    case = judged.case
    if case.wrong:
        return []
    people = people_of(case.text)
    letters = letters_of(case, people)
    found = []
    for pronoun in Binder(people, judged.binding).bind():
        letter = case.who.get(place_of(people, pronoun.at))
        if letter is not None:
            best = max(pronoun.scores, key=pronoun.scores.__getitem__)
            found.append(letters.get(letter) == best)
    return found


def report(domain: str, cases: list[Case], judged: list[Judged]) -> None:
    """Print recall at several precisions and at several rates of false findings."""
    gold = sum(len(case.wrong) for case in cases)
    read = [(one.case, one.sample, one.scores) for one in judged]
    wrong = numpy.concatenate([s.wrong[s.counted] for _, s, _ in read])
    score = numpy.concatenate([p[s.counted] for _, s, p in read])
    clean = [(c, s, p) for c, s, p in read if not c.wrong and not c.things]
    words = sum(len(c.text.split()) for c in cases if not c.wrong and not c.things)
    clean_score = numpy.sort(numpy.concatenate([p for _, _, p in clean]))[::-1]
    order = numpy.argsort(-score)
    hits = numpy.cumsum(wrong[order])
    precision = hits / numpy.arange(1, len(order) + 1)
    parts = []
    for least in (0.8, 0.9, 0.92, 0.95, 0.97):
        reached = numpy.flatnonzero(precision >= least)
        parts.append(f"{least}: {hits[reached[-1]] / gold if len(reached) else 0:.2f}")
    print(f"{domain}: {gold} wrong pronouns; recall at precision {', '.join(parts)}")
    for rate in (0.2, 0.5, 1.0):
        allowed = int(rate * words / 10_000)
        threshold = clean_score[allowed] if allowed < len(clean_score) else 0.0
        flagged = score > threshold
        print(
            f"  at {rate} on clean text a 10,000 words: recall {wrong[flagged].sum() / gold:.2f}, "
            f"precision {wrong[flagged].mean():.2f}, probability above {threshold:.3f}"
        )
    for threshold in (0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.78, 0.85, 0.9):
        flagged = score >= threshold
        texts = sum((p >= threshold).any() for _, _, p in clean)
        print(
            f"  from {threshold}: recall {wrong[flagged].sum() / gold:.2f}, precision "
            f"{wrong[flagged].mean() if flagged.any() else 1:.2f}, "
            f"{10_000 * (clean_score >= threshold).sum() / words:.2f} on clean text per 10,000 "
            f"words, in {texts} of {len(clean)} clean texts"
        )


def main() -> None:
    """Train, or measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cross-validate", action="store_true")
    (cross_validate if arguments.parse_args().cross_validate else train)()


if __name__ == "__main__":
    main()
