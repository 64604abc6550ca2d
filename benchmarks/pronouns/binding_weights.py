"""Learn whom a pronoun means: the weights of the binder, a log-linear ranker.

Where the texts say who is meant, that person's probability grows; where only the pronoun's
gender is known, that of all the people whom the text does not show to have the other gender.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy
from corpus import Case
from reading import people_of, place_of
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from transclean.checks.pronouns.binding import NONE, Binder
from transclean.checks.pronouns.forms import Pronoun
from transclean.checks.pronouns.people import People

DOMAIN_WEIGHT = {
    "news": 3.0,
    "article": 1.0,
    "gum": 1.0,
    "gap": 0.5,
    "litbank": 0.5,
    "snippet": 1.0,
}
KNOWN_WEIGHT = 2.0  # of an example whose person is known
RIDGE = 1.0
_OTHER = {"f": "m", "m": "f"}


class Example(NamedTuple):
    """A pronoun with the cues of each person in reach, and who of them it may mean."""

    weight: float
    pronoun: Pronoun
    cues: dict[int, dict[str, float]]
    right: set[int]


def letters_of(case: Case, people: People) -> dict[str, int]:
    """Return which person of the text each letter of a marked article stands for."""
    if case.spots:
        return _letters_by_place(case, people)
    found = {}
    for letter, (gender, description) in case.people.items():
        words = [word.strip(",.“”()") for word in description.replace("’s", "").split()]
        low = {word.lower() for word in words}
        best = None
        for person in people.persons:
            if not person.mentions:
                continue
            score = 3 * (bool(person.surname) and person.surname in words)
            score += 2 * (bool(person.first) and person.first in words)
            if person.first and person.first not in words and person.surname in words:
                score -= 2
            score += len(person.nouns & low)
            if person.gender and gender in "fm" and person.gender != gender:
                score -= 2
            key = (score, len(person.mentions))
            if score > 0 and (best is None or key > best[0]):
                best = (key, person.number)
        if best and description:
            found[letter] = best[1]
    return found


def _letters_by_place(case: Case, people: People) -> dict[str, int]:
    """Return the same for a text whose mentions are marked: the person most often there."""
    votes: dict[str, Counter[int]] = {}
    for mention in people.mentions:
        head = place_of(people, mention.head)
        around = [spot for spot in case.spots if spot[0] <= head < spot[1]]
        if around:
            _, _, letter = min(around, key=lambda spot: spot[1] - spot[0])
            votes.setdefault(letter, Counter())[mention.person] += 1
    return {letter: count.most_common(1)[0][0] for letter, count in votes.items()}


def examples(cases: Iterable[Case], weights: dict[str, float]) -> Iterator[Example]:
    """Yield what there is to learn in texts, earlier pronouns bound with `weights`."""
    for case in cases:
        people = people_of(case.text)
        binder = Binder(people, weights)
        letters = letters_of(case, people)
        for pronoun in binder.in_order():
            cues = binder.cues(pronoun)
            binder.settle(pronoun, cues)
            place = place_of(people, pronoun.at)
            letter = case.who.get(place)
            if letter in letters:
                person = letters[letter]
                right = {person} if person in cues else {NONE}
                yield Example(KNOWN_WEIGHT * DOMAIN_WEIGHT[case.domain], pronoun, cues, right)
                continue
            gender = _OTHER[pronoun.gender] if place in case.wrong else pronoun.gender
            right = {p for p in cues if p == NONE or people.genders[p] in ("", gender)}
            if len(right) < len(cues):
                yield Example(DOMAIN_WEIGHT[case.domain], pronoun, cues, right)


def fit(data: list[Example]) -> dict[str, float]:
    """Return the weights that make the right people likeliest, by L-BFGS."""
    names: dict[str, int] = {}
    rows, columns, values, group, right = [], [], [], [], []
    for number, example in enumerate(data):
        for person, active in example.cues.items():
            for cue, value in active.items():
                for name in (cue, example.pronoun.slot + cue):
                    rows.append(len(group))
                    columns.append(names.setdefault(name, len(names)))
                    values.append(value)
            group.append(number)
            right.append(float(person in example.right))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(group), len(names)))
    of, ok = numpy.array(group), numpy.array(right)
    importance = numpy.array([example.weight for example in data])
    starts = numpy.searchsorted(of, numpy.arange(len(data)))

    def loss(weights):
        scores = matrix @ weights
        raised = numpy.exp(scores - numpy.maximum.reduceat(scores, starts)[of])
        whole = numpy.add.reduceat(raised, starts)
        part = numpy.add.reduceat(raised * ok, starts) + 1e-6
        slope = (raised * ok / part[of] - raised / whole[of]) * importance[of]
        value = RIDGE * (weights @ weights) / 2 - (importance * numpy.log(part / whole)).sum()
        return value, RIDGE * weights - matrix.T @ slope

    found = minimize(
        loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    return {
        name: round(float(value), 3)
        for name, value in sorted(zip(names, found.x, strict=True))
        if abs(value) >= 0.001
    }


def learn(cases: list[Case], rounds: int = 3) -> dict[str, float]:
    """Return the binder's weights, each round with the earlier pronouns bound by the last's."""
    weights: dict[str, float] = {}
    for _ in range(rounds):
        weights = fit(list(examples(cases, weights)))
    return weights
