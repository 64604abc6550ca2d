"""Whether the form of a text lets a pronoun mean a body: what is asked before anything else."""

from __future__ import annotations

import pytest

from transclean.checks.pronouns.bodies import may_mean_body
from transclean.formats import get_format

BODIES = frozenset(["airline", "firm", "start-up", "union"])
OWNED = frozenset(["turnover"])


def may(text):
    return may_mean_body(get_format("text").parse(text, "text"), BODIES, OWNED)


@pytest.mark.parametrize(
    "text",
    [
        "The airline said that he would cut jobs.",
        "Rain fell. The small old German airline said that he would cut jobs.",
        "LENS – The airline said that he would cut jobs.",
        "Lens, 3 May—the airline said that he would cut jobs.",
        "Today, the airline said that he would cut jobs.",
        "In a note to his members, the airline said no.",
        "The airline Lumina was sold. Lumina said that he would cut jobs.",
        "Small airline Lumina was sold. LENS–Lumina said that he would cut jobs.",
        "The airline was sold, but his whole turnover grew.",
        "The airline grew, for the first time in his history.",
        "The firm grew. A _start-up_ said that he would cut jobs.",
    ],
)
def test_a_body_may_be_meant(text):
    assert may(text)


@pytest.mark.parametrize(
    "text",
    [
        "The airline said that it would cut jobs.",
        "The head of the airline said that he would cut jobs.",
        "He left the airline on Friday. The airline is sad.",
        "The airline is sad. He left it on Friday.",
        "The airline's owner said that he would cut jobs.",
        "His wife left the firm, and his turnovers did not please her.",
    ],
)
def test_no_body_may_be_meant(text):
    assert not may(text)
