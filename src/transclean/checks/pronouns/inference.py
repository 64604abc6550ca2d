"""What gender the people of a document have, and whom its pronouns mean, found out together.

Every person's gender and every pronoun's person are unknown; titles and nouns speak for the
first, grammar for the second, and a pronoun that is right ties both. A few rounds of
mean-field updates (Jordan et al., “An Introduction to Variational Methods for Graphical
Models”, 1999) settle them. A pronoun is judged by what the others say: its own gender is
left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import NamedTuple

from transclean.checks.pronouns.binding import NONE
from transclean.checks.pronouns.forms import Pronoun
from transclean.checks.pronouns.lists import FEMALE
from transclean.checks.pronouns.people import Person

# How often a pronoun of each form is wrong in translated articles, about.
ERROR = {"p": 0.25, "s": 0.12, "o": 0.2, "r": 0.12, "i": 0.2}
_STRONG, _WEAK = 5.0, 1.5  # log odds of a gender that titles and nouns show
_ROUNDS = 3
_LEAST = 0.02  # shares below are left out


class Verdict(NamedTuple):
    """What the document says of one pronoun, as numbers; “other” is the gender it has not."""

    other: float  # probability that it means somebody of the other gender, by the others
    wrong: float  # the same once more, weighed with how often pronouns are wrong
    first: float  # log odds of the other gender, of the likeliest person
    second: float  # and of the second
    best_same: float  # share of the likeliest person of its own gender
    best_other: float  # and of the other
    weighed: float  # mean log odds of the other gender
    odds: float  # log odds of `other`


def judge(persons: Sequence[Person], pronouns: Sequence[Pronoun]) -> list[Verdict]:
    """Return a verdict on each pronoun."""
    known = {person.number: _shown(person) for person in persons}
    bound = [_likely(pronoun) for pronoun in pronouns]
    weights = [_weight(pronoun) for pronoun in pronouns]
    leaning = _settle(known, pronouns, bound, weights)
    return [
        _verdict(known, leaning, pronoun, shares, weight)
        for pronoun, shares, weight in zip(pronouns, bound, weights, strict=True)
    ]


def _shown(person: Person) -> float:
    """Return the log odds that titles and nouns give for a woman."""
    gender = person.gender
    if not gender:
        return 0.0
    strong = any(m.strong for m in person.evidence)
    odds = _STRONG if strong else _WEAK
    return odds if gender == FEMALE else -odds


def _likely(pronoun: Pronoun) -> dict[int, float]:
    return {person: share for person, share in pronoun.scores.items() if share > _LEAST}


def _weight(pronoun: Pronoun) -> float:
    """Return the log odds for a woman that a pronoun of its form stands for."""
    error = ERROR[pronoun.form]
    odds = log((1 - error) / error)
    return odds if pronoun.gender == FEMALE else -odds


def _settle(
    known: Mapping[int, float],
    pronouns: Sequence[Pronoun],
    bound: list[dict[int, float]],
    weights: Sequence[float],
) -> dict[int, float]:
    """Return what the pronouns say of each person, and leave in `bound` whom they mean."""
    likely = [list(shares.items()) for shares in bound]
    leaning: dict[int, float] = {}
    for _ in range(_ROUNDS):
        leaning = {}
        for shares, weight in zip(bound, weights, strict=True):
            for person, share in shares.items():
                if person != NONE:
                    leaning[person] = leaning.get(person, 0.0) + share * weight
        for number, pronoun in enumerate(pronouns):
            weight, error, before = weights[number], ERROR[pronoun.form], bound[number]
            sign = 1.0 if weight > 0 else -1.0
            shares = {}
            for person, share in likely[number]:
                if person == NONE:
                    shares[person] = share * 0.5
                    continue
                others = leaning[person] - before[person] * weight
                others = 3.0 if others > 3.0 else -3.0 if others < -3.0 else others
                agrees = 1.0 / (1.0 + exp(-sign * (others + known[person])))
                shares[person] = share * (agrees * (1 - error) + (1 - agrees) * error)
            whole = sum(shares.values()) or 1.0
            bound[number] = {person: share / whole for person, share in shares.items()}
    return leaning


def _verdict(
    known: Mapping[int, float],
    leaning: Mapping[int, float],
    pronoun: Pronoun,
    shares: Mapping[int, float],
    weight: float,
) -> Verdict:
    sign = 1.0 if weight > 0 else -1.0
    other = total = weighed = best_same = best_other = 0.0
    ranked = []
    for person, share in pronoun.scores.items():
        if person == NONE or share <= _LEAST:
            continue
        others = leaning[person] - shares[person] * weight
        others = 4.0 if others > 4.0 else -4.0 if others < -4.0 else others
        odds = -sign * (others + known[person])
        other += share * (1.0 / (1.0 + exp(-odds)))
        total += share
        weighed += share * odds
        if odds < 0:
            best_same = max(best_same, share)
        elif odds > 0:
            best_other = max(best_other, share)
        ranked.append((share, odds))
    ranked.sort(reverse=True)
    ranked += [(0.0, 0.0)] * 2
    error = ERROR[pronoun.form]
    nobody = 0.5 * error * pronoun.scores.get(NONE, 0.0)
    wrong, right = other * error, (total - other) * (1 - error)
    return Verdict(
        other=other,
        wrong=(wrong + nobody) / (wrong + right + nobody + 1e-9),
        first=ranked[0][1],
        second=ranked[1][1],
        best_same=best_same,
        best_other=best_other,
        weighed=weighed,
        odds=log((other + 0.02) / (total - other + 0.02)),
    )
