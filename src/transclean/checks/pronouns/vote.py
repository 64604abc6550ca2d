"""The vote of the cues: a forest of small decision trees, as data, in plain Python.

The trees are the gradient boosting of Friedman, “Greedy Function Approximation: A Gradient
Boosting Machine” (2001); `make train-pronouns` makes them and docs/pronouns.md says of what.
"""

import os
from collections.abc import Sequence
from functools import cache, cached_property
from math import exp
from typing import Any

import msgspec

from transclean.rulebook.packs import shipped_rules

# Most pronouns are right and look it: after a sixth of the trees these are let go. Of the
# development texts' suspects none that is flagged by default was below.
_GLANCE = 50
_HOPELESS = -2.5
_STEP = 10  # trees, after which it is asked whether the others of the glance can help


class Weights(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What training found: the binder's weights, and the trees over the cues.

    A tree is a leaf's number, or a list: the place of a cue, a threshold, the tree for values
    up to it and the tree for greater ones.
    """

    made: str
    binding: dict[str, float]
    bias: float
    trees: list[Any]

    @cached_property
    def glance(self) -> list[tuple[list[Any], float]]:
        """The first trees, some at a time, each with what those after them add at most."""
        starts = range(0, _GLANCE, _STEP)
        greatest = [_greatest(tree) for tree in self.trees[:_GLANCE]]
        return [(self.trees[at : at + _STEP], sum(greatest[at + _STEP :])) for at in starts]


@cache
def load_weights(name: str) -> Weights:
    """Return the weights that ship as rules/weights/NAME.json. Raises OSError without them."""
    with open(os.path.join(shipped_rules(), "weights", f"{name}.json"), "rb") as file:
        return msgspec.json.decode(file.read(), type=Weights)


def probability(weights: Weights, cues: Sequence[float]) -> float:
    """Return how likely a pronoun with these cues is wrong, 0.0 if it surely is not."""
    total = weights.bias
    for trees, most in weights.glance:
        total = _sum(trees, cues, total)
        if total + most < _HOPELESS:
            return 0.0
    total = _sum(weights.trees[_GLANCE:], cues, total)
    return 1.0 / (1.0 + exp(-total))


def _greatest(node: Any) -> float:
    return max(map(_greatest, node[2:])) if node.__class__ is list else node


def _sum(trees: list[Any], cues: Sequence[float], total: float) -> float:
    for node in trees:
        while node.__class__ is list:
            place, threshold, low, high = node
            node = low if cues[place] <= threshold else high
        total += node
    return total
