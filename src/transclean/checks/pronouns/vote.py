"""The vote of the cues: a forest of small decision trees, as data, in plain Python.

The trees are the gradient boosting of Friedman, “Greedy Function Approximation: A Gradient
Boosting Machine” (2001); `make train-pronouns` makes them and docs/pronouns.md says of what.
"""

import os
from collections.abc import Sequence
from functools import cache, cached_property
from math import exp, inf
from typing import Any

import msgspec

from transclean.rulebook.packs import shipped_rules

# Most pronouns are right and look it: whose sum is lower after so many trees is let go (Bourdev and
# Brandt, “Robust Object Detection via Soft Cascade”, 2005). Of 13,000 suspects of the development
# texts none that reached 0.7 in the end was below the first, none that reached 0.45 below another.
_HOPELESS = {50: -2.5, 100: -2.5, 150: -1.7, 200: -1.3}


class Node(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A tree: which cue it asks for, up to which value `low` goes on, and above which `high`."""

    place: int
    threshold: float
    low: "Node | float"
    high: "Node | float"


class Weights(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What training found: the binder's weights, and the trees over the cues, or their leaves."""

    made: str
    binding: dict[str, float]
    bias: float
    trees: list[Node | float]

    @cached_property
    def stages(self) -> list[tuple[list[Node | float], float]]:
        """The trees in parts, each with the sum that the pronoun must have after it."""
        ends = [*_HOPELESS, len(self.trees)]
        lowests = [*_HOPELESS.values(), -inf]
        return [
            (self.trees[start:end], lowest)
            for start, end, lowest in zip([0, *_HOPELESS], ends, lowests, strict=True)
        ]


@cache
def load_weights(name: str) -> Weights:
    """Return the weights that ship as rules/weights/NAME.json. Raises OSError without them."""
    with open(os.path.join(shipped_rules(), "weights", f"{name}.json"), "rb") as file:
        return msgspec.json.decode(file.read(), type=Weights)


def probability(weights: Weights, cues: Sequence[float]) -> float:
    """Return how likely a pronoun with these cues is wrong, 0.0 if it surely is not."""
    total = weights.bias
    for trees, least in weights.stages:
        total = _sum(trees, cues, total)
        if total < least:
            return 0.0
    return 1.0 / (1.0 + exp(-total))


def _sum(trees: list[Any], cues: Sequence[float], total: float) -> float:
    for node in trees:
        while node.__class__ is Node:
            node = node.low if cues[node.place] <= node.threshold else node.high
        total += node
    return total
